import { Inject, Injectable } from '@nestjs/common';
import { ConnectionStore, Transactions, type EnvironmentConnection } from '@orderwatch/db';
import type { Config } from '../../../config.js';
import { CONFIG } from '../../../platform/tokens.js';
import type { ShopifyShop } from './shopify-outlet.js';

/** Which shop carries out the remedies of orders of a home. */
@Injectable()
export class ShopDirectory {
  constructor(
    private readonly db: Transactions,
    private readonly connections: ConnectionStore,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The home's own shop; for a home that is no shop, the only shop there is. */
  async shopOf(home: string): Promise<ShopifyShop | null> {
    const stored = await this.connections.list(this.db);
    const known: EnvironmentConnection[] = [...this.config.connections, ...stored.filter((c) => c.origin === 'stored')];
    const shops = known.map(shopFrom).filter((shop) => shop !== null);
    const own = shops.find((shop) => shop.connection === home);
    if (own) return own;
    return known.some((c) => c.name === home && c.kind === 'shopify') || shops.length !== 1 ? null : (shops[0] ?? null);
  }
}

function shopFrom({ name, kind, secrets }: EnvironmentConnection): ShopifyShop | null {
  if (kind !== 'shopify' || !secrets.token) return null;
  const baseUrl = secrets.apiUrl ?? (secrets.shop ? `https://${secrets.shop}` : undefined);
  return baseUrl === undefined ? null : { connection: name, access: { baseUrl, token: secrets.token } };
}

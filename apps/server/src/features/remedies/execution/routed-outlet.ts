import type { CallResult } from '@orderwatch/connectors';
import type { OutsideSystem, RemedyRecord, Transactions } from '@orderwatch/db';
import type { RemedyOutlet } from './remedy-outlet.js';
import { ShipStationOutlet } from './shipstation-outlet.js';
import { ShopifyOutlet, type ShopOfHome } from './shopify-outlet.js';

/** The warehouse's systems that reships go through. */
export interface Warehouses {
  /** The one for orders of that home; null: reships go through the shop. */
  ofHome(home: string): Promise<OutsideSystem | null>;
  named(name: string): Promise<OutsideSystem | null>;
}

/** The ways a reship can go, as they are written down. */
const SHOP = 'shop';
const TO_WAREHOUSE = 'warehouse:';

/**
 * Money goes through the shop; goods through the warehouse's own system, where one is connected when the first attempt is made. Later attempts
 * go the way of the first: only there can be seen whether it happened.
 */
export class RoutedOutlet implements RemedyOutlet {
  private readonly shop: ShopifyOutlet;

  constructor(
    private readonly db: Transactions,
    private readonly shopOf: ShopOfHome,
    private readonly warehouses: Warehouses,
  ) {
    this.shop = new ShopifyOutlet(db, shopOf);
  }

  async execute(record: RemedyRecord): Promise<CallResult<string>> {
    if (record.remedy.kind !== 'reship') return this.shop.execute(record);
    await this.fixWay(record);
    const name = await this.nameOfWarehouse(record);
    if (name === null) return this.shop.execute(record);
    const warehouse = await this.warehouses.named(name);
    return warehouse ? new ShipStationOutlet(this.db, this.shopOf, warehouse).execute(record) : { result: 'later', why: `"${name}", to which an earlier attempt went, is not connected any more. Connect it again.` };
  }

  async isConfirmed(record: RemedyRecord): Promise<boolean> {
    const name = record.remedy.kind === 'reship' ? await this.nameOfWarehouse(record) : null;
    if (name === null) return this.shop.isConfirmed(record);
    const warehouse = await this.warehouses.named(name);
    return warehouse !== null && new ShipStationOutlet(this.db, this.shopOf, warehouse).isConfirmed(record);
  }

  /** Written down before the first call leaves. An attempt from before ways were written down went to the shop. */
  private async fixWay({ id, home, attempts }: RemedyRecord): Promise<void> {
    const warehouse = attempts > 1 ? null : await this.warehouses.ofHome(home);
    await this.db.query('update remedy set sent_to = $2 where id = $1::uuid and sent_to is null', [id, warehouse ? `${TO_WAREHOUSE}${warehouse.name}` : SHOP]);
  }

  /** Null: it went through the shop. */
  private async nameOfWarehouse({ id }: RemedyRecord): Promise<string | null> {
    const [row] = await this.db.query<{ sent_to: string | null }>('select sent_to from remedy where id = $1::uuid', [id]);
    return row?.sent_to?.startsWith(TO_WAREHOUSE) ? row.sent_to.slice(TO_WAREHOUSE.length) : null;
  }
}

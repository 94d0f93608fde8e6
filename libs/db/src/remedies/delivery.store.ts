import type { AddressOf, DeliveryAddress } from '@orderwatch/domain';
import type { Sealer } from '../sealing.js';
import type { Queryable } from '../transactions.js';

/** Where and how a reship goes, as it is stored with the remedy. */
export interface SealedDelivery {
  readonly addressOf: AddressOf;
  /** In the words of the shop; null = nobody named one. */
  readonly service: string | null;
  /** Whose key the address is sealed with; null: the order's customer is not known, the house's key. */
  readonly customerId: string | null;
  readonly sealed: Buffer | null;
}

/** The same with its address in the clear. `isLost`: there was one, and nobody can read it any more (its customer was erased). */
export interface OpenDelivery extends Pick<SealedDelivery, 'addressOf' | 'service'> {
  readonly address: DeliveryAddress | null;
  readonly isLost: boolean;
}

const CONTEXT = 'reship address';

/** Seals addresses of reships, and opens them: with the key of the customer, so that erasing the customer erases them. */
export class DeliveryStore {
  constructor(private readonly sealer: Sealer) {}

  async seal(db: Queryable, orderId: string, said: { readonly addressOf: AddressOf; readonly address: DeliveryAddress | null; readonly service: string | null }): Promise<SealedDelivery> {
    const { addressOf, address, service } = said;
    if (address === null) return { addressOf, service, customerId: null, sealed: null };
    const [customer] = await db.query<{ id: string; key: Buffer | null }>('select c.id::text, c.key from order_state s join customer c on c.id = s.customer_id where s.order_id = $1::uuid', [orderId]);
    const text = JSON.stringify(address);
    if (!customer) return { addressOf, service, customerId: null, sealed: this.sealer.seal(text, CONTEXT) };
    if (!customer.key) return { addressOf: 'unknown', service, customerId: null, sealed: null }; // erased: nothing of them is kept anew
    return { addressOf, service, customerId: customer.id, sealed: this.sealer.personKey(customer.key).seal(text) };
  }

  /** @returns by remedy; those that say nothing of where they go are not in it. */
  async open(db: Queryable, remedyIds: readonly string[]): Promise<Map<string, OpenDelivery>> {
    if (remedyIds.length === 0) return new Map();
    const rows = await db.query<{ id: string; delivery: string; sealed: Buffer | null; key: Buffer | null }>(
      `select r.id::text, r.delivery, r.delivery_address as sealed, c.key from remedy r left join customer c on c.id = (r.delivery::json ->> 'customerId')::uuid where r.id = any($1::uuid[]) and r.delivery is not null`, [remedyIds]);
    return new Map(rows.map(({ id, delivery, sealed, key }) => {
      const { addressOf, service, customerId } = JSON.parse(delivery) as Omit<SealedDelivery, 'sealed'>;
      const address = sealed === null ? null : this.read(sealed, customerId === null ? null : { key });
      return [id, { addressOf, service, address, isLost: sealed !== null && address === null }];
    }));
  }

  private read(sealed: Buffer, customer: { readonly key: Buffer | null } | null): DeliveryAddress | null {
    if (customer !== null && customer.key === null) return null;
    try {
      return JSON.parse(customer?.key ? this.sealer.personKey(customer.key).open(sealed) : this.sealer.open(sealed, CONTEXT).toString()) as DeliveryAddress;
    } catch {
      return null; // sealed with a key that is not there any more
    }
  }
}

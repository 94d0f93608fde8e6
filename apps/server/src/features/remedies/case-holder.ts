import type { Tx } from '@orderwatch/db';

/** Who works on the order's case right now. */
export async function holderOf(tx: Tx, orderId: string, now: number): Promise<{ id: string; name: string } | undefined> {
  const [row] = await tx.query<{ id: string; name: string }>(
    'select p.id::text, p.name from case_item c join person p on p.id = c.owner_id where c.order_id = $1::uuid and c.state <> \'resolved\' and c.lease_until > $2', [orderId, new Date(now)]);
  return row;
}

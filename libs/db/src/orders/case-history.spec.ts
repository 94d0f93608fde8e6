import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HOUR, type Fact } from '@orderwatch/domain';
import { ConfigurationStore } from '../config/configuration.js';
import { CustomerStore } from '../customers/customer.store.js';
import { Sealer } from '../sealing.js';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';
import { OrderWriter } from './order-writer.js';

const T = Date.UTC(2026, 0, 5, 8);
const ORDER = '00000000-0000-5000-8000-000000000001';
const scan = (id: string, at: number, code: string): Fact => ({ source: 'events', kind: 'events', id, at, type: 'shipment.status', data: { ref: { shipment: 'events/S' }, code } });

describe('what rules do', () => {
  let db: TestDatabase;
  const writer = new OrderWriter(new CustomerStore(new Sealer('a master secret of a test')), new ConfigurationStore());

  beforeAll(async () => {
    db = await createTestDatabase();
  });
  afterAll(() => db.drop());

  const write = (now: number, ...facts: Fact[]) => db.transactions.run((tx) => writer.write(tx, {
    now, cause: { actor: 'system' }, orders: [ORDER], facts: facts.map((fact) => ({ to: { orderId: ORDER, home: 'events', homeId: 'A1' }, fact, receivedAt: fact.at, inboxId: null })),
  }));

  it('stands in the history with before and after, and is announced with the order, in the same transaction', async () => {
    await write(T, scan('a', T, 'in_transit'));
    await write(T + 49 * HOUR);
    await write(T + 50 * HOUR, scan('b', T + 50 * HOUR, 'delivered'));
    const history = await db.transactions.query<{ what: string; actor: string; before: string | null; after: string }>('select what, actor, before, after from case_history order by id');
    expect(history.map(({ what, actor }) => [what, actor])).toEqual([['opened', 'rule:no_movement'], ['closed', 'system']]);
    expect(history.map(({ before, after }) => [before && (JSON.parse(before) as { state: string }).state, (JSON.parse(after) as { state: string }).state])).toEqual([[null, 'new'], ['new', 'resolved']]);
    const changes = await db.transactions.query<{ xid: string; what: string }>(`select xid::text, string_agg(distinct entity || ' ' || split_part(topic, ':', 1), ', ') as what from change group by xid order by xid`);
    expect(changes.map((row) => row.what)).toEqual(['order order, order report', 'case order, case queue, order order, order report', 'case order, case queue, order order, order report']);
  });
});

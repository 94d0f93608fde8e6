import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DAY, HOUR, type Fact } from '@orderwatch/domain';
import { ConfigurationStore } from '../config/configuration.js';
import { CustomerStore } from '../customers/customer.store.js';
import { Sealer } from '../sealing.js';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';
import type { IncomingFact, WriteInput } from './incoming.js';
import { OrderWriter } from './order-writer.js';

const T = Date.UTC(2026, 0, 5, 8);
const HANDLE = 'ups:A';
const orderId = (n: number): string => `00000000-0000-5000-8000-00000000000${n}`;
/** One scan, as deliveries read it. */
const read = (code: string): Fact => ({ source: 'tracker', kind: 'easypost', id: 's', at: T, type: 'shipment.status', data: { ref: { handle: HANDLE }, code } });
const news = (inboxId: string, code: string, hour = Number(inboxId)): IncomingFact => ({ to: { parcel: HANDLE }, fact: read(code), receivedAt: T + hour * HOUR, inboxId });
const link = (n: number, inboxId = '9'): IncomingFact => ({
  to: { orderId: orderId(n), home: 'shop', homeId: `${n}` }, receivedAt: T, inboxId, fact: { source: 'shop', kind: 'shopify', id: `l${n}`, at: T, type: 'handle.linked', data: { handle: HANDLE, orderId: orderId(n) } },
});

/** What waits for its order obeys the rules of what orders were told: the first telling stands, and its own delivery may be read anew. */
describe('news that wait for their order', () => {
  let db: TestDatabase;
  const writer = new OrderWriter(new CustomerStore(new Sealer('a master secret of a test')), new ConfigurationStore());

  beforeAll(async () => {
    db = await createTestDatabase();
  });
  beforeEach(() => db.transactions.query('truncate order_event, order_state, order_due, parcel_state, handle, unlinked_event, case_item, case_history, change'));
  afterAll(() => db.drop());

  const write = (facts: readonly IncomingFact[], more: Partial<WriteInput> = {}) => db.transactions.run((tx) => writer.write(tx, { facts, now: T + DAY, cause: { actor: 'system' }, ...more }));
  const replay = (...facts: IncomingFact[]) => write(facts, { isReplay: true });
  const stored = async (table: string): Promise<string[]> => {
    const rows = await db.transactions.query<{ code: string; data: string; at: Date }>(`select code, data, received_at as at from ${table} where fact_id = 's'${table === 'order_event' ? ' order by order_id' : ''}`);
    return rows.map(({ code, data, at }) => `${code} ${(JSON.parse(data) as { code: string }).code} ${(at.getTime() - T) / HOUR}`);
  };
  const waiting = () => stored('unlinked_event');
  const onOrders = () => stored('order_event');

  it('are read anew by a replay of their delivery, and by that of no other', async () => {
    await write([news('1', 'unknown')]);
    expect((await replay(news('2', 'failure'))).reused).toEqual([{ inboxId: '2', factId: 's' }]);
    expect(await waiting()).toEqual(['unknown unknown 1']);
    expect((await replay(news('1', 'in_transit'))).reused).toEqual([]);
    expect(await waiting()).toEqual(['in_transit in_transit 1']);
    await write([link(1)]);
    expect(await onOrders()).toEqual(['in_transit in_transit 1']);
  });

  it('are read anew by a replay that links them, and stay known as early as they were', async () => {
    await write([news('2', 'unknown')]);
    await write([news('1', 'unknown')]);
    expect((await replay(link(1, '2'), news('2', 'in_transit'))).reused).toEqual([]);
    expect(await onOrders()).toEqual(['in_transit in_transit 1']);
  });

  it('are what the first of a batch says, as on orders, and the others are named', async () => {
    const batch = [news('2', 'in_transit'), news('1', 'failure')];
    const first = await write(batch);
    expect([await waiting(), first.reused]).toEqual([['in_transit in_transit 1'], [{ inboxId: '1', factId: 's' }]]);
    await db.transactions.query('truncate unlinked_event');
    const linked = await write([link(1), ...batch]);
    expect([await onOrders(), linked.reused]).toEqual([['in_transit in_transit 1'], first.reused]);
  });

  it('are not changed by another telling under their id, which is named', async () => {
    expect((await write([news('2', 'in_transit')])).reused).toEqual([]);
    expect((await write([news('3', 'in_transit')])).reused).toEqual([]);
    expect((await write([news('1', 'failure')])).reused).toEqual([{ inboxId: '1', factId: 's' }]);
    expect(await waiting()).toEqual(['in_transit in_transit 2']);
  });

  it('are not taken for others where their number cannot be stored as it is', async () => {
    const handle = 'ups:A\uD83D';
    const facts: IncomingFact[] = [{ ...news('1', 'in_transit'), to: { parcel: handle } }, { ...news('2', 'failure'), to: { parcel: HANDLE } }];
    expect((await write([news('1', 'in_transit')])).reused).toEqual([]);
    expect((await write(facts)).reused).toEqual([{ inboxId: '2', factId: 's' }]);
  });

  it('are not changed by another telling that comes with the link', async () => {
    await write([news('1', 'in_transit')]);
    expect((await write([link(1), news('2', 'failure')])).reused).toEqual([{ inboxId: '2', factId: 's' }]);
    expect(await onOrders()).toEqual(['in_transit in_transit 1']);
  });

  it.each([[1, 2], [2, 1]])('are what was told first, where orders %i and %i of the number were told different things', async (early, late) => {
    await write([link(1), link(2), news('5', 'in_transit')]);
    const say = (n: number, code: string, hour: number) => db.transactions.query(
      'update order_event set code = $2, data = $3, received_at = $4 where fact_id = $5 and order_id = $1', [orderId(n), code, JSON.stringify(read(code).data), new Date(T + hour * HOUR), 's'],
    );
    await say(late, 'failure', 4);
    await say(early, 'delivered', 3);
    await write([link(3)]);
    expect((await onOrders())[2]).toBe('delivered delivered 3');
  });
});

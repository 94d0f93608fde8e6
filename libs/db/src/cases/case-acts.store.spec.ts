import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { HOUR, type Fact } from '@orderwatch/domain';
import { ConfigurationStore } from '../config/configuration.js';
import { CustomerStore } from '../customers/customer.store.js';
import { OrderWriter } from '../orders/order-writer.js';
import { Sealer } from '../sealing.js';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';
import { CaseActsStore } from './case-acts.store.js';
import type { CaseRecord } from './case-record.js';

const T = Date.UTC(2026, 0, 5, 8);
const ORDER = '00000000-0000-5000-8000-000000000001';
const lost: Fact = { source: 'events', kind: 'events', id: 'a', at: T, type: 'shipment.status', data: { ref: { shipment: 'events/S' }, code: 'lost' } };

describe('saving an act on a case', () => {
  let db: TestDatabase;
  let [ana, ben] = ['', ''];
  const store = new CaseActsStore();

  beforeAll(async () => {
    db = await createTestDatabase();
    const people = await db.transactions.query<{ id: string }>(`insert into person (id, email, name, role) select gen_random_uuid(), n, n, 'agent' from unnest(array['ana', 'ben']) as n returning id::text`);
    [ana = '', ben = ''] = people.map((person) => person.id);
  });
  beforeEach(async () => {
    await db.transactions.query('truncate order_event, order_state, order_due, parcel_state, case_item, case_history, change');
    const writer = new OrderWriter(new CustomerStore(new Sealer('a master secret of a test')), new ConfigurationStore());
    await db.transactions.run((tx) => writer.write(tx, { now: T, cause: { actor: 'system' }, facts: [{ to: { orderId: ORDER, home: 'events', homeId: 'A1' }, fact: lost, receivedAt: T, inboxId: null }] }));
  });
  afterAll(() => db.drop());

  const read = (): Promise<CaseRecord> => db.transactions.run(async (tx) => (await store.lock(tx, ORDER)) as CaseRecord);
  const claim = (record: CaseRecord, person: string, now: number): Promise<boolean> =>
    db.transactions.run((tx) => store.save(tx, record, { ...record.snapshot, state: 'claimed', ownerId: person, leaseUntil: now + HOUR }, now, person));

  it('changes only what is still as it was read', async () => {
    const before = await read();
    expect(await claim(before, ana, T)).toBe(true);
    expect(await claim(before, ana, T)).toBe(false);
    expect((await read()).version).toBe(before.version + 1);
  });

  it('takes no case from a person whose lease is live, also not with the version of now', async () => {
    expect(await claim(await read(), ana, T)).toBe(true);
    expect(await claim(await read(), ben, T + HOUR - 1)).toBe(false);
    expect((await read()).snapshot.ownerId).toBe(ana);
    expect(await claim(await read(), ben, T + HOUR)).toBe(true);
    expect((await read()).snapshot.ownerId).toBe(ben);
  });
});

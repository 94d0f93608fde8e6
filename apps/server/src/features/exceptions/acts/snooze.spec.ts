import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CaseActsStore, ConfigurationStore, CustomerStore, OrderWriter, PersonStore, readCase, Sealer, type Clock, type Tx } from '@orderwatch/db';
import { createTestDatabase, type TestDatabase } from '@orderwatch/db/testing';
import { LEASE, type Fact, type SnoozeCondition } from '@orderwatch/domain';
import { LiveWake } from '../../../platform/live/live-wake.js';
import { createLogger } from '../../../platform/telemetry/logger.js';
import { ActOnCase } from './case-act.service.js';
import { ClaimCase, PassTime, SnoozeCase, type Worker } from './case-commands.service.js';
import { PassTimeLoop } from '../pass-time.loop.js';

const HOUR = 3_600_000;
const T = Date.UTC(2026, 0, 5, 8);
const ORDER = '00000000-0000-5000-8000-000000000001';
const base = { source: 'events', kind: 'events' } as const;
const placed: Fact = { ...base, id: 'p', at: T, type: 'order.placed', data: { name: '#1', promisedBy: '2026-01-05', currency: 'EUR', total: { minor: 4000, currency: 'EUR' } } };
const scan = (id: string, at: number, facility: string, code = 'in_transit'): Fact =>
  ({ ...base, id, at, type: 'shipment.status', data: { ref: { shipment: 'events/S' }, code, carrier: 'ups', facility, fulfilmentId: 'events/S' } });
const wrote = (id: string, at: number): Fact => ({ ...base, id, at, type: 'contact.received', data: { kind: 'where_is_it' } });

/** Everything that a process has, on a database that outlives it. */
function processOn(db: TestDatabase, clock: Clock, store = new CaseActsStore()) {
  const act = new ActOnCase(db.transactions, store, new LiveWake(), clock);
  const pass = new PassTime(db.transactions, store, act, clock);
  return { claim: new ClaimCase(act), snooze: new SnoozeCase(act, store), pass, writer: new OrderWriter(new CustomerStore(new Sealer('a master secret of a test')), new ConfigurationStore()) };
}

describe('a snoozed case', () => {
  let db: TestDatabase;
  let now = T;
  const clock: Clock = { now: () => now };
  const ana: Worker = { id: randomUUID(), role: 'agent' };
  let house: ReturnType<typeof processOn>;

  beforeAll(async () => {
    db = await createTestDatabase();
    house = processOn(db, clock);
    const id = await new PersonStore(db.transactions).add({ email: 'ana@x.test', name: 'Ana Ruiz', role: 'agent', password: null });
    Object.assign(ana, { id });
  });
  beforeEach(async () => {
    await rows('truncate order_event, order_state, order_due, parcel_state, handle, case_item, case_history, change, feed_silence');
    now = T;
    await write([placed, scan('a', T, 'Köln')]);
    now = T + 50 * HOUR;
    await write([]);
  });
  afterAll(() => db.drop());

  const rows = <R>(sql: string, params: readonly unknown[] = []): Promise<R[]> => db.transactions.query<R>(sql, params);
  const inputOf = (facts: readonly Fact[]) => ({
    now, cause: { actor: 'events' }, orders: [ORDER], facts: facts.map((fact) => ({ to: { orderId: ORDER, home: 'events', homeId: 'A1' }, fact, receivedAt: now, inboxId: null })),
  });
  const write = (facts: readonly Fact[], { writer } = house) => db.transactions.run((tx) => writer.write(tx, inputOf(facts)));
  const theCase = async () => (await readCase(db.transactions, ORDER)) ?? (() => { throw new Error('no case'); })();
  const wakings = () => rows<{ why: string; actor: string }>(`select why, actor from case_history where what = 'woke' order by id`);
  const told = async () => (await wakings()).map((entry) => entry.why);
  const snooze = async (hours: number, condition: SnoozeCondition | null = null) => {
    const { version } = await theCase();
    return house.snooze.run({ orderId: ORDER, expectedVersion: version, mutationId: randomUUID() }, new Date(now + hours * HOUR), ana, condition);
  };
  const isBackWithAna = async () => expect((await theCase()).snapshot).toMatchObject({ state: 'claimed', ownerId: ana.id, leaseUntil: now + LEASE, snoozedUntil: null, snooze: null });

  it('wakes at its time, once, however many look, and is its owner\'s', async () => {
    await snooze(2);
    await house.pass.run();
    expect(await told()).toEqual([]);
    now += 2 * HOUR;
    await Promise.all(Array.from({ length: 4 }, () => processOn(db, clock).pass.run()));
    expect(await wakings()).toEqual([{ why: 'Time is up', actor: 'system' }]);
    await isBackWithAna();
  });

  it('wakes when what it waits for comes, in the transaction that writes it, and says so', async () => {
    await snooze(48, 'carrier_scan');
    expect((await theCase()).snapshot.snooze?.condition).toBe('carrier_scan');
    now += HOUR;
    await write([scan('b', now - HOUR / 2, 'Leipzig')]);
    expect(await wakings()).toEqual([{ why: 'UPS scanned it in Leipzig', actor: 'system' }]);
    await isBackWithAna();
    now += 48 * HOUR;
    await house.pass.run();
    await write([scan('c', now, 'Berlin')]);
    expect(await told()).toHaveLength(1);
  });

  it('sleeps on through what it does not wait for', async () => {
    await snooze(48, 'carrier_scan');
    now += HOUR;
    await write([{ ...base, id: 'l', at: now, type: 'contact.status_checked', data: { kind: 'status_checked' } }, scan('old', T - HOUR, 'Bonn'), { ...base, id: 'e', at: now, type: 'shipment.estimate', data: { ref: { shipment: 'events/S' }, estimatedAt: '2026-01-09' } }]);
    expect((await theCase()).snapshot).toMatchObject({ state: 'snoozed', snooze: { condition: 'carrier_scan' } });
    expect(await told()).toEqual([]);
  });

  it('wakes at the latest time when what it waits for does not come, and says that', async () => {
    await snooze(2, 'carrier_scan');
    now += 2 * HOUR;
    await house.pass.run();
    expect(await told()).toEqual(['Time is up, no carrier scan came']);
  });

  it('wakes once when both come at once', async () => {
    for (let i = 0; i < 12; i += 1) {
      await rows('delete from case_history');
      await snooze(1, 'carrier_scan');
      now += HOUR;
      const at = now;
      await Promise.all([house.pass.run(), write([scan(`n${i}`, at, `Halle ${i}`)]), processOn(db, clock).pass.run(), write([scan(`m${i}`, at, `Ulm ${i}`)])]);
      expect(await told()).toHaveLength(1);
      expect((await theCase()).snapshot.state).toBe('claimed');
    }
  });

  it.each([
    ['a new finding', () => [scan('d', now, 'Köln', 'exception/damaged')], /New finding: Damaged/],
    ['the customer', () => [wrote('w', now)], /^The customer wrote$/],
    ['the customer, told late', () => [wrote('w', T)], /^The customer wrote$/],
    ['a higher value', () => [{ ...base, id: 'v', at: now, type: 'order.edited', data: { total: { minor: 9900, currency: 'EUR' } } } as Fact], /^The value rose to €99\.00$/],
  ])('wakes early for %s', async (_name, facts, cause) => {
    await snooze(48, 'refund_settled');
    now += HOUR;
    await write(facts());
    expect(await told()).toEqual([expect.stringMatching(cause)]);
    await isBackWithAna();
    await write(facts().map((fact) => ({ ...fact, id: `${fact.id}2`, at: fact.at + 1 })));
    now += 48 * HOUR;
    await house.pass.run();
    expect(await told()).toHaveLength(1);
  });

  it('wakes when the promise passes, by its deadline alone', async () => {
    await rows('truncate order_event, order_state, order_due, parcel_state, case_item, case_history');
    now = T;
    await write([{ ...placed, data: { ...placed.data, promisedBy: '2026-01-08' } } as Fact, scan('a', T, 'Köln')]);
    now = T + 50 * HOUR;
    await write([]);
    expect((await theCase()).snapshot.rules).toEqual(['no_movement']);
    await snooze(200, 'customer_writes');
    now = Date.UTC(2026, 0, 9) + 1;
    await write([]);
    expect(await told()).toEqual(['The promise passed']);
  });

  it('wakes when the late feed that held it back speaks', async () => {
    await rows('insert into feed_silence (connection, from_at) values ($1, $2)', ['events', new Date(T + 47 * HOUR)]);
    await write([wrote('x', now)]);
    expect((await theCase()).snapshot.held).toBe(true);
    await snooze(48, 'feed_speaks');
    await rows('update feed_silence set until_at = $1', [new Date(now)]);
    now += HOUR;
    await write([]);
    expect(await told()).toEqual(['No late feed holds it back any more']);
    expect(await snooze(48, 'feed_speaks')).toEqual({ kind: 'not_allowed', reason: 'No feed of this order is late.' });
  });

  it('wakes for the worse first and for its time not again', async () => {
    await snooze(1, 'customer_writes');
    now += HOUR;
    await write([scan('d', now, 'Köln', 'exception/damaged')]);
    await house.pass.run();
    expect(await told()).toEqual(['New finding: Damaged']);
  });

  it('sleeps on when the process dies while it wakes it, and is woken once by the next one', async () => {
    await snooze(1, 'carrier_scan');
    now += HOUR;
    const dying = new CaseActsStore();
    dying.writeHistory = () => Promise.reject(new Error('the process died'));
    await expect(processOn(db, clock, dying).pass.run()).rejects.toThrow('the process died');
    expect((await theCase()).snapshot.state).toBe('snoozed');
    await expect(db.transactions.run(async (tx: Tx) => {
      await house.writer.write(tx, inputOf([scan('b', now, 'Leipzig')]));
      throw new Error('the process died');
    })).rejects.toThrow('the process died');
    expect(await told()).toEqual([]);
    // A server that starts during the due time, and is stopped at once: what it had begun is finished.
    const loop = new PassTimeLoop(processOn(db, clock).pass, createLogger({ level: 'silent', role: 'test', secrets: [] }));
    loop.onApplicationBootstrap();
    await loop.onModuleDestroy();
    await write([scan('b', now, 'Leipzig')], processOn(db, clock));
    expect(await told()).toEqual(['Time is up, no carrier scan came']);
  });

  it('keeps one that cannot be woken from keeping others asleep', async () => {
    await snooze(1);
    const { version } = await theCase();
    await rows(`insert into case_item (order_id, state, rule, rules, severity, findings, since, opened_at, due_at, order_name, shop, snoozed_until)
      select gen_random_uuid(), 'snoozed', 'no such rule', '{}', 9, 'no json', now(), now(), now(), '#2', 'events', $1`, [new Date(now)]);
    now += HOUR;
    await expect(house.pass.run()).rejects.toThrow();
    expect((await theCase()).version).toBe(version + 1);
    expect(await told()).toEqual(['Time is up']);
    expect(await new CaseActsStore().countSleepingPast(db.transactions, now)).toBe(1);
  });

  it('belongs to its owner between its time and its waking, however quick others are', async () => {
    const ben: Worker = { id: randomUUID(), role: 'agent' };
    await snooze(1);
    now += HOUR;
    const { version } = await theCase();
    expect(await house.claim.run({ orderId: ORDER, expectedVersion: version, mutationId: randomUUID() }, ben)).toMatchObject({ kind: 'conflict', by: 'Ana Ruiz' });
    expect(await house.claim.run({ orderId: ORDER, expectedVersion: version, mutationId: randomUUID() }, ana)).toMatchObject({ kind: 'done' });
    await house.pass.run();
    expect(await told()).toEqual([]);
  });

  it('closes by itself when nothing is wrong any more, as every case does', async () => {
    await snooze(48, 'customer_writes');
    now += HOUR;
    await write([scan('b', now, 'Leipzig', 'delivered')]);
    expect((await theCase()).snapshot).toMatchObject({ state: 'resolved', snooze: null, snoozedUntil: null });
    expect(await told()).toEqual([]);
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CaseActsStore, ConfigurationStore, CustomerStore, lockOrders, OrderWriter, PersonStore, readCase, Sealer, type Clock } from '@orderwatch/db';
import { createTestDatabase, type TestDatabase } from '@orderwatch/db/testing';
import { LEASE, type Fact, type PersonRole } from '@orderwatch/domain';
import { LiveWake } from '../../../platform/live/live-wake.js';
import { seedCases } from '../../../testing/test-server.js';
import { AssignCase, HandOver, RenewClaim } from './assign-case.service.js';
import { ActOnCase } from './case-act.service.js';
import { AddNote, ClaimCase, NextCase, PassTime, ReleaseCase, ReopenCase, ResolveCase, SnoozeCase, type Worker } from './case-commands.service.js';
import { UndoAct } from './undo-act.service.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('acts of a team', () => {
  let db: TestDatabase;
  let now = Date.UTC(2026, 2, 1, 12);
  const clock: Clock = { now: () => now };
  const store = new CaseActsStore();
  const writer = new OrderWriter(new CustomerStore(new Sealer('a master secret of a test')), new ConfigurationStore());
  const people: Worker[] = [];
  let acts: ReturnType<typeof actsOn>;

  const actsOn = (transactions: TestDatabase['transactions']) => {
    const act = new ActOnCase(transactions, store, new LiveWake(), clock);
    return {
      claim: new ClaimCase(act), release: new ReleaseCase(act), snooze: new SnoozeCase(act, store), resolve: new ResolveCase(act), reopen: new ReopenCase(act), note: new AddNote(act),
      next: new NextCase(transactions, store, act), pass: new PassTime(transactions, store, act, clock), assign: new AssignCase(act, new PersonStore(transactions)),
      handOver: new HandOver(transactions, store, act), renew: new RenewClaim(transactions, store, clock), undo: new UndoAct(transactions, store, act),
    };
  };

  beforeAll(async () => {
    db = await createTestDatabase();
    acts = actsOn(db.transactions);
    const roles: readonly PersonRole[] = ['agent', 'agent', 'agent', 'agent', 'agent', 'agent', 'agent', 'agent', 'lead', 'admin'];
    for (const [i, role] of roles.entries()) {
      const id = await new PersonStore(db.transactions).add({ email: `p${i}@x.test`, name: `Person ${i}`, role, password: null });
      people.push({ id: id ?? '', role });
    }
  });
  afterAll(() => db.drop());

  const rows = <T>(sql: string, params: readonly unknown[] = []) => db.transactions.query<T>(sql, params);
  const seed = async (n = 1): Promise<string[]> => {
    await rows('truncate case_item, case_history, change, order_event, order_state, order_due');
    return seedCases(db, Array.from({ length: n }, () => ({})), now);
  };
  const one = async (): Promise<string> => (await seed())[0] ?? '';
  const person = (i: number): Worker => people[i] ?? { id: '', role: 'agent' };
  const lead = (): Worker => person(8);
  const theCase = async (orderId: string) => (await readCase(db.transactions, orderId)) ?? (() => { throw new Error('no case'); })();
  const target = async (orderId: string) => ({ orderId, expectedVersion: (await theCase(orderId)).version, mutationId: randomUUID() });
  const history = (orderId: string) => rows<{ what: string; why: string | null; actor: string }>('select what, why, actor from case_history where order_id = $1 order by id', [orderId]);
  const queryOf = (worker: Worker) => ({ view: 'next_up' as const, filter: {}, orderIds: null, personId: worker.id, now: new Date(now) });

  /** Until that work waits for a lock, or is done without. */
  const blocked = async (work: Promise<unknown>): Promise<void> => {
    let isDone = false;
    void work.then(() => (isDone = true));
    const waiting = () => rows('select 1 as w from pg_locks l join pg_database d on d.oid = l.database where not l.granted and d.datname = current_database()');
    while (!isDone && (await waiting()).length === 0);
  };

  describe('next', () => {
    const ask = (ids: readonly string[]) => Promise.all(ids.map((mutationId, i) => acts.next.run(queryOf(person(i % 8)), mutationId, person(i % 8))));
    const orders = (results: Awaited<ReturnType<typeof ask>>) => results.map((result) => (result.kind === 'done' ? result.orderId : result.kind));
    const ids = (n: number) => Array.from({ length: n }, () => randomUUID());

    it.each([[10, 100], [40, 100], [10, 10]])('gives %i who ask at once on %i cases as many different ones', async (askers, cases) => {
      const all = new Set(await seed(cases));
      const got = orders(await ask(ids(askers)));
      expect(new Set(got).size).toBe(askers);
      expect(got.every((id) => id !== null && all.has(id))).toBe(true);
      expect(await rows(`select count(*)::int as n from case_item where state = 'claimed'`)).toEqual([{ n: askers }]);
    });

    it('gives three of ten the last three, and tells the others that nothing is left', async () => {
      const all = await seed(3);
      const got = orders(await ask(ids(10)));
      expect(new Set(got.filter((id) => id !== null))).toEqual(new Set(all));
      expect(got.filter((id) => id === null)).toHaveLength(7);
    });

    it('gives one case to one click that was sent five times at once', async () => {
      await seed(20);
      const mutationId = randomUUID();
      const got = orders(await Promise.all(Array.from({ length: 5 }, () => acts.next.run(queryOf(person(0)), mutationId, person(0)))));
      expect(new Set(got).size).toBe(1);
      expect(await rows(`select 1 as n from case_item where state = 'claimed'`)).toHaveLength(1);
    });

    it('passes a case that another writer is at, and waits for it only when it is the last', async () => {
      const [first = '', second = ''] = await seed(2);
      const [best = ''] = (await rows<{ order_id: string }>('select order_id from case_item order by due_at, order_id')).map((row) => row.order_id);
      let waiting: Promise<unknown> = Promise.resolve();
      await db.transactions.run(async (tx) => {
        await lockOrders(tx, [best]);
        const got = await acts.next.run(queryOf(person(0)), randomUUID(), person(0));
        expect(got).toEqual({ kind: 'done', orderId: best === first ? second : first });
        waiting = acts.next.run(queryOf(person(1)), randomUUID(), person(1));
        await blocked(waiting);
      });
      expect(await waiting).toEqual({ kind: 'done', orderId: best });
    });

    it('tells what comes next in that view, not what it gave', async () => {
      const all = await seed(4);
      const got = await acts.next.run(queryOf(person(0)), randomUUID(), person(0));
      const taken = got.kind === 'done' ? got.orderId : null;
      const next = await acts.next.upNext(queryOf(person(0)), taken, 2);
      expect(next).toHaveLength(2);
      expect(next).not.toContain(taken);
      expect(all).toEqual(expect.arrayContaining(next));
    });
  });

  describe('taking back', () => {
    it('gives the case as it was, once however often it is asked, and says so in the history', async () => {
      const orderId = await one();
      const t = await target(orderId);
      await acts.resolve.run(t, 'refunded', 'Mrs. Keller was angry', person(0));
      const asked = await Promise.all([1, 2, 3].map(() => acts.undo.run(orderId, t.mutationId, person(0))));
      expect(asked.map((result) => result.kind)).toEqual(['done', 'done', 'done']);
      expect((await theCase(orderId)).snapshot).toMatchObject({ state: 'new', outcome: null, acknowledged: [] });
      expect(await history(orderId)).toEqual([
        { what: 'resolved', why: 'refunded: Mrs. Keller was angry', actor: person(0).id }, { what: 'undone', why: 'resolved as refunded', actor: person(0).id },
      ]);
      expect(await rows(`select topic from change where topic = 'report'`)).toHaveLength(2);
    });

    it('is for who did it, as long as nobody changed the same since; who did and when is told', async () => {
      const orderId = await one();
      const t = await target(orderId);
      await acts.snooze.run(t, new Date(now + HOUR), person(0));
      expect(await acts.undo.run(orderId, t.mutationId, person(1))).toEqual({ kind: 'not_allowed', reason: 'Only who did it can take it back.' });
      expect(await acts.undo.run(orderId, randomUUID(), person(0))).toMatchObject({ kind: 'not_allowed' });
      await acts.note.run({ orderId, mutationId: randomUUID() }, 'nothing new', person(1));
      const at = (now += MINUTE);
      await acts.resolve.run(await target(orderId), 'moved_again', null, person(2));
      now += MINUTE;
      expect(await acts.undo.run(orderId, t.mutationId, person(0))).toEqual({ kind: 'conflict', orderId, message: 'Person 2 changed it since.', by: 'Person 2', at: new Date(at) });
      expect((await theCase(orderId)).snapshot.state).toBe('resolved');
    });

    it('goes back step by step: the later act first', async () => {
      const orderId = await one();
      const [first, second] = [await target(orderId), randomUUID()];
      await acts.claim.run(first, person(0));
      await acts.resolve.run({ ...(await target(orderId)), mutationId: second }, 'moved_again', null, person(0));
      expect(await acts.undo.run(orderId, first.mutationId, person(0))).toMatchObject({ kind: 'conflict', message: 'You changed it since.' });
      expect(await acts.undo.run(orderId, second, person(0))).toMatchObject({ kind: 'done' });
      expect((await theCase(orderId)).snapshot).toMatchObject({ state: 'claimed', ownerId: person(0).id, leaseUntil: now + LEASE });
      expect(await acts.undo.run(orderId, first.mutationId, person(0))).toMatchObject({ kind: 'done' });
      expect((await theCase(orderId)).snapshot).toMatchObject({ state: 'new', ownerId: null });
    });

    it('names Orderwatch when time took the case away', async () => {
      const orderId = await one();
      const t = await target(orderId);
      await acts.claim.run(t, person(0));
      now += LEASE;
      await acts.pass.run();
      expect(await acts.undo.run(orderId, t.mutationId, person(0))).toMatchObject({ kind: 'conflict', by: 'Orderwatch', at: new Date(now) });
    });

    it('strikes a note and leaves it to be read', async () => {
      const orderId = await one();
      const mutationId = randomUUID();
      await acts.note.run({ orderId, mutationId }, 'wrong order', person(0));
      expect(await acts.undo.run(orderId, mutationId, person(0))).toMatchObject({ kind: 'done' });
      expect(await history(orderId)).toMatchObject([{ what: 'noted', why: 'wrong order' }, { what: 'undone', why: 'a note' }]);
    });

    it('has the order looked at again when a case comes back, since nobody kept its findings up meanwhile', async () => {
      const orderId = '00000000-0000-5000-8000-000000000001';
      await rows('truncate case_item, case_history, change, order_event, order_state, order_due, parcel_state');
      const scan = (id: string, at: number, code = 'in_transit'): Fact => ({ source: 'events', kind: 'events', id, at, type: 'shipment.status', data: { ref: { shipment: 'events/S' }, fulfilmentId: 'events/S', code } });
      const write = (...facts: Fact[]) => db.transactions.run((tx) => writer.write(tx, {
        now, cause: { actor: 'system' }, orders: [orderId], facts: facts.map((fact) => ({ to: { orderId, home: 'events', homeId: 'A1' }, fact, receivedAt: now, inboxId: null })),
      }));
      await write(scan('a', now - 50 * HOUR));
      const t = await target(orderId);
      await acts.resolve.run(t, 'moved_again', null, person(0));
      await write(scan('b', now, 'delivered'));
      await acts.undo.run(orderId, t.mutationId, person(0));
      expect(await rows('select due_at from order_due')).toEqual([{ due_at: new Date(now) }]);
      await write();
      expect((await theCase(orderId)).snapshot).toMatchObject({ state: 'resolved', outcome: 'cleared_itself' });
    });
  });

  describe('assigning', () => {
    it('gives a case to a colleague with a lease of their own, and says to whom', async () => {
      const orderId = await one();
      expect(await acts.assign.run(await target(orderId), person(1).id, 'knows her', person(0))).toMatchObject({ kind: 'done' });
      expect(await theCase(orderId)).toMatchObject({ owner: { name: 'Person 1' }, snapshot: { state: 'claimed', leaseUntil: now + LEASE } });
      expect(await history(orderId)).toEqual([{ what: 'assigned', why: 'to Person 1: knows her', actor: person(0).id }]);
    });

    it('takes over a live claim for leads, with a reason; for others once it has run out', async () => {
      const orderId = await one();
      await acts.claim.run(await target(orderId), person(0));
      expect(await acts.assign.run(await target(orderId), person(1).id, 'mine', person(1))).toMatchObject({ kind: 'conflict', by: 'Person 0', at: new Date(now) });
      expect(await acts.assign.run(await target(orderId), lead().id, null, lead())).toMatchObject({ kind: 'not_allowed' });
      expect(await acts.assign.run(await target(orderId), lead().id, 'she is ill', lead())).toMatchObject({ kind: 'done' });
      expect(await history(orderId)).toMatchObject([{ what: 'claimed' }, { what: 'taken_over', why: 'she is ill', actor: lead().id }]);
      now += LEASE;
      expect(await acts.claim.run(await target(orderId), person(1))).toMatchObject({ kind: 'done' });
    });

    it('knows who works here and on cases', async () => {
      const orderId = await one();
      expect(await acts.assign.run(await target(orderId), randomUUID(), null, person(0))).toEqual({ kind: 'not_allowed', reason: 'There is no such colleague.' });
      expect(await acts.assign.run(await target(orderId), person(9).id, null, person(0))).toEqual({ kind: 'not_allowed', reason: 'Person 9 does not work on cases.' });
      await new PersonStore(db.transactions).setDisabled(['p7@x.test'], true);
      expect(await acts.assign.run(await target(orderId), person(7).id, null, person(0))).toMatchObject({ kind: 'not_allowed' });
      await new PersonStore(db.transactions).setDisabled(['p7@x.test'], false);
    });
  });

  describe('handing over', () => {
    it('releases everything a person has with one note, each answered for, also when it is sent again', async () => {
      const [held = '', asleep = '', others = ''] = await seed(3);
      await acts.claim.run(await target(held), person(0));
      await acts.snooze.run(await target(asleep), new Date(now + HOUR), person(0));
      await acts.claim.run(await target(others), person(1));
      const mutationId = randomUUID();
      const run = () => acts.handOver.run(person(0).id, 'gone home', mutationId, lead());
      const handed = await run();
      expect(new Map(handed.map(({ orderId, result }) => [orderId, result.kind]))).toEqual(new Map([[held, 'done'], [asleep, 'done']]));
      expect((await theCase(held)).snapshot).toMatchObject({ state: 'new', ownerId: null });
      expect((await theCase(asleep)).snapshot).toMatchObject({ state: 'snoozed', ownerId: null, snoozedUntil: now + HOUR });
      expect((await theCase(others)).snapshot.ownerId).toBe(person(1).id);
      expect(await history(held)).toMatchObject([{ what: 'claimed' }, { what: 'released', why: 'gone home', actor: lead().id }]);
      expect((await run()).map(({ orderId }) => orderId).sort()).toEqual([held, asleep].sort());
      expect((await theCase(held)).version).toBe(3);
      for (const orderId of await acts.undo.casesOf(mutationId)) expect(await acts.undo.run(orderId, mutationId, lead())).toMatchObject({ kind: 'done' });
      expect((await theCase(held)).snapshot).toMatchObject({ state: 'claimed', ownerId: person(0).id });
    });

    it('is not for agents', async () => {
      const orderId = await one();
      await acts.claim.run(await target(orderId), person(0));
      expect(await acts.handOver.run(person(0).id, 'gone home', randomUUID(), person(1))).toMatchObject([{ orderId, result: { kind: 'not_allowed' } }]);
    });
  });

  describe('a lease', () => {
    it('is prolonged by who works, without entry or new version, so that nobody else\'s act meets a conflict', async () => {
      const orderId = await one();
      await acts.claim.run(await target(orderId), person(0));
      const seen = await target(orderId);
      now += 10 * MINUTE;
      expect(await acts.renew.run(orderId, person(0).id)).toEqual(new Date(now + LEASE));
      expect((await theCase(orderId)).snapshot.leaseUntil).toBe(now + LEASE);
      expect(await history(orderId)).toHaveLength(1);
      expect(await acts.resolve.run(seen, 'moved_again', null, person(0))).toMatchObject({ kind: 'done' });
    });

    it('is nobody else\'s, and does not come back once it has run out', async () => {
      const orderId = await one();
      await acts.claim.run(await target(orderId), person(0));
      expect(await acts.renew.run(orderId, person(1).id)).toBeNull();
      now += LEASE;
      expect(await acts.renew.run(orderId, person(0).id)).toBeNull();
      await acts.pass.run();
      expect(await history(orderId)).toMatchObject([{ what: 'claimed' }, { what: 'lease_ended', actor: 'system' }]);
      expect((await theCase(orderId)).snapshot).toMatchObject({ state: 'new', ownerId: null });
    });

    it('waits for who writes the order, so that neither loses what the other wrote', async () => {
      const orderId = await one();
      await acts.claim.run(await target(orderId), person(0));
      let renewing: Promise<Date | null> = Promise.resolve(null);
      now += MINUTE;
      await db.transactions.run(async (tx) => {
        const record = await store.lock(tx, orderId);
        renewing = acts.renew.run(orderId, person(0).id);
        await blocked(renewing);
        if (record) await store.save(tx, record, record.snapshot, now, null);
      });
      expect(await renewing).toEqual(new Date(now + LEASE));
      expect((await theCase(orderId)).snapshot.leaseUntil).toBe(now + LEASE);
    });
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CaseActsStore, PersonStore, readCase, type Clock } from '@orderwatch/db';
import { createTestDatabase, type TestDatabase } from '@orderwatch/db/testing';
import { LEASE } from '@orderwatch/domain';
import { LiveWake } from '../../../platform/live/live-wake.js';
import { seedCases } from '../../../testing/test-server.js';
import { ActOnCase } from './case-act.service.js';
import { AddNote, ClaimCase, NextCase, PassTime, ReleaseCase, ReopenCase, ResolveCase, SnoozeCase, type Worker } from './case-commands.service.js';

const HOUR = 3_600_000;

describe('acts on cases', () => {
  let db: TestDatabase;
  let now = Date.UTC(2026, 2, 1, 12);
  const clock: Clock = { now: () => now };
  const store = new CaseActsStore();
  const people: Worker[] = [];
  let acts: { claim: ClaimCase; release: ReleaseCase; snooze: SnoozeCase; resolve: ResolveCase; reopen: ReopenCase; note: AddNote; next: NextCase; pass: PassTime };

  beforeAll(async () => {
    db = await createTestDatabase();
    const store_ = new PersonStore(db.transactions);
    for (let i = 0; i < 10; i += 1) {
      const id = await store_.add({ email: `p${i}@x.test`, name: `Person ${i}`, role: 'agent', password: null });
      people.push({ id: id ?? '', role: i === 9 ? 'lead' : 'agent' });
    }
    const act = new ActOnCase(db.transactions, store, new LiveWake(), clock);
    acts = {
      claim: new ClaimCase(act), release: new ReleaseCase(act), snooze: new SnoozeCase(act, store), resolve: new ResolveCase(act), reopen: new ReopenCase(act), note: new AddNote(act),
      next: new NextCase(db.transactions, store, act), pass: new PassTime(db.transactions, store, act, clock),
    };
  });
  afterAll(() => db.drop());

  const seed = async (n = 1): Promise<string[]> => {
    await db.transactions.query('truncate case_item, case_history, change');
    return seedCases(db, Array.from({ length: n }, () => ({})), now);
  };
  const one = async (): Promise<string> => (await seed())[0] ?? '';
  const person = (i: number): Worker => people[i] ?? { id: '', role: 'agent' };
  const target = (orderId: string, expectedVersion = 1) => ({ orderId, expectedVersion, mutationId: randomUUID() });
  const rows = <T>(sql: string, params: readonly unknown[] = []) => db.transactions.query<T>(sql, params);

  it('lets one of fifty win, and tells the others who did', async () => {
    const orderId = await one();
    const results = await Promise.all(Array.from({ length: 50 }, (_, i) => acts.claim.run(target(orderId), person(i % 10))));
    const won = results.filter((result) => result.kind === 'done');
    expect(won).toHaveLength(1);
    const record = await readCase(db.transactions, orderId);
    const winner = record?.owner?.name;
    expect(record).toMatchObject({ version: 2, snapshot: { state: 'claimed', leaseUntil: now + LEASE } });
    // The winner's own further tries meet their own lease and a version that has moved on.
    for (const result of results) if (result.kind !== 'done') expect(result).toMatchObject({ kind: 'conflict', by: winner, at: new Date(now) });
    expect(await rows('select what, actor from case_history')).toEqual([{ what: 'claimed', actor: record?.snapshot.ownerId }]);
  });

  it('writes version, history and changes in one transaction, with cells that name nobody outside', async () => {
    const orderId = await one();
    const t = target(orderId);
    await acts.claim.run(t, person(0));
    const changes = await rows<{ topic: string; version: number; actor: string; mutation_id: string; patch: string | null }>('select topic, version, actor, mutation_id, patch from change order by id');
    expect(changes.map((c) => [c.topic, c.version, c.actor, c.mutation_id])).toEqual([['queue', 2, person(0).id, t.mutationId], [`order:${orderId}`, 2, person(0).id, t.mutationId]]);
    const patch = JSON.parse(changes[0]?.patch ?? '{}') as Record<string, unknown>;
    expect(patch).toMatchObject({ id: orderId, version: 2, state: 'claimed', owner: { name: 'Person 0', initials: 'P0' } });
    expect(patch).not.toHaveProperty('customer');
    expect(changes[1]?.patch).toBeNull();
  });

  it('does an act once, however often it is sent', async () => {
    const orderId = await one();
    const t = target(orderId);
    const results = await Promise.all([1, 2, 3].map(() => acts.claim.run(t, person(0))));
    expect(results.map((r) => r.kind)).toEqual(['done', 'done', 'done']);
    expect((await readCase(db.transactions, orderId))?.version).toBe(2);
    expect(await rows('select 1 from case_history')).toHaveLength(1);
  });

  it('refuses what was decided upon an older version', async () => {
    const orderId = await one();
    await acts.note.run(target(orderId), 'customer called', person(1));
    expect(await acts.claim.run(target(orderId, 1), person(0))).toMatchObject({ kind: 'conflict', message: 'It changed since you saw it.' });
    expect(await acts.claim.run(target(orderId, 2), person(0))).toMatchObject({ kind: 'done' });
    expect(await acts.claim.run(target(randomUUID()), person(0))).toMatchObject({ kind: 'conflict', orderId: null });
  });

  it('leaves no row when it refuses', async () => {
    const orderId = await one();
    await acts.claim.run(target(orderId), person(0));
    const before = await rows('select * from case_item');
    const counts = async () => rows('select (select count(*) from case_history) as h, (select count(*) from change) as c');
    const countsBefore = await counts();
    expect(await acts.resolve.run(target(orderId, 2), 'moved_again', null, person(1))).toMatchObject({ kind: 'conflict', by: 'Person 0' });
    expect(await acts.resolve.run(target(orderId, 2), 'no such outcome', null, person(0))).toMatchObject({ kind: 'not_allowed' });
    expect(await acts.snooze.run(target(orderId, 2), new Date(now - 1), person(0))).toMatchObject({ kind: 'not_allowed' });
    expect(await acts.claim.run(target(orderId, 2), { id: person(2).id, role: 'admin' })).toMatchObject({ kind: 'not_allowed' });
    expect(await acts.note.run(target(orderId), '  ', person(0))).toMatchObject({ kind: 'not_allowed' });
    expect(await acts.note.run(target(orderId), 'not mine', person(1))).toMatchObject({ kind: 'conflict', by: 'Person 0' });
    expect(await acts.note.run(target(orderId), 'an admin moves no cases', { id: person(2).id, role: 'admin' })).toMatchObject({ kind: 'not_allowed' });
    expect(await rows('select * from case_item')).toEqual(before);
    expect(await counts()).toEqual(countsBefore);
  });

  it('resolves with an outcome that covers the findings, and reopens with a reason', async () => {
    const orderId = await one();
    await acts.resolve.run(target(orderId), 'moved_again', 'seen in Leipzig', person(0));
    const resolved = await readCase(db.transactions, orderId);
    expect(resolved).toMatchObject({ resolvedByName: 'Person 0', snapshot: { state: 'resolved', outcome: 'moved_again', acknowledged: ['no_movement|order||1'] } });
    expect(await rows('select what, why from case_history')).toEqual([{ what: 'resolved', why: 'moved_again: seen in Leipzig' }]);
    expect(await rows(`select version from change where topic = 'report'`)).toEqual([{ version: 2 }]);
    await acts.reopen.run(target(orderId, 2), 'stuck again', person(1));
    expect((await readCase(db.transactions, orderId))?.snapshot).toMatchObject({ state: 'new', reopened: 1, acknowledged: [], resolvedAt: null });
  });

  it('gives each of many who ask for the next case another one', async () => {
    const all = await seed(8);
    const query = (i: number) => ({ view: 'next_up' as const, filter: {}, orderIds: null, personId: person(i).id, now: new Date(now) });
    const got = await Promise.all(Array.from({ length: 10 }, (_, i) => acts.next.run(query(i), randomUUID(), person(i))));
    const orders = got.map((result) => (result.kind === 'done' ? result.orderId : 'refused'));
    expect(new Set(orders.filter((id) => id !== null))).toEqual(new Set(all));
    expect(orders.filter((id) => id === null)).toHaveLength(2);
  });

  it('gives the first in the order in which the list is shown', async () => {
    const [, rich = ''] = await seed(3);
    await db.transactions.query('update case_item set value_minor = 9000, due_at = due_at + interval \'1 day\' where order_id = $1', [rich]);
    const query = { view: 'next_up' as const, filter: {}, orderIds: null, personId: person(0).id, now: new Date(now), sort: 'value' as const };
    expect(await acts.next.upNext(query, null, 1)).toEqual([rich]);
    expect(await acts.next.run(query, randomUUID(), person(0))).toEqual({ kind: 'done', orderId: rich });
    expect((await acts.next.upNext({ ...query, sort: 'due' as const }, null, 2))).not.toContain(rich);
  });

  it('answers a repeated "next" with the case it gave', async () => {
    await seed(3);
    const mutationId = randomUUID();
    const query = { view: 'next_up' as const, filter: {}, orderIds: null, personId: person(0).id, now: new Date(now) };
    const first = await acts.next.run(query, mutationId, person(0));
    expect(await acts.next.run(query, mutationId, person(0))).toEqual(first);
    expect(await rows(`select 1 from case_item where state = 'claimed'`)).toHaveLength(1);
  });

  it('ends leases and snoozes when their time is up, once however many look', async () => {
    const [leased = '', snoozed = '', other = ''] = await seed(3);
    await acts.claim.run(target(leased), person(0));
    await acts.snooze.run(target(snoozed), new Date(now + HOUR), person(1));
    await acts.pass.run();
    expect((await readCase(db.transactions, leased))?.snapshot.state).toBe('claimed');
    now += HOUR;
    await Promise.all([acts.pass.run(), acts.pass.run(), acts.pass.run()]);
    expect((await readCase(db.transactions, leased))?.snapshot).toMatchObject({ state: 'new', ownerId: null });
    expect((await readCase(db.transactions, snoozed))?.snapshot).toMatchObject({ state: 'claimed', ownerId: person(1).id });
    expect((await readCase(db.transactions, other))?.version).toBe(1);
    expect(await rows(`select what from case_history where actor = 'system' order by what`)).toEqual([{ what: 'lease_ended' }, { what: 'woke' }]);
  });

  it('lets a lead hand over what another person holds, and nobody take it over', async () => {
    const orderId = await one();
    await acts.claim.run(target(orderId), person(0));
    expect(await acts.claim.run(target(orderId, 2), person(9))).toMatchObject({ kind: 'conflict', by: 'Person 0' });
    expect(await acts.release.run(target(orderId, 2), person(1))).toMatchObject({ kind: 'conflict' });
    expect(await acts.release.run(target(orderId, 2), person(9))).toMatchObject({ kind: 'done' });
    expect((await readCase(db.transactions, orderId))?.snapshot).toMatchObject({ state: 'new', ownerId: null });
  });
});

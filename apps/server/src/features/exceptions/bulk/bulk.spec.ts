import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PersonStore, readCase, SELECTION_LASTS, type Clock } from '@orderwatch/db';
import type { PersonPrincipal } from '../../../platform/auth/principal.js';
import { LOGGER } from '../../../platform/tokens.js';
import { seedCases, startTestServer, type TestServer } from '../../../testing/test-server.js';
import { AssignCase } from '../acts/assign-case.service.js';
import { caseMutationId, type Deed, type ForeseeableDeed } from './bulk-deed.js';
import { BulkJobs } from './bulk-jobs.js';
import { BulkActs, type NotNow } from './bulk.service.js';
import { BulkViews } from './bulk-views.service.js';
import { BulkWorker } from './bulk-worker.service.js';
import type { BulkRun } from './bulk.types.js';
import { ActOnCase, type ActResult } from '../acts/case-act.service.js';
import { AddNote, ClaimCase, ReleaseCase, ResolveCase, SnoozeCase, type Target, type Worker } from '../acts/case-commands.service.js';
import { UndoAct } from '../acts/undo-act.service.js';

const HOUR = 3_600_000;

describe('acts on many cases', () => {
  let server: TestServer;
  let now = Date.UTC(2026, 2, 1, 12);
  const clock: Clock = { now: () => now };
  let acts: BulkActs;
  let views: BulkViews;
  let people: Record<'agent' | 'agent2' | 'lead' | 'admin', PersonPrincipal>;
  const get = <T>(token: abstract new (...args: never[]) => T): T => server.application.nest.get<T>(token as never, { strict: false });
  const rows = <T>(sql: string, params: readonly unknown[] = []): Promise<T[]> => server.db.transactions.query<T>(sql, params);

  beforeAll(async () => {
    // No worker in it: what runs in the background is run here, step by step.
    server = await startTestServer({ env: { ORDERWATCH_ROLE: 'api' }, clock });
    [acts, views] = [get(BulkActs), get(BulkViews)];
    const all = await get(PersonStore).list();
    const who = (email: string): PersonPrincipal => ({ kind: 'person', ...(all.find((person) => person.email === `${email}@demo.test`) ?? { id: '', name: '', email, role: 'agent' }) });
    people = { agent: who('agent'), agent2: who('agent2'), lead: who('lead'), admin: who('admin') };
  });
  afterAll(() => server.close());
  beforeEach(() => rows('truncate case_item, case_history, change, case_selection, bulk_run, bulk_item'));

  const seed = (n: number): Promise<string[]> => seedCases(server.db, Array.from({ length: n }, () => ({})), now);
  const target = async (orderId: string): Promise<Target> => ({ orderId, expectedVersion: (await readCase(server.db.transactions, orderId))?.version ?? 0, mutationId: randomUUID() });
  const claim = async (orderId: string, by: Worker): Promise<ActResult> => get(ClaimCase).run(await target(orderId), by);
  const query = (personId: string) => ({ view: 'all' as const, filter: {}, orderIds: null, personId, now: new Date(now) });
  const ran = (result: BulkRun | NotNow | null): BulkRun => {
    if (result === null || 'notAllowed' in result) throw new Error(result?.notAllowed ?? 'no run');
    return result;
  };
  const release: Deed = { verb: 'release' };
  /** As another process would, or one after a crash. `replaced`: what is at fault in it. */
  const workerWith = (replaced: Partial<{ release: ReleaseCase }> = {}): BulkWorker => new BulkWorker(
    server.db.transactions, get(PersonStore), get(AssignCase), get(SnoozeCase), get(ResolveCase), replaced.release ?? get(ReleaseCase), get(UndoAct), clock,
    server.application.nest.get(LOGGER, { strict: false }));
  const historyPerCase = async (): Promise<number[]> => (await rows<{ n: number }>(`select count(*)::int as n from case_history where what <> 'claimed' group by order_id`)).map((row) => row.n);

  it('selects the cases of what is stuck at a place: each once, longest first, none that is settled, unknown or somewhere else', async () => {
    await rows('truncate parcel_state, order_state, feed_health');
    const [twice = '', late = '', settled = '', elsewhere = '', moving = ''] = await seed(5);
    await rows(`update case_item set state = 'resolved', resolved_at = now() where order_id = $1`, [settled]);
    await rows(`insert into feed_health (connection, silent_since) values ('quiet', $1)`, [new Date(now - 30 * HOUR)]);
    const parcel = (orderId: string, parcelId: string, { hours = 24, place = 'Leipzig', feed = 'events' } = {}) => rows(
      `insert into parcel_state (order_id, parcel_id, carrier, status, facility, silent_from, stuck_at, look_at, feed) values ($1, $2, 'dhl', 'in_transit', $3, $4, $5, $5, $6)`,
      [orderId, parcelId, place, new Date(now - (hours + 48) * HOUR), new Date(now - hours * HOUR), feed]);
    await parcel(twice, 'a');
    await parcel(twice, 'b', { hours: 5 });
    await parcel(late, 'a', { feed: 'quiet', hours: 3 });
    await parcel(settled, 'a');
    await parcel(elsewhere, 'a', { place: 'Madrid', hours: 50 });
    await parcel(moving, 'a', { hours: -5 });
    const cases = async (place: { carrier?: string; facility?: string; lane?: string }): Promise<string[]> => {
      const { token, count } = await acts.selectStuck({ carrier: null, facility: null, lane: null, ...place }, people.agent);
      const [kept] = await rows<{ ids: string[] }>('select order_ids as ids from case_selection where id = $1', [token]);
      expect(kept?.ids).toHaveLength(count);
      return kept?.ids ?? [];
    };
    expect(await cases({})).toEqual([elsewhere, twice]);
    expect(await cases({ carrier: 'dhl', facility: 'Leipzig' })).toEqual([twice]);
    expect(await cases({ carrier: 'dhl', facility: 'Leipzig', lane: 'accepted' })).toEqual([]);
    expect(await cases({ carrier: 'ups' })).toEqual([]);
  });

  /** Cases in every state in which an act can meet them. */
  const variety = async (): Promise<string[]> => {
    const [free = '', mine = '', others = '', resolved = '', asleep = '', asleepOthers = '', other = '', gone = randomUUID()] = await seed(7);
    await claim(mine, people.agent);
    await claim(others, people.agent2);
    await get(ResolveCase).run(await target(resolved), 'moved_again', null, people.agent2);
    await get(SnoozeCase).run(await target(asleep), new Date(now + HOUR), people.agent);
    await get(SnoozeCase).run(await target(asleepOthers), new Date(now + HOUR), people.agent2);
    await rows(`update case_item set rule = 'lost', rules = '{lost}' where order_id = $1`, [other]);
    return [free, mine, others, resolved, asleep, asleepOthers, other, gone];
  };
  const deeds = (): ForeseeableDeed[] => [
    { verb: 'release' }, { verb: 'resolve', outcome: 'moved_again', note: null }, { verb: 'resolve', outcome: 'nonsense', note: null },
    { verb: 'snooze', until: now + 2 * HOUR, condition: null }, { verb: 'snooze', until: now - 1, condition: null },
    { verb: 'assign', personId: people.agent.id, reason: null }, { verb: 'assign', personId: people.agent2.id, reason: 'shift ends' }, { verb: 'assign', personId: null, reason: null },
    { verb: 'assign', personId: people.admin.id, reason: null },
  ];

  it.each(['agent', 'lead'] as const)('foresees for %s exactly what then happens', async (role) => {
    for (const deed of deeds()) {
      await rows('truncate case_item, case_history, change');
      const ids = await variety();
      const before = await rows('select * from case_item order by order_id');
      const foreseen = ran(await acts.rehearse({ ids }, deed, people[role]));
      expect(await rows('select * from case_item order by order_id')).toEqual(before);
      const run = ran(await acts.start({ token: foreseen.token ?? '' }, deed, randomUUID(), people[role]));
      const told = ({ total, done, changed, groups, exceptions }: BulkRun) => ({ total, done, changed, groups, exceptions: exceptions.map(({ at: _, mutationId: __, ...item }) => item) });
      expect({ deed, ...told(run) }).toEqual({ deed, ...told(foreseen) });
      expect([foreseen.state, run.state]).toEqual(['dry_run', 'done']);
    }
  });

  it('takes the cases that matched when they were selected, and no later ones', async () => {
    const first = await seed(3);
    const selection = await acts.select(query(people.agent.id), people.agent);
    expect(selection).toMatchObject({ count: 3, isCapped: false });
    const later = await seed(2);
    const run = ran(await acts.start({ token: selection.token }, { verb: 'resolve', outcome: 'moved_again', note: 'seen' }, randomUUID(), people.agent));
    expect(run).toMatchObject({ total: 3, changed: 3, state: 'done' });
    const states = await rows<{ order_id: string; state: string }>('select order_id, state from case_item');
    expect(states.filter((row) => row.state === 'resolved').map((row) => row.order_id).sort()).toEqual([...first].sort());
    expect(states.filter((row) => row.state === 'new').map((row) => row.order_id).sort()).toEqual([...later].sort());
    expect(await rows('select distinct why from case_history')).toEqual([{ why: 'moved_again: seen' }]);
  });

  it('acts upon what was seen: a case that changed after the dry run is told, not changed', async () => {
    const ids = await seed(3);
    const resolve: ForeseeableDeed = { verb: 'resolve', outcome: 'moved_again', note: null };
    const foreseen = ran(await acts.rehearse({ ids }, resolve, people.agent));
    await get(AddNote).run({ orderId: ids[1] ?? '', mutationId: randomUUID() }, 'customer called', people.agent2);
    const run = ran(await acts.start({ token: foreseen.token ?? '' }, resolve, randomUUID(), people.agent));
    expect(run.groups).toEqual([{ kind: 'changed', message: null, by: [], count: 2 }, { kind: 'conflict', message: 'It changed since you saw it.', by: [], count: 1 }]);
    expect(run.exceptions.map((item) => item.id)).toEqual([ids[1]]);
    // Looked at again, it is what the person has now seen.
    const again = ran(await acts.rehearse({ ids: [ids[1] ?? ''] }, resolve, people.agent));
    expect(ran(await acts.start({ token: again.token ?? '' }, resolve, randomUUID(), people.agent))).toMatchObject({ changed: 1 });
  });

  it('is for the person who selected, for ten minutes', async () => {
    await seed(1);
    const { token } = await acts.select(query(people.agent.id), people.agent);
    expect(await acts.rehearse({ token }, { verb: 'release' }, people.lead)).toHaveProperty('notAllowed');
    now += SELECTION_LASTS;
    expect(await acts.start({ token }, release, randomUUID(), people.agent)).toHaveProperty('notAllowed');
    expect(await rows('select 1 from bulk_run')).toEqual([]);
    expect(await acts.rehearse({ ids: [] }, { verb: 'release' }, people.agent)).toHaveProperty('notAllowed');
    expect(await acts.start({ ids: Array.from({ length: 5_001 }, () => randomUUID()) }, release, randomUUID(), people.agent)).toHaveProperty('notAllowed');
  });

  it('is done once, however often and however at once it is sent', async () => {
    const ids = await seed(10);
    for (const id of ids) await claim(id, people.agent);
    const mutationId = randomUUID();
    await Promise.all([1, 2, 3].map(() => acts.start({ ids }, release, mutationId, people.agent)));
    expect(ran(await acts.start({ ids: await seed(1) }, release, mutationId, people.agent))).toMatchObject({ total: 10, changed: 10, state: 'done' });
    expect(await historyPerCase()).toEqual(ids.map(() => 1));
    expect(await acts.start({ ids }, release, mutationId, people.agent2)).toEqual({ notAllowed: 'That id was used already.' });
  });

  it('goes on after a crash where it stopped, and does nothing twice', async () => {
    const ids = await seed(60);
    for (const id of ids) await claim(id, people.agent);
    const mutationId = randomUUID();
    expect(ran(await acts.start({ ids }, release, mutationId, people.agent))).toMatchObject({ state: 'running', done: 0 });
    let left = 25;
    class Dying extends ReleaseCase {
      /** The act is committed; whoever wanted to write that down is no more. */
      override async run(each: Target, worker: Worker): Promise<ActResult> {
        const result = await super.run(each, worker);
        if ((left -= 1) === 0) throw Object.assign(new Error('the process is gone'), { code: '57P01' });
        return result;
      }
    }
    await expect(workerWith({ release: new Dying(get(ActOnCase)) }).work(mutationId)).rejects.toThrow('gone');
    expect(await views.run(mutationId, people.agent)).toMatchObject({ state: 'running', done: 20 });
    expect(await historyPerCase()).toHaveLength(25);
    // Two others notice at once.
    await Promise.all([workerWith().work(mutationId), workerWith().work(mutationId)]);
    expect(await views.run(mutationId, people.agent)).toMatchObject({ state: 'done', done: 60, changed: 60 });
    expect(await historyPerCase()).toEqual(ids.map(() => 1));
  });

  it('leaves the run to whoever is at it, until they have died', async () => {
    const ids = await seed(60);
    const mutationId = randomUUID();
    await acts.start({ ids }, { verb: 'snooze', until: now + HOUR, condition: null }, mutationId, people.agent);
    await rows(`update bulk_run set worker = $1, worker_until = clock_timestamp() + interval '20 seconds'`, [randomUUID()]);
    await workerWith().work(mutationId);
    expect(await views.run(mutationId, people.agent)).toMatchObject({ state: 'running', done: 0 });
    await rows(`update bulk_run set worker_until = clock_timestamp() - interval '1 second'`);
    await workerWith().work(mutationId);
    expect(await views.run(mutationId, people.agent)).toMatchObject({ state: 'done', changed: 60 });
  });

  it('stops when it is cancelled, and what was done can be taken back', async () => {
    const ids = await seed(100);
    for (const id of ids) await claim(id, people.agent);
    const mutationId = randomUUID();
    await acts.start({ ids }, release, mutationId, people.agent);
    let calls = 0;
    class Watched extends ReleaseCase {
      override async run(each: Target, worker: Worker): Promise<ActResult> {
        if ((calls += 1) === 30) {
          expect(await acts.cancel(mutationId, people.agent2)).toBeNull();
          await acts.cancel(mutationId, people.agent);
        }
        return super.run(each, worker);
      }
    }
    await workerWith({ release: new Watched(get(ActOnCase)) }).work(mutationId);
    expect(await views.run(mutationId, people.agent)).toMatchObject({ state: 'cancelled', total: 100, done: 40, changed: 40 });
    const [again = ''] = ids;
    await claim(again, people.agent2);
    const undone = ran(await acts.undo(mutationId, randomUUID(), people.agent));
    expect(undone).toMatchObject({ verb: 'undo', total: 40, changed: 39, undoes: mutationId });
    expect(undone.exceptions).toMatchObject([{ id: again, kind: 'conflict', message: `${people.agent2.name} changed it since.` }]);
    expect(await rows(`select count(*)::int as n from case_item where owner_id = $1 and state = 'claimed'`, [people.agent.id])).toEqual([{ n: 99 }]);
    expect(await acts.undo(mutationId, randomUUID(), people.agent2)).toHaveProperty('notAllowed');
  });

  it('has each act taken back by itself, under an id that is known from the run', async () => {
    const [id = '', other = ''] = await seed(2);
    const mutationId = randomUUID();
    await acts.start({ ids: [id, other] }, { verb: 'resolve', outcome: 'moved_again', note: null }, mutationId, people.agent);
    expect(await views.items(mutationId, { after: 0, first: 10 }, people.agent)).toMatchObject([{ id, kind: 'changed', mutationId: caseMutationId(mutationId, id) }, { id: other, kind: 'changed' }]);
    expect(await get(UndoAct).run(id, caseMutationId(mutationId, id), people.agent)).toMatchObject({ kind: 'done' });
    expect((await readCase(server.db.transactions, id))?.snapshot.state).toBe('new');
    expect((await readCase(server.db.transactions, other))?.snapshot.state).toBe('resolved');
    expect(await views.run(mutationId, people.lead)).toBeNull();
    expect(await views.items(mutationId, { after: 0, first: 10 }, people.lead)).toEqual([]);
  });

  it('counts the role as it is when each case is done', async () => {
    const ids = await seed(60);
    const mutationId = randomUUID();
    await acts.start({ ids }, { verb: 'snooze', until: now + HOUR, condition: null }, mutationId, people.agent2);
    await rows(`update person set role = 'admin' where id = $1`, [people.agent2.id]);
    await workerWith().work(mutationId);
    await rows(`update person set role = 'agent' where id = $1`, [people.agent2.id]);
    expect(await views.run(mutationId, people.agent2)).toMatchObject({ changed: 0, groups: [{ kind: 'not_allowed', count: 60 }] });
    expect(await rows(`select 1 from case_history`)).toEqual([]);
    expect(await acts.start({ ids }, release, randomUUID(), people.admin)).toEqual({ notAllowed: 'Your role does not allow this.' });
  });

  it('is found by those who sweep when its job was lost, and forgotten after a week', async () => {
    const [lost, old] = [randomUUID(), randomUUID()];
    await acts.start({ ids: await seed(1) }, release, old, people.agent);
    now += 6 * 24 * HOUR;
    await acts.start({ ids: await seed(60) }, { verb: 'snooze', until: now + HOUR, condition: null }, lost, people.agent);
    await acts.select(query(people.agent.id), people.agent);
    await get(BulkJobs).sweep();
    expect(await rows('select id, state from bulk_run order by created_at')).toEqual([{ id: old, state: 'done' }, { id: lost, state: 'done' }]);
    now += 25 * HOUR;
    await get(BulkJobs).sweep();
    expect(await rows('select id from bulk_run')).toEqual([{ id: lost }]);
    expect(await rows('select run_id from bulk_item where run_id = $1', [old])).toEqual([]);
    expect(await rows('select 1 from case_selection')).toEqual([]);
  });

  it('is asked for over GraphQL, money never', async () => {
    const ids = await seed(2);
    const cookie = await server.signIn('agent');
    const ask = (variables: object) => server.ask(
      'mutation ($s: BulkSelection!, $a: BulkAct!, $d: Boolean!, $m: ID!) { bulkAct(selection: $s, act: $a, dryRun: $d, mutationId: $m) { __typename ... on BulkRun { state token changed groups { kind message count } } ... on NotAllowed { reason } } }',
      variables, cookie);
    const dry = await ask({ s: { ids }, a: { verb: 'release' }, d: true, m: randomUUID() });
    expect(dry.data?.['bulkAct']).toMatchObject({ __typename: 'BulkRun', state: 'dry_run', changed: 0, groups: [{ kind: 'conflict', message: 'Nobody has it.', count: 2 }] });
    expect((await ask({ s: { ids }, a: { verb: 'snooze' }, d: true, m: randomUUID() })).errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect((await ask({ s: { ids }, a: { verb: 'undo' }, d: false, m: randomUUID() })).errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect((await ask({ s: { ids }, a: { verb: 'refund' }, d: false, m: randomUUID() })).data).toBeNull();
    expect((await ask({ s: { token: randomUUID() }, a: { verb: 'release' }, d: false, m: randomUUID() })).data?.['bulkAct']).toMatchObject({ __typename: 'NotAllowed' });
  });
});

describe('a long run in a server', () => {
  it('is done in the background, with progress', async () => {
    const server = await startTestServer();
    try {
      await seedCases(server.db, Array.from({ length: 130 }, () => ({})));
      const cookie = await server.signIn('agent');
      const selected = await server.ask('mutation { selectMatching(view: all) { token count } }', {}, cookie);
      const { token, count } = selected.data?.['selectMatching'] as { token: string; count: number };
      expect(count).toBe(130);
      const id = randomUUID();
      const started = await server.ask(
        `mutation { bulkAct(selection: { token: "${token}" }, act: { verb: resolve, outcome: "moved_again" }, dryRun: false, mutationId: "${id}") { ... on BulkRun { state total } } }`, {}, cookie);
      expect(started.data?.['bulkAct']).toMatchObject({ total: 130 });
      const progress: number[] = [];
      for (;;) {
        const { data } = await server.ask(`{ bulkRun(id: "${id}") { state done changed } bulkRuns { id } }`, {}, cookie);
        const run = data?.['bulkRun'] as { state: string; done: number };
        progress.push(run.done);
        if (run.state === 'done') break;
      }
      expect(progress).toEqual([...progress].sort((a, b) => a - b));
      expect(progress.at(-1)).toBe(130);
      expect(await server.db.transactions.query(`select count(*)::int as n from case_history where what = 'resolved'`)).toEqual([{ n: 130 }]);
    } finally {
      await server.close();
    }
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { orderIdOf, type CallResult } from '@orderwatch/connectors';
import { defaultRemedyPolicy } from '@orderwatch/domain';
import { lockOrders, RemedyStore, Sealer, type RemedyRecord, type Transactions } from '@orderwatch/db';
import { createTestDatabase, type TestDatabase } from '@orderwatch/db/testing';
import type { Jobs } from '../../../platform/jobs/jobs.js';
import { FeedHarness } from '../../../testing/feed-harness.js';
import { DecideRemedy } from './decide-remedy.service.js';
import { ExecuteRemedy, QUIET_PERIOD } from '../execution/execute-remedy.service.js';
import { OrderTimeline } from '../order-timeline.js';
import { ProposeRemedy } from '../proposals/propose-remedy.service.js';
import { fixedPolicy } from '../policy/remedy-policy.js';
import { RemedyJobs } from '../execution/remedy-jobs.js';

const store = new RemedyStore();
const [ana, clara] = [randomUUID(), randomUUID()];

/** An outside system that answers when the test says so. */
class SlowOutlet {
  readonly calls: ((result: CallResult<string>) => void)[] = [];

  execute(): Promise<CallResult<string>> {
    return new Promise((answer) => this.calls.push(answer));
  }

  isConfirmed(): Promise<boolean> {
    return Promise.resolve(false);
  }
}

describe('remedies at the same time', () => {
  let database: TestDatabase;
  let db: Transactions;
  let feed: FeedHarness;
  let outlet: SlowOutlet;
  let services: { propose: ProposeRemedy; decide: DecideRemedy; execute: ExecuteRemedy };

  beforeAll(async () => {
    database = await createTestDatabase();
    db = database.transactions;
    await db.query(`insert into connection (name, kind) values ('events', 'events')`);
    for (const [id, name, role] of [[ana, 'ana', 'agent'], [clara, 'clara', 'manager']]) await db.query('insert into person (id, email, name, role) values ($1, $2, $2, $3)', [id, name, role]);
  });
  beforeEach(() => {
    feed = new FeedHarness(db, new Sealer('a secret for tests only'));
    outlet = new SlowOutlet();
    const jobs = new RemedyJobs({ enqueue: () => Promise.resolve() } as unknown as Jobs, feed.clock);
    services = {
      propose: new ProposeRemedy(db, store, feed.clock, fixedPolicy(defaultRemedyPolicy)), decide: new DecideRemedy(db, store, jobs, feed.clock, fixedPolicy(defaultRemedyPolicy)),
      execute: new ExecuteRemedy(db, store, jobs, outlet, new OrderTimeline(feed.pipeline.writer), feed.clock),
    };
  });
  afterAll(() => database.drop());

  const now = async ({ id }: RemedyRecord): Promise<RemedyRecord> => (await store.find(db, id)) as RemedyRecord;
  const until = async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
    while (!(await isSo())) await new Promise((again) => setTimeout(again, 5));
  };

  async function proposed(amountMinor = 5_000): Promise<RemedyRecord> {
    const home = randomUUID();
    await feed.take(feed.event('order.placed', home, { currency: 'EUR', total: '1200.00' }, 80), feed.event('payment.captured', home, { amount: '1200.00', currency: 'EUR' }, 79));
    const answer = await services.propose.run({ orderId: orderIdOf('events', home), kind: 'refund', amountMinor, currency: 'EUR', lines: [], reasonCode: 'lost', reason: 'Lost', evidenceFactIds: [], mutationId: randomUUID() }, { id: ana, role: 'agent' });
    if (answer.kind !== 'done') throw new Error(JSON.stringify(answer));
    return answer.remedy;
  }
  const approve = (remedy: RemedyRecord, mutationId = randomUUID()) => services.decide.approve(remedy.id, { revision: 1, amountMinor: remedy.remedy.amount?.minor ?? null }, { id: clara, role: 'manager' }, mutationId);

  it('an act that is sent again answers as before, and is done once', async () => {
    const remedy = await proposed();
    const mutationId = randomUUID();
    expect([(await approve(remedy, mutationId)).kind, (await approve(remedy, mutationId)).kind]).toEqual(['done', 'done']);
    expect((await approve(remedy)).kind).toBe('conflict');
  });

  it('every step stands in the history of the order, decisions in the audit as well', async () => {
    const remedy = await proposed();
    await approve(remedy);
    const history = await db.query<{ what: string; actor: string }>('select what, actor from case_history where order_id = $1 and actor not like \'rule:%\' order by id', [remedy.orderId]);
    expect(history.map(({ what, actor }) => [what, actor])).toEqual([['proposed', ana], ['remedy_approved', clara]]);
    expect(await db.query('select action, actor from audit where target = $1 order by audit.id', [remedy.id])).toEqual([{ action: 'remedy.propose', actor: ana }, { action: 'remedy.approved', actor: clara }]);
  });

  it('what was read before another act is not written over it', async () => {
    const remedy = await proposed();
    const read = await now(remedy);
    await approve(remedy);
    expect(await db.run((tx) => store.save(tx, read, { ...read.remedy, state: 'declined' }))).toBe(false);
    expect((await now(remedy)).remedy.state).toBe('approved');
  });

  it('an attempt waits for whoever writes the order', async () => {
    const remedy = await proposed();
    await approve(remedy);
    feed.now += defaultRemedyPolicy.callBack;
    let running: Promise<void> | undefined;
    await db.run(async (tx) => {
      await lockOrders(tx, [remedy.orderId]);
      running = services.execute.run(remedy.id);
      await until(async () => outlet.calls.length > 0 || (await db.query(`select 1 from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())`)).length > 0);
      expect(outlet.calls).toHaveLength(0);
    });
    await until(() => outlet.calls.length === 1);
    outlet.calls[0]?.({ result: 'done', value: '1' });
    await running;
    expect((await now(remedy)).remedy.state).toBe('executed');
  });

  it('a result that comes after the next attempt began is not that attempt’s', async () => {
    const remedy = await proposed();
    await approve(remedy);
    feed.now += defaultRemedyPolicy.callBack;
    const first = services.execute.run(remedy.id);
    await until(() => outlet.calls.length === 1);
    feed.now += QUIET_PERIOD;
    const second = services.execute.run(remedy.id);
    await until(() => outlet.calls.length === 2);
    outlet.calls[0]?.({ result: 'refused', why: 'late' });
    await first;
    expect((await now(remedy)).remedy.state).toBe('executing');
    outlet.calls[1]?.({ result: 'done', value: '2' });
    await second;
    expect(await now(remedy)).toMatchObject({ reference: '2', remedy: { state: 'executed' } });
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { orderIdOf } from '@orderwatch/connectors';
import { defaultRemedyPolicy, type PersonRole } from '@orderwatch/domain';
import { RemedyStore, Sealer, verifyAudit, type RemedyRecord, type Transactions } from '@orderwatch/db';
import { createTestDatabase, type TestDatabase } from '@orderwatch/db/testing';
import type { Jobs } from '../../platform/jobs/jobs.js';
import { FeedHarness } from '../../testing/feed-harness.js';
import { ShopStandIn } from '../../testing/shop-stand-in.js';
import { DecideRemedy } from './approvals/decide-remedy.service.js';
import { ExecuteRemedy, GIVE_UP_AFTER, LONGEST_WAIT, QUIET_PERIOD } from './execution/execute-remedy.service.js';
import { OrderTimeline } from './order-timeline.js';
import { ProposeRemedy, type Proposal } from './proposals/propose-remedy.service.js';
import type { RemedyAnswer } from './remedy-answer.js';
import { fixedPolicy } from './policy/remedy-policy.js';
import { BRAKE_WAIT } from './execution/remedy-brake.js';
import { RemedyJobs } from './execution/remedy-jobs.js';
import { ShopifyOutlet } from './execution/shopify-outlet.js';
import { SweepRemedies } from './execution/sweep-remedies.service.js';

const HOLD = defaultRemedyPolicy.callBack;
let database: TestDatabase;
let db: Transactions;
let shop: ShopStandIn;
let feed: FeedHarness;
let asked: { readonly name: string; readonly id: string; readonly startAfter: number }[];
let services: { propose: ProposeRemedy; decide: DecideRemedy; execute: ExecuteRemedy; sweep: SweepRemedies; outlet: ShopifyOutlet };
const store = new RemedyStore();
const people: Record<string, { readonly id: string; readonly role: PersonRole }> = Object.fromEntries(
  ([['ana', 'agent'], ['lena', 'lead'], ['clara', 'manager'], ['tomas', 'manager'], ['jonas', 'admin']] as const).map(([name, role]) => [name, { id: randomUUID(), role }]));
const person = (name: string) => {
  const found = people[name];
  if (!found) throw new Error(name);
  return found;
};

beforeAll(async () => {
  database = await createTestDatabase();
  db = database.transactions;
  shop = new ShopStandIn();
  await shop.start();
  await db.query(`insert into connection (name, kind) values ('events', 'events')`);
  for (const [name, { id, role }] of Object.entries(people)) await db.query('insert into person (id, email, name, role) values ($1, $2, $3, $4)', [id, `${name}@x.test`, name, role]);
});
afterAll(async () => {
  await shop?.stop();
  await database?.drop();
});
beforeEach(() => {
  shop.trouble = 'none';
  shop.effects.length = 0;
  asked = [];
  feed = new FeedHarness(db, new Sealer('a secret for tests only'));
  const jobs = { enqueue: (_tx: unknown, name: string, data: { id: string }, options: { startAfter: Date }) => Promise.resolve(void asked.push({ name, id: data.id, startAfter: options.startAfter.getTime() })) };
  const remedyJobs = new RemedyJobs(jobs as unknown as Jobs, feed.clock);
  const outlet = new ShopifyOutlet(db, () => Promise.resolve({ connection: 'shopify', access: { baseUrl: shop.url, token: 't' } }));
  services = {
    outlet, propose: new ProposeRemedy(db, store, feed.clock, fixedPolicy(defaultRemedyPolicy)), decide: new DecideRemedy(db, store, remedyJobs, feed.clock, fixedPolicy(defaultRemedyPolicy)),
    execute: new ExecuteRemedy(db, store, remedyJobs, outlet, new OrderTimeline(feed.pipeline.writer), feed.clock), sweep: new SweepRemedies(db, store, remedyJobs, feed.clock, fixedPolicy(defaultRemedyPolicy)),
  };
});

/** A paid order of 1,200.00 EUR with two lines. */
async function paidOrder(): Promise<{ readonly home: string; readonly orderId: string }> {
  const home = `A-${randomUUID().slice(0, 8)}`;
  const lines = [{ id: '1', sku: 'L', title: 'Lamp', quantity: 2, price: '500.00' }, { id: '2', sku: 'S', title: 'Shade', quantity: 1, price: '200.00' }];
  await feed.take(feed.event('order.placed', home, { name: `#${home}`, currency: 'EUR', total: '1200.00', lines }, 80), feed.event('payment.captured', home, { amount: '1200.00', currency: 'EUR' }, 79));
  return { home, orderId: orderIdOf('events', home) };
}

const proposal = (orderId: string, more: Partial<Proposal> = {}): Proposal => ({
  orderId, kind: 'refund', amountMinor: 5_000, currency: 'EUR', lines: [], reasonCode: 'lost', reason: 'Parcel lost', evidenceFactIds: [], mutationId: randomUUID(), ...more,
});
const reship = (orderId: string): Proposal => proposal(orderId, { kind: 'reship', amountMinor: null, currency: null, lines: [{ lineId: '2', quantity: 1 }] });

function done(answer: RemedyAnswer): RemedyRecord {
  if (answer.kind !== 'done') throw new Error(JSON.stringify(answer));
  return answer.remedy;
}
const approve = (remedy: RemedyRecord, by = 'clara') =>
  services.decide.approve(remedy.id, { revision: remedy.remedy.revision, amountMinor: remedy.remedy.amount?.minor ?? null }, person(by), randomUUID());
const now = async (remedy: RemedyRecord): Promise<RemedyRecord> => {
  const found = await store.find(db, remedy.id);
  if (!found) throw new Error('gone');
  return found;
};
const state = async (remedy: RemedyRecord) => (await now(remedy)).remedy.state;

/** Proposed, approved, and its call-back time over. */
async function due(more: (orderId: string) => Proposal = proposal): Promise<{ readonly remedy: RemedyRecord; readonly home: string; readonly orderId: string }> {
  const order = await paidOrder();
  const remedy = done(await services.propose.run(more(order.orderId), person('ana')));
  done(await approve(remedy));
  feed.now += HOLD;
  return { remedy, ...order };
}

describe('an approved refund', () => {
  it('waits out its call-back time, is executed once, and stands on the timeline and in the ledger', async () => {
    const { orderId } = await paidOrder();
    const remedy = done(await services.propose.run(proposal(orderId), person('ana')));
    expect(done(await approve(remedy)).remedy.state).toBe('approved');
    expect(asked).toMatchObject([{ name: 'remedy-execute', id: remedy.id, startAfter: feed.now + HOLD }]);
    await services.execute.run(remedy.id);
    expect(shop.effects).toHaveLength(0);
    expect(asked).toHaveLength(2); // a job that came early asks for its turn again
    feed.now += HOLD;
    for (let i = 0; i < 3; i += 1) await services.execute.run(remedy.id);
    expect(shop.effects).toHaveLength(1);
    expect(await now(remedy)).toMatchObject({ reference: '9000', remedy: { state: 'executed' } });
    expect(await db.query(`select data::json ->> 'reference' as reference from order_event where order_id = $1 and type = 'remedy.executed'`, [orderId])).toEqual([{ reference: '9000' }]);
    expect(await db.query('select id, amount_minor::text, currency from remedy_ledger where order_id = $1', [orderId])).toEqual([{ id: '9000', amount_minor: '5000', currency: 'EUR' }]);
    expect(await services.execute.confirm(remedy.id)).toBe(true);
    expect(await state(remedy)).toBe('confirmed');
    expect(await verifyAudit(db)).toBeNull();
  });

  it('waits its turn while far more leave within an hour than ever, is told once, can be called back, and goes on by itself', async () => {
    const [{ remedy }, other] = [await due(), await due()];
    await db.query('truncate remedy_ledger');
    const left = (n: number) => db.query(
      `insert into remedy_ledger (order_id, id, at, kind, amount_minor, currency, source, remedy_id, lines) select gen_random_uuid(), 'x' || i, $1, 'refund', 1, 'EUR', 'x', gen_random_uuid(), '[]' from generate_series(1, $2::int) i`, [new Date(feed.now), n]);
    await left(2_000);
    for (const each of [remedy, other.remedy]) await services.execute.run(each.id);
    expect([shop.effects.length, (await now(remedy)).failure, asked.at(-1)]).toMatchObject([0, expect.stringContaining('Waits: 2000 were carried out'), { id: other.remedy.id, startAfter: feed.now + BRAKE_WAIT }]);
    feed.now += BRAKE_WAIT;
    await services.execute.run(remedy.id);
    expect(await db.query(`select 1 from audit where target = $1 and action = 'remedy.held'`, [remedy.id])).toHaveLength(1);
    expect(await db.query(`select 1 from case_history where what = 'remedy_held' and after::json ->> 'remedy' = $1`, [remedy.id])).toHaveLength(1);
    expect(done(await services.decide.callBack(remedy.id, person('tomas'), randomUUID()))).toMatchObject({ failure: null, remedy: { state: 'proposed', approvals: [] } });
    feed.now += 3_600_001;
    await services.execute.run(other.remedy.id);
    expect([shop.effects.length, await state(other.remedy), (await now(other.remedy)).failure]).toEqual([1, 'executed', null]);
    await db.query('truncate remedy_ledger');
  });

  it('is executed once by many workers at the same time', async () => {
    const { remedy } = await due();
    await Promise.all(Array.from({ length: 6 }, () => services.execute.run(remedy.id)));
    expect(shop.effects).toHaveLength(1);
    expect(await state(remedy)).toBe('executed');
  });

  it('is not failed when the reply is lost: it is looked up after the quiet period', async () => {
    const { remedy } = await due();
    shop.trouble = 'reply_lost';
    await services.execute.run(remedy.id);
    expect(await state(remedy)).toBe('executing');
    shop.trouble = 'none';
    feed.now += QUIET_PERIOD - 1;
    const before = asked.length;
    await services.execute.run(remedy.id);
    expect(await state(remedy)).toBe('executing');
    expect(asked.slice(before)).toMatchObject([{ startAfter: feed.now + 1 }]);
    feed.now += 1;
    await services.execute.run(remedy.id);
    expect(await now(remedy)).toMatchObject({ attempts: 2, reference: '9000', remedy: { state: 'executed' } });
    expect(shop.effects).toHaveLength(1);
  });

  it('survives a crash between the call and its result', async () => {
    const { remedy } = await due();
    const { execute } = services.outlet;
    services.outlet.execute = async (record) => {
      await execute.call(services.outlet, record);
      throw new Error('the process died here');
    };
    await expect(services.execute.run(remedy.id)).rejects.toThrow('died');
    services.outlet.execute = execute;
    feed.now += QUIET_PERIOD;
    await services.execute.run(remedy.id);
    expect(await state(remedy)).toBe('executed');
    expect(shop.effects).toHaveLength(1);
  });

  it('outlasts hours in which the shop is down, ever more rarely, and then needs a person', async () => {
    const { remedy } = await due();
    shop.trouble = 'down';
    const start = feed.now;
    const waits: number[] = [];
    while (feed.now < start + 3 * 3_600_000) {
      await services.execute.run(remedy.id);
      const next = Math.max(...asked.filter((a) => a.id === remedy.id).map((a) => a.startAfter));
      waits.push(next - feed.now);
      feed.now = next;
    }
    expect(waits[0]).toBe(QUIET_PERIOD);
    expect(Math.max(...waits)).toBe(LONGEST_WAIT);
    shop.trouble = 'none';
    await services.execute.run(remedy.id);
    expect(await state(remedy)).toBe('executed');
    expect(shop.effects).toHaveLength(1);

    const other = await due();
    shop.trouble = 'down';
    await services.execute.run(other.remedy.id);
    feed.now += GIVE_UP_AFTER + 1;
    await services.execute.run(other.remedy.id);
    expect(await state(other.remedy)).toBe('needs_human');
  });

  it('returns to the inbox when the shop refuses, and can be asked for again', async () => {
    const { remedy, orderId } = await due();
    shop.trouble = 'refuses';
    await services.execute.run(remedy.id);
    expect(await now(remedy)).toMatchObject({ failure: 'Shopify: Order cannot be refunded', remedy: { state: 'failed' } });
    done(await services.propose.run(proposal(orderId), person('ana')));
  });

  it('is void when a fact changed after the approval', async () => {
    const { remedy, home } = await due();
    await feed.take(feed.event('payment.refunded', home, { amount: '20.00', currency: 'EUR' }, 1));
    await services.execute.run(remedy.id);
    expect(await state(remedy)).toBe('void');
    expect((await now(remedy)).voidReasons.join()).toContain('EUR 1180.00');
    expect(shop.effects).toHaveLength(0);
  });

  it('says so every time the same approval comes again: what is void was never approved', async () => {
    const { orderId, home } = await paidOrder();
    const remedy = done(await services.propose.run(proposal(orderId), person('ana')));
    await feed.take(feed.event('payment.refunded', home, { amount: '20.00', currency: 'EUR' }, 1));
    const mutationId = randomUUID();
    const answers = [];
    for (let i = 0; i < 3; i += 1) answers.push(await services.decide.approve(remedy.id, { revision: 1, amountMinor: 5_000 }, person('clara'), mutationId));
    expect(answers).toMatchObject(Array.from({ length: 3 }, () => ({ kind: 'conflict', message: expect.stringContaining('EUR 1180.00') })));
    expect(await state(remedy)).toBe('void');
  });

  it('can be called back in time, and is then not executed', async () => {
    const { orderId } = await paidOrder();
    const remedy = done(await services.propose.run(proposal(orderId), person('ana')));
    done(await approve(remedy));
    expect(done(await services.decide.callBack(remedy.id, person('clara'), randomUUID())).remedy.state).toBe('proposed');
    feed.now += HOLD;
    await services.execute.run(remedy.id);
    expect(shop.effects).toHaveLength(0);
  });
});

describe('an approved reship', () => {
  it('makes one order although nothing at the shop makes a repeat harmless', async () => {
    const { remedy } = await due(reship);
    shop.trouble = 'reply_lost';
    await services.execute.run(remedy.id);
    shop.trouble = 'none';
    feed.now += QUIET_PERIOD;
    await services.execute.run(remedy.id);
    expect(shop.effects).toHaveLength(1);
    expect(await now(remedy)).toMatchObject({ reference: '9000', remedy: { state: 'executed' } });
    expect(await services.execute.confirm(remedy.id)).toBe(true);
    expect(await state(remedy)).toBe('confirmed');
  });
});

describe('several remedies of one order', () => {
  it('never run side by side: what one did is a fact that the other was not approved with', async () => {
    const { remedy: refund, orderId } = await due();
    const again = done(await services.propose.run(reship(orderId), person('lena')));
    done(await approve(again));
    feed.now += HOLD;
    shop.trouble = 'reply_lost';
    await services.execute.run(refund.id);
    shop.trouble = 'none';
    const before = asked.length;
    await services.execute.run(again.id);
    expect(await state(again)).toBe('approved');
    expect(asked.slice(before)).toMatchObject([{ id: again.id, startAfter: feed.now + QUIET_PERIOD }]);
    feed.now += QUIET_PERIOD;
    await services.execute.run(refund.id);
    await services.execute.run(again.id);
    expect([await state(refund), await state(again)]).toEqual(['executed', 'void']);
    expect(shop.effects.map((e) => e.kind)).toEqual(['refund']);
  });

  it('never add up to more than was paid, also before the shop tells of the first', async () => {
    const { remedy, orderId } = await due((id) => proposal(id, { amountMinor: 100_000 }));
    await services.execute.run(remedy.id);
    expect(await services.execute.confirm(remedy.id)).toBe(true);
    expect(await services.propose.run(proposal(orderId, { amountMinor: 20_001 }), person('ana'))).toMatchObject({ kind: 'not_allowed' });
    done(await services.propose.run(proposal(orderId, { amountMinor: 20_000 }), person('ana')));
  });

  it('are void when the lines changed after the approval', async () => {
    const { remedy, home } = await due(reship);
    await feed.take(feed.event('order.edited', home, { lines: [{ id: '2', sku: 'S', quantity: 0 }] }, 1));
    await services.execute.run(remedy.id);
    expect(await state(remedy)).toBe('void');
    expect((await now(remedy)).voidReasons).toEqual(['Line 2: 1 → 0']);
    expect(shop.effects).toHaveLength(0);
  });
});

describe('who may what', () => {
  it('lets nobody approve their own, and nobody but managers', async () => {
    const { orderId } = await paidOrder();
    const remedy = done(await services.propose.run(proposal(orderId), person('clara')));
    for (const name of ['clara', 'ana', 'lena', 'jonas']) expect(await approve(remedy, name)).toMatchObject({ kind: 'not_allowed' });
    done(await approve(remedy, 'tomas'));
    const tried = await db.query<{ actor: string }>(`select actor from audit where target = $1 and action = 'access.denied' and detail::json ->> 'action' = 'remedy.approved' order by id`, [remedy.id]);
    expect(tried.map(({ actor }) => actor)).toEqual(['clara', 'ana', 'lena', 'jonas'].map((name) => person(name).id));
  });

  it('needs two managers above the second limit', async () => {
    const { orderId } = await paidOrder();
    const remedy = done(await services.propose.run(proposal(orderId, { amountMinor: 100_001 }), person('ana')));
    expect(done(await approve(remedy)).remedy.state).toBe('proposed');
    expect(await approve(remedy)).toMatchObject({ kind: 'conflict' });
    expect(done(await approve(remedy, 'tomas')).remedy.state).toBe('approved');
  });

  it('counts as evidence only what the order knows', async () => {
    const { orderId } = await paidOrder();
    const [fact] = await db.query<{ fact_id: string }>('select fact_id from order_event where order_id = $1 order by at limit 1', [orderId]);
    const evidence = async (...evidenceFactIds: string[]) => {
      const remedy = done(await services.propose.run(proposal(orderId, { evidenceFactIds }), person('ana')));
      done(await services.decide.decline(remedy.id, 1, 'no', person('clara'), randomUUID()));
      return remedy.checks.find((check) => check.name === 'Evidence')?.verdict;
    };
    expect(await evidence('made up', 'this too')).toBe('unknown');
    expect(await evidence(fact?.fact_id ?? '')).toBe('pass');
  });

  it('has one winner when two managers decide at once', async () => {
    const { orderId } = await paidOrder();
    const remedy = done(await services.propose.run(proposal(orderId), person('ana')));
    const [a, b] = await Promise.all([approve(remedy), services.decide.decline(remedy.id, 1, 'Found at the neighbour', person('tomas'), randomUUID())]);
    expect([a.kind, b.kind].sort()).toEqual(['conflict', 'done']);
  });

  it('takes a repeated form for one, and one open remedy per order and kind', async () => {
    const { orderId } = await paidOrder();
    const form = proposal(orderId);
    const [a, b] = await Promise.all([services.propose.run(form, person('ana')), services.propose.run(form, person('ana'))]);
    expect(done(b).id).toBe(done(a).id);
    expect(await services.propose.run(proposal(orderId), person('lena'))).toMatchObject({ kind: 'conflict' });
    done(await services.propose.run(reship(orderId), person('lena')));
  });

  it.each([
    ['more than was paid', { amountMinor: 120_001 }], ['nothing', { amountMinor: 0 }], ['a negative amount', { amountMinor: -5 }], ['half a cent', { amountMinor: 0.5 }],
    ['another currency', { currency: 'USD' }], ['no reason', { reason: ' ' }], ['a line the order has not', { kind: 'reship', amountMinor: null, lines: [{ lineId: '9', quantity: 1 }] }],
    ['more pieces than were sold', { kind: 'reship', amountMinor: null, lines: [{ lineId: '2', quantity: 2 }] }],
    ['more pieces than were sold, one at a time', { kind: 'reship', amountMinor: null, lines: [{ lineId: '2', quantity: 1 }, { lineId: '2', quantity: 1 }] }],
  ] as const)('refuses a proposal of %s', async (_, more) => {
    const { orderId } = await paidOrder();
    expect(await services.propose.run(proposal(orderId, more as Partial<Proposal>), person('ana'))).toMatchObject({ kind: 'not_allowed' });
  });
});

describe('time alone', () => {
  it('lets an unanswered proposal lapse, and takes up one whose job got lost', async () => {
    const { orderId } = await paidOrder();
    const waiting = done(await services.propose.run(proposal(orderId), person('ana')));
    const { remedy: stranded } = await due();
    feed.now += defaultRemedyPolicy.answerWithin;
    asked = [];
    await services.sweep.run();
    expect(await now(waiting)).toMatchObject({ declinedReason: 'Nobody answered in time.', remedy: { state: 'declined' } });
    expect(asked.map((a) => a.id)).toContain(stranded.id);
    done(await services.propose.run(proposal(orderId), person('ana')));
  });
});

import { randomUUID } from 'node:crypto';
import { orderIdOf } from '@orderwatch/connectors';
import { defaultRemedyPolicy, type PersonRole } from '@orderwatch/domain';
import { RemedyStore, Sealer, type RemedyRecord, type Transactions } from '@orderwatch/db';
import { ApproveBatch } from '../features/remedies/approvals/approve-batch.service.js';
import { DecideRemedy } from '../features/remedies/approvals/decide-remedy.service.js';
import { DelegateApprovals } from '../features/remedies/approvals/delegate-approvals.service.js';
import { ExecuteRemedy } from '../features/remedies/execution/execute-remedy.service.js';
import { LookUpRemedy } from '../features/remedies/execution/look-up-remedy.service.js';
import { ManageCohorts } from '../features/remedies/approvals/manage-cohorts.service.js';
import { OrderTimeline } from '../features/remedies/order-timeline.js';
import { ProposeRemedy, type Proposal } from '../features/remedies/proposals/propose-remedy.service.js';
import type { RemedyAnswer } from '../features/remedies/remedy-answer.js';
import { fixedPolicy, type RemedyPolicies } from '../features/remedies/policy/remedy-policy.js';
import { RemedyJobs } from '../features/remedies/execution/remedy-jobs.js';
import { ReviseRemedy } from '../features/remedies/proposals/revise-remedy.service.js';
import { ShopifyOutlet } from '../features/remedies/execution/shopify-outlet.js';
import { SweepRemedies } from '../features/remedies/execution/sweep-remedies.service.js';
import type { Jobs } from '../platform/jobs/jobs.js';
import { FeedHarness } from './feed-harness.js';
import type { ShopStandIn } from './shop-stand-in.js';

export interface TestPerson {
  readonly id: string;
  readonly role: PersonRole;
}

/** The people of every remedy test: two agents, a lead, three managers, an admin. */
export const STAFF = [['ana', 'agent'], ['ben', 'agent'], ['lena', 'lead'], ['clara', 'manager'], ['tomas', 'manager'], ['dora', 'manager'], ['jonas', 'admin']] as const;
export type Name = (typeof STAFF)[number][0];

export type People = Readonly<Record<Name, TestPerson>>;

/** Writes the staff and the connection of the feed into an empty database. */
export async function addStaff(db: Transactions): Promise<People> {
  await db.query(`insert into connection (name, kind) values ('events', 'events')`);
  const people = STAFF.map(([name, role]) => [name, { id: randomUUID(), role }] as const);
  for (const [name, { id, role }] of people) await db.query('insert into person (id, email, name, role) values ($1, $2, $3, $4)', [id, `${name}@x.test`, name, role]);
  return Object.fromEntries(people) as unknown as People;
}

/** The real use cases over a test database and a stand-in shop, at a time that the test sets; jobs are kept as asked for. */
export class RemedyHarness {
  readonly store = new RemedyStore();
  readonly feed: FeedHarness;
  readonly asked: { readonly name: string; readonly id: string; readonly startAfter: number }[] = [];
  readonly outlet: ShopifyOutlet;
  readonly propose: ProposeRemedy;
  readonly decide: DecideRemedy;
  readonly revise: ReviseRemedy;
  readonly batch: ApproveBatch;
  readonly delegate: DelegateApprovals;
  readonly cohorts: ManageCohorts;
  readonly lookUp: LookUpRemedy;
  readonly execute: ExecuteRemedy;
  readonly sweep: SweepRemedies;

  constructor(readonly db: Transactions, shop: ShopStandIn, policies: RemedyPolicies = fixedPolicy(defaultRemedyPolicy)) {
    this.feed = new FeedHarness(db, new Sealer('a secret for tests only'));
    const { clock } = this.feed;
    const enqueue = (_tx: unknown, name: string, data: { id: string }, options: { startAfter: Date }): Promise<void> => Promise.resolve(void this.asked.push({ name, id: data.id, startAfter: options.startAfter.getTime() }));
    const jobs = new RemedyJobs({ enqueue } as unknown as Jobs, clock);
    const timeline = new OrderTimeline(this.feed.pipeline.writer);
    this.outlet = new ShopifyOutlet(db, () => Promise.resolve({ connection: 'shopify', access: { baseUrl: shop.url, token: 't' } }));
    this.propose = new ProposeRemedy(db, this.store, clock, policies);
    this.decide = new DecideRemedy(db, this.store, jobs, clock, policies);
    this.batch = new ApproveBatch(this.decide);
    this.delegate = new DelegateApprovals(db, clock);
    this.cohorts = new ManageCohorts(db, clock);
    this.revise = new ReviseRemedy(db, this.store, clock, policies);
    this.lookUp = new LookUpRemedy(db, this.store, jobs, timeline, clock, policies);
    this.execute = new ExecuteRemedy(db, this.store, jobs, this.outlet, timeline, clock);
    this.sweep = new SweepRemedies(db, this.store, jobs, clock, policies);
  }

  /** A paid order of 1,200.00 EUR: two lamps of 500.00, one shade of 200.00. */
  async paidOrder(): Promise<{ readonly home: string; readonly orderId: string }> {
    const home = `A-${randomUUID().slice(0, 13)}`;
    const lines = [{ id: '1', sku: 'L', title: 'Lamp', quantity: 2, price: '500.00' }, { id: '2', sku: 'S', title: 'Shade', quantity: 1, price: '200.00' }];
    await this.feed.take(this.feed.event('order.placed', home, { name: `#${home}`, currency: 'EUR', total: '1200.00', lines }, 80), this.feed.event('payment.captured', home, { amount: '1200.00', currency: 'EUR' }, 79));
    return { home, orderId: orderIdOf('events', home) };
  }

  async read({ id }: { readonly id: string }): Promise<RemedyRecord> {
    const found = await this.store.find(this.db, id);
    if (!found) throw new Error(`no remedy ${id}`);
    return found;
  }

  approve(remedy: RemedyRecord, by: TestPerson, onBehalfOf: string | null = null): Promise<RemedyAnswer> {
    return this.decide.approve(remedy.id, { revision: remedy.remedy.revision, amountMinor: remedy.remedy.amount?.minor ?? null, onBehalfOf }, by, randomUUID());
  }
}

/** A refund of 50.00 EUR of that order, without lines. */
export function refundOf(orderId: string, more: Partial<Proposal> = {}): Proposal {
  return { orderId, kind: 'refund', amountMinor: 5_000, currency: 'EUR', lines: [], reasonCode: 'lost', reason: 'Parcel lost', evidenceFactIds: [], mutationId: randomUUID(), ...more };
}

/** The shade sent again. */
export function reshipOf(orderId: string, more: Partial<Proposal> = {}): Proposal {
  return refundOf(orderId, { kind: 'reship', amountMinor: null, currency: null, lines: [{ lineId: '2', quantity: 1 }], ...more });
}

/** The remedy of an act that must have been done. */
export function doneBy(answer: RemedyAnswer): RemedyRecord {
  if (answer.kind !== 'done') throw new Error(JSON.stringify(answer));
  return answer.remedy;
}

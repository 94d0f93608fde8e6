import { randomUUID } from 'node:crypto';
import { factId, type CallResult } from '@orderwatch/connectors';
import { RemedyStore, type Clock, type OrderWriter, type RemedyRecord, type Transactions, type Tx } from '@orderwatch/db';
import { defaultRemedyPolicy, MINUTE, refundableOf, unpackState, type OrderState } from '@orderwatch/domain';
import { DecideRemedy } from '../../features/remedies/approvals/decide-remedy.service.js';
import { ExecuteRemedy } from '../../features/remedies/execution/execute-remedy.service.js';
import { OrderTimeline } from '../../features/remedies/order-timeline.js';
import { ProposeRemedy, type Proposer } from '../../features/remedies/proposals/propose-remedy.service.js';
import { fixedPolicy } from '../../features/remedies/policy/remedy-policy.js';
import { CONFIRM_QUEUE, EXECUTE_QUEUE, RemedyJobs } from '../../features/remedies/execution/remedy-jobs.js';
import type { RemedyOutlet } from '../../features/remedies/execution/remedy-outlet.js';
import { Jobs, type EnqueueOptions, type JobsOptions } from '../../platform/jobs/jobs.js';
import type { HandClock } from './hand-clock.js';

interface CollectedJob {
  readonly queue: string;
  readonly id: string;
  readonly at: number;
}

/** Jobs of the past are not put into the queue of the present: they are kept here until the clock reaches them. */
class CollectedJobs extends Jobs {
  private due: CollectedJob[] = [];

  constructor(options: JobsOptions, private readonly clock: Clock) {
    super(options);
  }

  override enqueue(_tx: Tx | Transactions, queue: string, data: object, options: EnqueueOptions = {}): Promise<void> {
    if ('id' in data && typeof data.id === 'string') this.due.push({ queue, id: data.id, at: options.startAfter?.getTime() ?? this.clock.now() });
    return Promise.resolve();
  }

  takeDue(until: number): CollectedJob[] {
    const ready = this.due.filter((job) => job.at <= until).sort((a, b) => a.at - b.at);
    this.due = this.due.filter((job) => job.at > until);
    return ready;
  }
}

export interface Proposed {
  readonly id: string;
  readonly orderId: string;
  readonly amountMinor: number | null;
}

/** Refunds and reships of the demo's past, by the real use cases. */
export class DemoRemedies {
  private readonly jobs: CollectedJobs;
  private readonly propose: ProposeRemedy;
  private readonly decide: DecideRemedy;
  private readonly execute: ExecuteRemedy;

  constructor(private readonly parts: { readonly transactions: Transactions; readonly writer: OrderWriter; readonly clock: HandClock; readonly jobs: JobsOptions }) {
    const { transactions, writer, clock } = parts;
    const store = new RemedyStore();
    this.jobs = new CollectedJobs(parts.jobs, clock);
    const jobs = new RemedyJobs(this.jobs, clock);
    this.propose = new ProposeRemedy(transactions, store, clock, fixedPolicy(defaultRemedyPolicy));
    this.decide = new DecideRemedy(transactions, store, jobs, clock, fixedPolicy(defaultRemedyPolicy));
    const outlet: RemedyOutlet = { execute: (record) => this.carriedOut(record), isConfirmed: () => Promise.resolve(true) };
    this.execute = new ExecuteRemedy(transactions, store, jobs, outlet, new OrderTimeline(writer), clock);
  }

  /** Asks for what fits the order, or for nothing. */
  async ask(orderId: string, wants: 'refund' | 'reship', why: { readonly code: string; readonly reason: string; readonly share: number }, by: Proposer): Promise<Proposed | undefined> {
    const [row] = await this.parts.transactions.query<{ state: string }>('select state from order_state where order_id = $1', [orderId]);
    const state = row && unpackState(row.state);
    if (!state) return undefined;
    const refundable = refundableOf(state);
    const lines = wants === 'reship' ? state.lines.slice(0, 1).map((line) => ({ lineId: line.id, quantity: 1 })) : [];
    const answer = await this.propose.run({
      orderId, kind: wants, amountMinor: wants === 'refund' ? Math.floor((refundable?.minor ?? 0) * why.share) : null, currency: refundable?.currency ?? null, lines, reasonCode: why.code, reason: why.reason, evidenceFactIds: evidenceOf(state), mutationId: randomUUID(),
    }, by);
    return answer.kind === 'done' ? { id: answer.remedy.id, orderId, amountMinor: answer.remedy.remedy.amount?.minor ?? null } : undefined;
  }

  /** @returns whether it was approved as it was asked for. */
  async answer({ id, amountMinor }: Proposed, isYes: boolean, manager: Proposer, reason: string): Promise<boolean> {
    const result = isYes
      ? await this.decide.approve(id, { revision: 1, amountMinor }, manager, randomUUID())
      : await this.decide.decline(id, 1, reason, manager, randomUUID());
    return isYes && result.kind === 'done';
  }

  /** The shop of the demo's past: it did what it was asked, and its feed told of the money that went back. */
  private async carriedOut(record: RemedyRecord): Promise<CallResult<string>> {
    const reference = `demo-${factId('demo', record.id).slice(0, 10)}`;
    const { kind, amount } = record.remedy;
    const { transactions, writer, clock } = this.parts;
    const at = clock.now();
    if (kind === 'refund' && amount) {
      await transactions.run((tx) => writer.write(tx, {
        now: at, cause: { actor: record.home },
        facts: [{
          to: { orderId: record.orderId, home: record.home, homeId: record.homeId }, receivedAt: at, inboxId: null,
          fact: { id: factId('demo', 'refund', record.id), at, source: record.home, kind: 'events', type: 'payment.refund', data: { code: 'refunded', refundId: `${record.home}/${reference}`, amount } },
        }],
      }));
    }
    return { result: 'done', value: reference };
  }

  /** Carries out what is due by then. */
  async carryOut(until: number): Promise<void> {
    for (let due = this.jobs.takeDue(until); due.length > 0; due = this.jobs.takeDue(until)) {
      for (const job of due) {
        this.parts.clock.moveTo(job.at);
        if (job.queue === EXECUTE_QUEUE) await this.execute.run(job.id);
        else if (job.queue === CONFIRM_QUEUE) await this.execute.confirm(job.id);
      }
    }
  }
}

/** Time from an approval until its effect has come back. */
export const CARRIED_OUT_WITHIN = 5 * MINUTE;

function evidenceOf(state: OrderState): string[] {
  const parcels = Object.values(state.parcels);
  const said = [...state.contacts, ...parcels.map((p) => p.problem), ...parcels.map((p) => p.lastMovement)];
  return [...new Set(said.flatMap((s) => (s ? [s.factId] : [])))].slice(-3);
}

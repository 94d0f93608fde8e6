import { Inject, Injectable } from '@nestjs/common';
import { CALL_TIMEOUT, type CallResult } from '@orderwatch/connectors';
import { afterAttempt, changedFacts, confirm, HOUR, MINUTE, startExecution, type Approval, type ExecutionResult } from '@orderwatch/domain';
import { lockOrders, RemedyStore, Transactions, writeAudit, type Clock, type RemedyOutcome, type RemedyRecord, type Tx } from '@orderwatch/db';
import { CLOCK } from '../../../platform/tokens.js';
import { readOrderNow } from '../order-facts.js';
import { barByBrake, BRAKE_WAIT } from './remedy-brake.js';
import { RemedyJobs } from './remedy-jobs.js';
import { REMEDY_OUTLET, type RemedyOutlet } from './remedy-outlet.js';
import { REMEDY_TIMELINE, type RemedyTimeline } from '../remedy-timeline.js';

/** Longest the outside system may still be working on a call we gave up on; a retry or look-up before that could race it. */
const SLOWEST_EXECUTION = 30_000;

/** Milliseconds between an attempt whose result is unknown and the next one. */
export const QUIET_PERIOD = CALL_TIMEOUT + SLOWEST_EXECUTION;

/** Attempts grow rarer up to this: an outage of a shop lasts hours, and nothing is lost by waiting. */
export const LONGEST_WAIT = 15 * MINUTE;

/** Time after its hold in which a remedy is tried; beyond it Shopify may have forgotten the key, and a person looks it up. */
export const GIVE_UP_AFTER = 20 * HOUR;

/** Milliseconds from the start of an attempt to the next one. */
function waitAfter(attempts: number): number {
  return Math.min(QUIET_PERIOD * 2 ** Math.max(0, attempts - 1), LONGEST_WAIT);
}

/** Carries out what was approved: once. The worker alone calls this. */
@Injectable()
export class ExecuteRemedy {
  constructor(
    private readonly transactions: Transactions,
    private readonly remedies: RemedyStore,
    private readonly jobs: RemedyJobs,
    @Inject(REMEDY_OUTLET) private readonly outlet: RemedyOutlet,
    @Inject(REMEDY_TIMELINE) private readonly timeline: RemedyTimeline,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Starts, or goes on after a crash or an unknown result. Repeats of the same job are harmless. */
  async run(id: string): Promise<void> {
    const record = await this.transactions.run((tx) => this.begin(tx, id));
    if (!record) return;
    const result = await this.outlet.execute(record);
    await this.transactions.run((tx) => this.finish(tx, id, record.attempts, result));
  }

  /** Claims the attempt: approvals, time and facts are checked in the transaction that starts it. */
  private async begin(tx: Tx, id: string): Promise<RemedyRecord | undefined> {
    const record = await this.locked(tx, id);
    if (!record) return undefined;
    const now = this.clock.now();
    if (record.remedy.state === 'executing') return this.beginAgain(tx, record, now);
    if (record.remedy.state !== 'approved') return undefined;
    const others = await this.remedies.unsettled(tx, record.orderId);
    if (others.some((other) => other.remedy.state === 'executing')) {
      await this.jobs.execute(tx, id, QUIET_PERIOD); // what another remedy does is a fact that this one is bound to: it must be known first
      return undefined;
    }
    const order = await readOrderNow(tx, record.orderId);
    const held = isDue(record, now) && (await barByBrake(tx, now));
    if (held) return this.hold(tx, record, held);
    const decision = startExecution(record.remedy, order?.factsHash ?? '', now, await standingHeads(tx, record.remedy.approvals));
    if (!decision.ok) {
      if (decision.kind === 'conflict' && record.remedy.executeAfter !== null && record.remedy.executeAfter > now) await this.jobs.execute(tx, id, record.remedy.executeAfter - now);
      return undefined;
    }
    if (decision.next.state === 'void') {
      const changes = order ? changedFacts(record.facts, order.facts).slice(0, 3) : [];
      await this.remedies.save(tx, record, decision.next, { voidReasons: changes });
      await this.tell(tx, record, 'remedy_void', changes.join('; '));
      await writeAudit(tx, { actor: 'system', action: 'remedy.void', target: id, at: now, detail: { changes, factsHash: order?.factsHash ?? null } });
      return undefined;
    }
    if (decision.next.state === 'proposed') {
      await this.remedies.save(tx, record, decision.next, { failure: null });
      await this.tell(tx, record, 'remedy_returned', 'Its approval no longer counts: too old, or given by somebody who is no manager any more.');
      await writeAudit(tx, { actor: 'system', action: 'remedy.returned', target: id, at: now, detail: { approvals: record.remedy.approvals.map((a) => ({ by: a.personId, at: a.at })) } });
      return undefined;
    }
    if (!(await this.remedies.save(tx, record, decision.next, { attempts: record.attempts + 1, attemptedAt: now, failure: null }))) return undefined;
    await this.jobs.execute(tx, id, waitAfter(1)); // should this process die in the call, the next attempt looks first
    await this.tell(tx, record, 'remedy_executing', null);
    return this.remedies.find(tx, id);
  }

  /** Too much leaves at once: its time to be called back begins anew, and it has its turn after it. Told once; an approval that grows too old meanwhile does not count. */
  private async hold(tx: Tx, record: RemedyRecord, why: string): Promise<undefined> {
    const now = this.clock.now();
    await this.jobs.execute(tx, record.id, BRAKE_WAIT);
    if (!(await this.remedies.save(tx, record, { ...record.remedy, executeAfter: now + BRAKE_WAIT }, { failure: why }))) return;
    const isTold = record.failure !== null;
    await (isTold ? this.remedies.push(tx, record.id, { actor: 'system', now, mutationId: null }) : this.tell(tx, record, 'remedy_held', why));
    if (!isTold) await writeAudit(tx, { actor: 'system', action: 'remedy.held', target: record.id, at: now, detail: { reason: why } });
  }

  private async beginAgain(tx: Tx, record: RemedyRecord, now: number): Promise<RemedyRecord | undefined> {
    const dueAt = (record.attemptedAt ?? 0) + waitAfter(record.attempts);
    if (now < dueAt) {
      await this.jobs.execute(tx, record.id, dueAt - now); // a job came early (clocks differ, or it was repeated): the turn must not be lost
      return undefined;
    }
    if (now - (record.remedy.executeAfter ?? record.proposedAt) > GIVE_UP_AFTER) {
      await this.settle(tx, record, 'undecidable', { failure: `No certain answer after ${record.attempts} ${record.attempts === 1 ? 'attempt' : 'attempts'}; look it up at the shop.` });
      return undefined;
    }
    if (!(await this.remedies.save(tx, record, record.remedy, { attempts: record.attempts + 1, attemptedAt: now }))) return undefined;
    await this.jobs.execute(tx, record.id, waitAfter(record.attempts + 1));
    return this.remedies.find(tx, record.id);
  }

  private async finish(tx: Tx, id: string, attempt: number, called: CallResult<string>): Promise<void> {
    const record = await this.locked(tx, id);
    if (!record || record.remedy.state !== 'executing' || record.attempts !== attempt) return;
    const now = this.clock.now();
    switch (called.result) {
      case 'done': {
        await this.remedies.noteLedger(tx, record, called.value, now);
        await this.timeline.note(tx, record, called.value, now);
        await this.jobs.confirm(tx, id, 0);
        await this.settle(tx, record, 'done', { executedAt: now, reference: called.value, failure: null });
        return;
      }
      case 'refused':
        await this.settle(tx, record, 'refused', { failure: called.why });
        return;
      default: // certainly not done, or nobody can tell: either way the next attempt asks first
        await this.remedies.save(tx, record, record.remedy, { failure: called.why });
        await this.tell(tx, record, 'remedy_unknown', called.why);
    }
  }

  private async settle(tx: Tx, record: RemedyRecord, result: ExecutionResult, outcome: RemedyOutcome): Promise<void> {
    const decision = afterAttempt(record.remedy, result);
    if (!decision.ok || !(await this.remedies.save(tx, record, decision.next, outcome))) return;
    if (decision.next.state === 'failed') await this.jobs.note(tx, record.id, 'failed');
    await this.tell(tx, record, `remedy_${decision.next.state}`, outcome.failure ?? outcome.reference ?? null);
    await writeAudit(tx, { actor: 'system', action: `remedy.${decision.next.state}`, target: record.id, at: this.clock.now(), detail: { attempt: record.attempts, reference: outcome.reference ?? null, failure: outcome.failure ?? null } });
  }

  /** Whether what comes back from the outside system shows the effect. @returns whether it is settled. */
  async confirm(id: string): Promise<boolean> {
    const seen = await this.remedies.find(this.transactions, id);
    if (!seen || seen.remedy.state === 'confirmed' || seen.reference === null) return true;
    if (!(await this.outlet.isConfirmed(seen))) return false;
    await this.transactions.run(async (tx) => {
      const record = await this.locked(tx, id);
      const decision = record && confirm(record.remedy);
      if (!record || !decision?.ok || !(await this.remedies.save(tx, record, decision.next, { confirmedAt: this.clock.now() }))) return;
      await this.jobs.note(tx, id, 'confirmed');
      await writeAudit(tx, { actor: 'system', action: 'remedy.confirmed', target: id, at: this.clock.now(), detail: { reference: record.reference } });
      await this.tell(tx, record, 'remedy_confirmed', record.reference);
    });
    return true;
  }

  private async locked(tx: Tx, id: string): Promise<RemedyRecord | undefined> {
    const seen = await this.remedies.find(tx, id);
    if (!seen) return undefined;
    await lockOrders(tx, [seen.orderId]);
    return this.remedies.find(tx, id);
  }

  private tell(tx: Tx, record: RemedyRecord, what: string, why: string | null): Promise<void> {
    return this.remedies.announce(tx, record.id, { what, why, actor: 'system', now: this.clock.now(), mutationId: null });
  }
}

/** Its time to be called back is over. */
function isDue({ remedy }: RemedyRecord, now: number): boolean {
  return remedy.executeAfter !== null && remedy.executeAfter <= now;
}

/** In whose names those approvals still stand: of managers who are some now, by people who are not shut out and have not become admins since. */
async function standingHeads(tx: Tx, approvals: readonly Approval[]): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ id: string }>(
    `select head.id::text from unnest($1::uuid[], $2::uuid[]) as a(head, hand)
       join person head on head.id = a.head and head.role = 'manager' and head.disabled_at is null
       join person hand on hand.id = a.hand and hand.role <> 'admin' and hand.disabled_at is null`,
    [approvals.map((a) => a.onBehalfOf ?? a.personId), approvals.map((a) => a.personId)]);
  return new Set(rows.map((row) => row.id));
}

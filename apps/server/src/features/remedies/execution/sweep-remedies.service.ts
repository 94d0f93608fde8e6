import { Inject, Injectable } from '@nestjs/common';
import { lapse, UNSEEN_AFTER } from '@orderwatch/domain';
import { lockOrders, RemedyStore, Transactions, writeAudit, type Clock, type RemedyRecord } from '@orderwatch/db';
import { CLOCK } from '../../../platform/tokens.js';
import { LONGEST_WAIT } from './execute-remedy.service.js';
import { REMEDY_POLICY, type RemedyPolicies } from '../policy/remedy-policy.js';
import { RemedyJobs } from './remedy-jobs.js';

/** What time alone does to remedies: proposals lapse, and one whose job got lost is taken up again. */
@Injectable()
export class SweepRemedies {
  constructor(
    private readonly transactions: Transactions,
    private readonly remedies: RemedyStore,
    private readonly jobs: RemedyJobs,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(REMEDY_POLICY) private readonly policies: RemedyPolicies,
  ) {}

  async run(): Promise<void> {
    const now = this.clock.now();
    for (const record of await this.remedies.lapsed(this.transactions, now)) await this.lapse(record, now);
    const { policy } = await this.policies.current(this.transactions);
    for (const record of await this.remedies.waitingTooLong(this.transactions, now + policy.answerWithin - policy.escalateAfter)) await this.escalate(record, now);
    for (const record of await this.remedies.unseen(this.transactions, now - UNSEEN_AFTER)) await this.miss(record, now);
    const stranded = await this.remedies.stranded(this.transactions, now - 2 * LONGEST_WAIT);
    await this.transactions.run(async (tx) => {
      for (const id of stranded) await this.jobs.execute(tx, id, 0); // a job that is there after all finds it settled, or too early
    });
  }

  /** Everybody is told that it waits too long; nothing else comes of it. */
  private escalate(seen: RemedyRecord, now: number): Promise<void> {
    return this.transactions.run(async (tx) => {
      await lockOrders(tx, [seen.orderId]);
      const record = await this.remedies.find(tx, seen.id);
      if (!record || record.version !== seen.version || !(await this.remedies.save(tx, record, record.remedy, { escalatedAt: now }))) return;
      await this.remedies.announce(tx, record.id, { what: 'remedy_escalated', why: 'Nobody has answered yet; it lapses when nobody does.', actor: 'system', now, mutationId: null });
      await writeAudit(tx, { actor: 'system', action: 'remedy.escalated', target: record.id, at: now, detail: { expiresAt: record.remedy.expiresAt } });
    });
  }

  /** The shop said it did it, and it is not to be seen there: it comes back to the inbox for a look, while it is still looked for. */
  private miss(seen: RemedyRecord, now: number): Promise<void> {
    return this.transactions.run(async (tx) => {
      await lockOrders(tx, [seen.orderId]);
      const record = await this.remedies.find(tx, seen.id);
      if (!record || record.version !== seen.version || !(await this.remedies.save(tx, record, { ...record.remedy, unseenAt: now }))) return;
      const why = `Said to be done as ${record.reference ?? '?'}, and not seen there since.`;
      await this.remedies.announce(tx, record.id, { what: 'remedy_unseen', why, actor: 'system', now, mutationId: null });
      await writeAudit(tx, { actor: 'system', action: 'remedy.unseen', target: record.id, at: now, detail: { reference: record.reference, executedAt: record.executedAt } });
    });
  }

  private lapse(seen: RemedyRecord, now: number): Promise<void> {
    return this.transactions.run(async (tx) => {
      await lockOrders(tx, [seen.orderId]);
      const record = await this.remedies.find(tx, seen.id);
      const decision = record && lapse(record.remedy, now);
      if (!record || !decision?.ok || !(await this.remedies.save(tx, record, decision.next, { declinedReason: 'Nobody answered in time.' }))) return;
      await this.remedies.announce(tx, record.id, { what: 'remedy_lapsed', why: 'Nobody answered in time.', actor: 'system', now, mutationId: null });
      await writeAudit(tx, { actor: 'system', action: 'remedy.lapsed', target: record.id, at: now, detail: { expiresAt: record.remedy.expiresAt } });
    });
  }
}

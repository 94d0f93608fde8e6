import { Inject, Injectable } from '@nestjs/common';
import { isUnseen, lookUp, type LookUpFinding } from '@orderwatch/domain';
import { RemedyStore, Transactions, writeAudit, type Clock, type RemedyOutcome, type Tx } from '@orderwatch/db';
import { CLOCK } from '../../../platform/tokens.js';
import { askedOf, assessProposal, roleOf } from '../proposals/assess-proposal.js';
import type { RemedyAnswer } from '../remedy-answer.js';
import { readOrderNow } from '../order-facts.js';
import { refused, RemedyDesk, type OnDesk } from '../remedy-desk.js';
import { RemedyJobs } from './remedy-jobs.js';
import { REMEDY_POLICY, type RemedyPolicies } from '../policy/remedy-policy.js';
import { REMEDY_TIMELINE, type RemedyTimeline } from '../remedy-timeline.js';
import { contentOf, type By } from '../proposals/revise-remedy.service.js';

/** A person says what came of a remedy that the worker lost sight of. */
@Injectable()
export class LookUpRemedy {
  private readonly desk: RemedyDesk;

  constructor(
    transactions: Transactions,
    private readonly remedies: RemedyStore,
    private readonly jobs: RemedyJobs,
    @Inject(REMEDY_TIMELINE) private readonly timeline: RemedyTimeline,
    @Inject(CLOCK) clock: Clock,
    @Inject(REMEDY_POLICY) private readonly policies: RemedyPolicies,
  ) {
    this.desk = new RemedyDesk(transactions, remedies, clock);
  }

  run(id: string, finding: LookUpFinding, reason: string, by: By): Promise<RemedyAnswer> {
    return this.desk.act({ remedyId: id, mutationId: by.mutationId, actorId: by.actor.id, what: 'remedy_looked_up' }, async (tx, seen) => {
      const isStruck = isUnseen(seen.record.remedy) && finding.is !== 'happened';
      // What did not happen is no fact that anything new is decided on.
      const desk = isStruck ? { ...seen, order: (await readOrderNow(tx, seen.record.orderId, id)) ?? seen.order } : seen;
      const { record, order, now } = desk;
      const live = await this.policies.current(tx);
      const read = await assessProposal(tx, order, askedOf(record), { live, role: await roleOf(tx, record.remedy.proposedBy), id: record.id, now });
      if (finding.is === 'retry' && typeof read === 'string') return { kind: 'not_allowed', reason: read };
      const approvalsNeeded = typeof read === 'string' ? record.remedy.approvalsNeeded : read.result.approvalsNeeded;
      const others = await managersBeside(tx, [by.actor.id, ...record.remedy.editors, ...record.remedy.approvals.map((a) => a.personId)]);
      const decision = lookUp(record.remedy, { actor: by.actor, finding, reason, others, renewal: { factsHash: order.factsHash, approvalsNeeded, expiresAt: now + live.policy.answerWithin } });
      if (!decision.ok) return refused(decision, record);
      const reference = finding.is === 'happened' ? finding.reference.trim() : null;
      const namesake = reference === null ? undefined : (await this.remedies.ofOrder(tx, record.orderId)).find((other) => other.id !== record.id && other.reference === reference);
      if (namesake) return { kind: 'conflict', message: `${reference ?? ''} is what came of AP-${namesake.number}.`, remedy: namesake };
      const content = finding.is === 'retry' && typeof read !== 'string' ? { content: contentOf(desk, read, record) } : {};
      const outcome: RemedyOutcome = {
        ...content, ...(reference === null ? {} : { reference, failure: null, ...(isUnseen(record.remedy) ? { confirmedAt: now } : { executedAt: now }) }), ...(finding.is === 'give_up' ? { declinedReason: reason } : {}),
      };
      if (!(await this.remedies.save(tx, record, decision.next, outcome))) return { kind: 'conflict', message: 'Another remedy of this order makes good the same, or somebody was faster.', remedy: record };
      // What the shop said it did stands in the books: by another name now, or not at all.
      if (isUnseen(record.remedy)) await this.remedies.strikeLedger(tx, record);
      if (reference !== null) await this.tookPlace(tx, desk, reference);
      return this.told(tx, desk, { finding, reason, by, others });
    });
  }

  /** The same as when the shop had answered at once. */
  private async tookPlace(tx: Tx, { record, now }: OnDesk, reference: string): Promise<void> {
    await this.remedies.noteLedger(tx, record, reference, now);
    await this.timeline.note(tx, record, reference, now);
    await (isUnseen(record.remedy) ? this.jobs.note(tx, record.id, 'confirmed') : this.jobs.confirm(tx, record.id, 0));
  }

  private async told(tx: Tx, { record, now }: OnDesk, { finding, reason, by, others }: { finding: LookUpFinding; reason: string; by: By; others: number }): Promise<RemedyAnswer> {
    await this.remedies.announce(tx, record.id, { what: 'remedy_looked_up', why: `${WORDS[finding.is]}: ${reason}`, actor: by.actor.id, now, mutationId: by.mutationId });
    const hadApproved = record.remedy.approvals.some((a) => a.personId === by.actor.id);
    await writeAudit(tx, { actor: by.actor.id, action: 'remedy.looked_up', target: record.id, at: now, detail: { finding, reason, before: record.remedy.state, attempts: record.attempts, amount: record.remedy.amount, hadApproved, others } });
    return { kind: 'done', remedy: (await this.remedies.find(tx, record.id)) ?? record };
  }
}

const WORDS: Readonly<Record<LookUpFinding['is'], string>> = { happened: 'It happened', retry: 'It did not happen, asked for again', give_up: 'It did not happen, given up' };

/** How many managers there are beside these people. */
async function managersBeside(tx: Tx, people: readonly string[]): Promise<number> {
  const [row] = await tx.query<{ n: number }>(`select count(*)::int as n from person where role = 'manager' and disabled_at is null and id <> all($1::uuid[])`, [people]);
  return row?.n ?? 0;
}

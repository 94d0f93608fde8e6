import { Inject, Injectable } from '@nestjs/common';
import { answerQuestion, askBack, editProposal, retryFailed, withdrawProposal, type Actor, type Decision, type Renewal } from '@orderwatch/domain';
import { RemedyStore, standsFor, Transactions, writeAudit, type Clock, type RemedyOutcome, type RemedyRecord, type SealedDelivery, type Tx } from '@orderwatch/db';
import { CLOCK } from '../../../platform/tokens.js';
import { askedOf, assessProposal, roleOf, type Asked, type Assessed, type Reading } from './assess-proposal.js';
import type { RemedyAnswer } from '../remedy-answer.js';
import { refused, RemedyDesk, type ActAsked, type OnDesk } from '../remedy-desk.js';
import { REMEDY_POLICY, type RemedyPolicies } from '../policy/remedy-policy.js';

/** Who does it, and the id that makes a repeat harmless. */
export interface By {
  readonly actor: Actor;
  readonly mutationId: string;
}

/** What an edit makes of a proposal. Evidence that is not named again is not part of it any more. */
export type Edit = Pick<Asked, 'amountMinor' | 'currency' | 'lines' | 'reason' | 'evidenceFactIds'> & { readonly reasonCode: string; readonly delivery?: SealedDelivery | null };

interface Done {
  readonly verb: string;
  readonly why: string;
  readonly outcome?: RemedyOutcome;
}

/** Proposals that are changed, withdrawn, asked about, and tried again after they failed. */
@Injectable()
export class ReviseRemedy {
  private readonly desk: RemedyDesk;

  constructor(
    transactions: Transactions,
    private readonly remedies: RemedyStore,
    @Inject(CLOCK) clock: Clock,
    @Inject(REMEDY_POLICY) private readonly policies: RemedyPolicies,
  ) {
    this.desk = new RemedyDesk(transactions, remedies, clock);
  }

  edit(id: string, seen: number, change: Edit, by: By): Promise<RemedyAnswer> {
    return this.desk.act(actOf(id, 'edited', by), async (tx, desk) => {
      // Its key stands for what was tried: under another amount the shop would find the earlier act and call it done.
      if (desk.record.attempts > 0) return { kind: 'conflict', message: 'It was tried already: withdraw it and ask anew.', remedy: desk.record };
      const asked = { ...change, orderId: desk.record.orderId, kind: desk.record.remedy.kind, exception: desk.record.exception };
      const read = await assessProposal(tx, desk.order, asked, await this.reading(tx, desk));
      if (typeof read === 'string') return { kind: 'not_allowed', reason: read };
      const decision = editProposal(desk.record.remedy, { ...this.renewal(desk, read), actor: by.actor, seen, amount: read.amount });
      return this.write(tx, desk, by, decision, { verb: 'edited', why: change.reason, outcome: { content: contentOf(desk, read, { ...desk.record, ...change }, change.delivery) } });
    });
  }

  withdraw(id: string, seen: number, by: By): Promise<RemedyAnswer> {
    return this.desk.act(actOf(id, 'withdrawn', by), (tx, desk) =>
      this.write(tx, desk, by, withdrawProposal(desk.record.remedy, by.actor, seen), { verb: 'withdrawn', why: 'Withdrawn by who asked for it.', outcome: { declinedReason: 'Withdrawn by who asked for it.' } }));
  }

  ask(id: string, question: string, by: By): Promise<RemedyAnswer> {
    return this.desk.act(actOf(id, 'asked', by), async (tx, desk) => {
      const questions = [...desk.record.questions, { by: by.actor.id, at: desk.now, text: question, answer: null, answeredBy: null, answeredAt: null }];
      return this.write(tx, desk, by, askBack(desk.record.remedy, { ...by.actor, standsFor: await standsFor(tx, by.actor.id, desk.now) }, question, desk.now), { verb: 'asked', why: question, outcome: { questions } });
    });
  }

  answer(id: string, text: string, by: By): Promise<RemedyAnswer> {
    return this.desk.act(actOf(id, 'answered', by), async (tx, desk) => {
      const questions = desk.record.questions.map((q) => (q.answer === null ? { ...q, answer: text, answeredBy: by.actor.id, answeredAt: desk.now } : q));
      return this.write(tx, desk, by, answerQuestion(desk.record.remedy, { ...by.actor, standsFor: await standsFor(tx, by.actor.id, desk.now) }, text, desk.now), { verb: 'answered', why: text, outcome: { questions } });
    });
  }

  /** What failed for certain waits for a decision again, on the facts of now. @param delivery as the shop has it by now. */
  retry(id: string, seen: number, reason: string, by: By, delivery?: SealedDelivery): Promise<RemedyAnswer> {
    return this.desk.act(actOf(id, 'retried', by), async (tx, desk) => {
      if (reason.trim() === '') return { kind: 'not_allowed', reason: 'Say why it should work now.' };
      const read = await assessProposal(tx, desk.order, askedOf(desk.record), await this.reading(tx, desk));
      if (typeof read === 'string') return { kind: 'not_allowed', reason: read };
      const decision = retryFailed(desk.record.remedy, by.actor, seen, this.renewal(desk, read));
      return this.write(tx, desk, by, decision, { verb: 'retried', why: reason, outcome: { content: contentOf(desk, read, desk.record, delivery) } });
    });
  }

  private async reading(tx: Tx, { record, now }: OnDesk): Promise<Reading> {
    return { live: await this.policies.current(tx), role: await roleOf(tx, record.remedy.proposedBy), askerId: record.remedy.proposedBy, id: record.id, now };
  }

  private renewal({ order, now }: OnDesk, { result, live }: Assessed): Renewal {
    return { factsHash: order.factsHash, approvalsNeeded: result.approvalsNeeded, expiresAt: now + live.policy.answerWithin };
  }

  private async write(tx: Tx, { record, now }: OnDesk, { actor, mutationId }: By, decision: Decision, done: Done): Promise<RemedyAnswer> {
    if (!decision.ok) return refused(decision, record);
    if (!(await this.remedies.save(tx, record, decision.next, done.outcome))) return { kind: 'conflict', message: 'Another remedy of this order makes good the same, or somebody was faster.', remedy: record };
    await this.remedies.announce(tx, record.id, { what: `remedy_${done.verb}`, why: done.why, actor: actor.id, now, mutationId });
    const { revision, amount } = decision.next;
    await writeAudit(tx, { actor: actor.id, action: `remedy.${done.verb}`, target: record.id, at: now, detail: { revision, amount, before: record.remedy.amount, reason: done.why } });
    return { kind: 'done', remedy: (await this.remedies.find(tx, record.id)) ?? record };
  }
}

const actOf = (remedyId: string, verb: string, { actor, mutationId }: By): ActAsked => ({ remedyId, mutationId, actorId: actor.id, what: `remedy_${verb}` });

/** What is stored of a proposal that was read anew. @param delivery undefined: what is stored stays. */
export function contentOf({ order }: OnDesk, { evidence, result, situation, live }: Assessed, said: Pick<RemedyRecord, 'lines' | 'reasonCode' | 'reason'>, delivery?: SealedDelivery | null) {
  return { lines: said.lines, reasonCode: said.reasonCode, reason: said.reason, evidence, facts: order.facts, checks: result.checks, situation, policyVersion: live.version, ...(delivery === undefined ? {} : { delivery }) };
}

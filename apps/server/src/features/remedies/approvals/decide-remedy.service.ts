import { Inject, Injectable } from '@nestjs/common';
import { approve, callBack, changedFacts, DAY, decline, headFor, type Actor, type Decision, type RemedyPolicy } from '@orderwatch/domain';
import { CohortStore, RemedyStore, standsFor, Transactions, writeAudit, type Clock, type RemedyOutcome, type RemedyRecord, type Tx } from '@orderwatch/db';
import { CLOCK } from '../../../platform/tokens.js';
import { barByAnswer, barToApprove } from './approval-limits.js';
import { barByJudgement } from './judge-again.js';
import type { OrderNow } from '../order-facts.js';
import type { RemedyAnswer } from '../remedy-answer.js';
import { refused, RemedyDesk, voided } from '../remedy-desk.js';
import { REMEDY_POLICY, type LivePolicy, type RemedyPolicies } from '../policy/remedy-policy.js';
import { RemedyJobs } from '../execution/remedy-jobs.js';

/** What somebody read before they approved it, and in whose stead. */
export interface ReadRemedy {
  readonly revision: number;
  readonly amountMinor: number | null;
  readonly onBehalfOf?: string | null;
}

/** Why it may not be approved in this way, beside the rules of every approval; asked under the order's lock. */
export type ExtraBar = (tx: Tx, record: RemedyRecord, at: { readonly policy: RemedyPolicy; readonly now: number }) => Promise<string | undefined>;

type Rule = (tx: Tx, desk: { readonly record: RemedyRecord; readonly order: OrderNow; readonly now: number; readonly live: LivePolicy; readonly actor: Actor }) => Decision | Promise<Decision>;

interface Act {
  readonly verb: 'approved' | 'declined' | 'called_back';
  readonly actor: Actor;
  readonly mutationId: string;
  readonly reason: string | null;
  readonly onBehalfOf?: string | null;
}

/** A manager approves, declines or calls back. Under the order's lock, so that facts, remedy and decision are of one moment. */
@Injectable()
export class DecideRemedy {
  private readonly desk: RemedyDesk;
  private readonly cohorts = new CohortStore();

  constructor(
    transactions: Transactions,
    private readonly remedies: RemedyStore,
    private readonly jobs: RemedyJobs,
    @Inject(CLOCK) clock: Clock,
    @Inject(REMEDY_POLICY) private readonly policies: RemedyPolicies,
  ) {
    this.desk = new RemedyDesk(transactions, remedies, clock);
  }

  approve(id: string, read: ReadRemedy, actor: Actor, mutationId: string, extra?: ExtraBar): Promise<RemedyAnswer> {
    const onBehalfOf = read.onBehalfOf ?? null;
    return this.decide(id, { verb: 'approved', actor, mutationId, reason: null, onBehalfOf }, async (tx, { record, order, now, live, actor: who }) => {
      const { policy } = live;
      const decision = approve(record.remedy, { actor: who, revision: read.revision, amountMinor: read.amountMinor, factsHash: order.factsHash, now, onBehalfOf }, policy);
      if (!decision.ok || decision.next.state === 'void') return decision;
      const said = barByAnswer(record, who.id);
      if (said) return { ok: false, kind: 'forbidden', why: said };
      const otherwise = await barByJudgement(tx, this.remedies, record, { order, live, now });
      if (otherwise) return { ok: false, kind: 'conflict', why: otherwise };
      const bar = (await extra?.(tx, record, { policy, now })) ?? (await barToApprove(tx, record, { head: headFor(record.remedy, who, onBehalfOf) ?? who.id, hand: who.id, since: now - DAY, now, policy, cohorts: this.cohorts }));
      return bar === undefined ? decision : { ok: false, kind: 'conflict', why: bar };
    });
  }

  decline(id: string, revision: number, reason: string, actor: Actor, mutationId: string): Promise<RemedyAnswer> {
    return this.decide(id, { verb: 'declined', actor, mutationId, reason }, (_tx, { record, actor: who }): Decision =>
      (record.remedy.revision === revision ? decline(record.remedy, who, reason) : { ok: false, kind: 'conflict', why: 'It was edited since you opened it.' }));
  }

  callBack(id: string, actor: Actor, mutationId: string): Promise<RemedyAnswer> {
    return this.decide(id, { verb: 'called_back', actor, mutationId, reason: null }, (_tx, { record, now, actor: who }) => callBack(record.remedy, who, now));
  }

  /** In whose stead somebody may decide is read in the transaction that decides. */
  private decide(id: string, act: Act, rule: Rule): Promise<RemedyAnswer> {
    return this.desk.act({ remedyId: id, mutationId: act.mutationId, actorId: act.actor.id, what: `remedy_${act.verb}` }, async (tx, { record, order, now }) => {
      const actor: Actor = { id: act.actor.id, role: act.actor.role, standsFor: await standsFor(tx, act.actor.id, now) };
      const decision = await rule(tx, { record, order, now, actor, live: await this.policies.current(tx) });
      return decision.ok ? this.write(tx, record, { act: { ...act, actor }, decision, order, now }) : refused(decision, (await this.remedies.find(tx, record.id)) ?? record);
    });
  }

  private async write(tx: Tx, record: RemedyRecord, done: { act: Act; decision: Extract<Decision, { ok: true }>; order: OrderNow; now: number }): Promise<RemedyAnswer> {
    const { act, now, order } = done;
    const { next } = done.decision;
    const isVoid = next.state === 'void';
    const head = headFor(record.remedy, act.actor, act.onBehalfOf);
    const onBehalfOf = head === undefined || head === act.actor.id ? null : head;
    const changes = isVoid ? changedFacts(record.facts, order.facts).slice(0, 3) : [];
    const outcome: RemedyOutcome = isVoid ? { voidReasons: changes } : act.verb === 'declined' ? { declinedReason: act.reason ?? '' } : { failure: null }; // what held it back when it was approved before is over
    if (!(await this.remedies.save(tx, record, next, outcome))) return { kind: 'conflict', message: 'Somebody else was faster.', remedy: record };
    if (!isVoid) {
      await this.remedies.noteDecision(tx, record, { personId: act.actor.id, onBehalfOf, at: now, decision: act.verb, reason: act.reason, revision: record.remedy.revision, factsHash: order.factsHash });
    }
    if (next.state === 'approved' && next.executeAfter !== null) await this.jobs.execute(tx, record.id, next.executeAfter - now);
    await this.remedies.announce(tx, record.id, { what: isVoid ? 'remedy_void' : `remedy_${act.verb}`, why: isVoid ? changes.join('; ') : act.reason, actor: act.actor.id, now, mutationId: act.mutationId });
    await writeAudit(tx, { actor: act.actor.id, action: `remedy.${isVoid ? 'void' : act.verb}`, target: record.id, at: now, detail: { revision: record.remedy.revision, amount: record.remedy.amount, factsHash: order.factsHash, reason: act.reason, ...(onBehalfOf === null ? {} : { onBehalfOf }) } });
    const after = (await this.remedies.find(tx, record.id)) ?? record;
    return isVoid ? voided(after) : { kind: 'done', remedy: after };
  }
}

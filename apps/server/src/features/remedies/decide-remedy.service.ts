import { Inject, Injectable } from '@nestjs/common';
import { approve, callBack, changedFacts, decline, type Actor, type Decision, type RemedyPolicy } from '@orderwatch/domain';
import { lockOrders, RemedyStore, Transactions, writeAudit, type Clock, type RemedyOutcome, type RemedyRecord, type Tx } from '@orderwatch/db';
import { CLOCK } from '../../platform/tokens.js';
import { readOrderNow, type OrderNow } from './order-facts.js';
import type { RemedyAnswer } from './remedy-answer.js';
import { REMEDY_POLICY } from './remedy-policy.js';
import { RemedyJobs } from './remedy-jobs.js';

interface Act {
  readonly verb: 'approved' | 'declined' | 'called_back';
  readonly actor: Actor;
  readonly mutationId: string;
  readonly reason: string | null;
}

/** A manager approves, declines or calls back. Under the order's lock, so that facts, remedy and decision are of one moment. */
@Injectable()
export class DecideRemedy {
  constructor(
    private readonly transactions: Transactions,
    private readonly remedies: RemedyStore,
    private readonly jobs: RemedyJobs,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(REMEDY_POLICY) private readonly policy: RemedyPolicy,
  ) {}

  approve(id: string, read: { readonly revision: number; readonly amountMinor: number | null }, actor: Actor, mutationId: string): Promise<RemedyAnswer> {
    return this.decide(id, { verb: 'approved', actor, mutationId, reason: null }, (record, order, now) =>
      approve(record.remedy, { actor, revision: read.revision, amountMinor: read.amountMinor, factsHash: order.factsHash, now }, this.policy));
  }

  decline(id: string, revision: number, reason: string, actor: Actor, mutationId: string): Promise<RemedyAnswer> {
    return this.decide(id, { verb: 'declined', actor, mutationId, reason }, (record): Decision =>
      (record.remedy.revision === revision ? decline(record.remedy, actor, reason) : { ok: false, kind: 'conflict', why: 'It was edited since you opened it.' }));
  }

  callBack(id: string, actor: Actor, mutationId: string): Promise<RemedyAnswer> {
    return this.decide(id, { verb: 'called_back', actor, mutationId, reason: null }, (record, _order, now) => callBack(record.remedy, actor, now));
  }

  private decide(id: string, act: Act, rule: (record: RemedyRecord, order: OrderNow, now: number) => Decision): Promise<RemedyAnswer> {
    return this.transactions.run(async (tx) => {
      const seen = await this.remedies.find(tx, id);
      if (!seen) return { kind: 'not_allowed', reason: 'There is no such remedy.' };
      await lockOrders(tx, [seen.orderId]);
      const record = (await this.remedies.find(tx, id)) ?? seen;
      if (await this.wasDone(tx, record, act.mutationId)) return { kind: 'done', remedy: record };
      const order = await readOrderNow(tx, record.orderId);
      if (!order) return { kind: 'not_allowed', reason: 'Its order is not there.' };
      const now = this.clock.now();
      const decision = rule(record, order, now);
      if (!decision.ok) return decision.kind === 'conflict' ? { kind: 'conflict', message: decision.why, remedy: record } : { kind: 'not_allowed', reason: decision.why };
      return this.write(tx, record, { act, decision, order, now });
    });
  }

  private async wasDone(tx: Tx, record: RemedyRecord, mutationId: string): Promise<boolean> {
    const rows = await tx.query('select 1 from case_history where order_id = $1::uuid and mutation_id = $2::uuid and what <> \'proposed\' limit 1', [record.orderId, mutationId]);
    return rows.length > 0;
  }

  private async write(tx: Tx, record: RemedyRecord, done: { act: Act; decision: Extract<Decision, { ok: true }>; order: OrderNow; now: number }): Promise<RemedyAnswer> {
    const { act, now, order } = done;
    const { next } = done.decision;
    const isVoid = next.state === 'void';
    const changes = isVoid ? changedFacts(record.facts, order.facts).slice(0, 3) : [];
    const outcome: RemedyOutcome = isVoid ? { voidReasons: changes } : act.verb === 'declined' ? { declinedReason: act.reason ?? '' } : {};
    if (!(await this.remedies.save(tx, record, next, outcome))) return { kind: 'conflict', message: 'Somebody else was faster.', remedy: record };
    if (!isVoid) {
      await this.remedies.noteDecision(tx, record, { personId: act.actor.id, at: now, decision: act.verb, reason: act.reason, revision: record.remedy.revision, factsHash: order.factsHash });
    }
    if (next.state === 'approved' && next.executeAfter !== null) await this.jobs.execute(tx, record.id, next.executeAfter - now);
    await this.remedies.announce(tx, record.id, { what: isVoid ? 'remedy_void' : `remedy_${act.verb}`, why: isVoid ? changes.join('; ') : act.reason, actor: act.actor.id, now, mutationId: act.mutationId });
    await writeAudit(tx, { actor: act.actor.id, action: `remedy.${isVoid ? 'void' : act.verb}`, target: record.id, at: now, detail: { revision: record.remedy.revision, amount: record.remedy.amount, factsHash: order.factsHash, reason: act.reason } });
    const after = (await this.remedies.find(tx, record.id)) ?? record;
    return isVoid ? { kind: 'conflict', message: `Facts changed since it was asked for: ${changes.join('; ')}`, remedy: after } : { kind: 'done', remedy: after };
  }
}

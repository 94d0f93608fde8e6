import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { barToJoin, grantOf, type PersonRole, type Remedy } from '@orderwatch/domain';
import { CohortStore, lockOrders, RemedyStore, Transactions, writeAudit, type Clock, type RemedyRecord, type SealedDelivery, type Tx } from '@orderwatch/db';
import { CLOCK } from '../../../platform/tokens.js';
import { assessProposal, type Asked, type Assessed } from './assess-proposal.js';
import { holderOf } from '../case-holder.js';
import { readOrderNow, type OrderNow } from '../order-facts.js';
import type { RemedyAnswer } from '../remedy-answer.js';
import { REMEDY_POLICY, type RemedyPolicies } from '../policy/remedy-policy.js';

export interface Proposal extends Asked {
  readonly reasonCode: string;
  /** The cohort that it is to be counted in. */
  readonly cohortId?: string | null;
  /** Where and how a reship goes. */
  readonly delivery?: SealedDelivery | null;
  /** Made when the form opens: sending it twice proposes once. */
  readonly mutationId: string;
}

export interface Proposer {
  readonly id: string;
  readonly role: PersonRole;
}

/** An agent or lead asks for a refund or a reship. */
@Injectable()
export class ProposeRemedy {
  private readonly cohorts = new CohortStore();

  constructor(
    private readonly transactions: Transactions,
    private readonly remedies: RemedyStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(REMEDY_POLICY) private readonly policies: RemedyPolicies,
  ) {}

  run(proposal: Proposal, proposer: Proposer): Promise<RemedyAnswer> {
    return this.transactions.run(async (tx) => {
      await lockOrders(tx, [proposal.orderId]);
      const order = await readOrderNow(tx, proposal.orderId);
      if (!order) return { kind: 'not_allowed', reason: 'There is no such order.' };
      const others = await this.remedies.ofOrder(tx, proposal.orderId);
      const again = others.find((r) => r.mutationId === proposal.mutationId);
      if (again) return isSame(again, proposal, proposer) ? { kind: 'done', remedy: again } : { kind: 'conflict', message: 'Another proposal came with this id. Do it again.', remedy: again };
      const holder = await holderOf(tx, proposal.orderId, this.clock.now());
      if (grantOf(proposer.role, 'remedy.request') === 'own' && holder && holder.id !== proposer.id) return { kind: 'not_allowed', reason: `${holder.name} has claimed this case.` };
      const assessed = await assessProposal(tx, order, proposal, { live: await this.policies.current(tx), role: proposer.role, askerId: proposer.id, id: null, now: this.clock.now() });
      if (typeof assessed === 'string') return { kind: 'not_allowed', reason: assessed };
      const bar = await this.barOfCohort(tx, proposal, assessed);
      if (bar) return { kind: 'not_allowed', reason: bar };
      return this.insert(tx, proposal, proposer, { ...order, ...assessed });
    });
  }

  private async barOfCohort(tx: Tx, { cohortId, kind, reasonCode }: Proposal, { amount }: Assessed): Promise<string | undefined> {
    if (cohortId == null) return undefined;
    const cohort = await this.cohorts.find(tx, cohortId);
    return cohort ? barToJoin(cohort, { kind, reasonCode, amount }, this.clock.now()) : 'There is no such cohort.';
  }

  private async insert(tx: Tx, proposal: Proposal, proposer: Proposer, read: OrderNow & Assessed): Promise<RemedyAnswer> {
    const now = this.clock.now();
    const id = randomUUID();
    const remedy: Remedy = {
      kind: proposal.kind, state: 'proposed', revision: 1, amount: read.amount, factsHash: read.factsHash, proposedBy: proposer.id, editors: [proposer.id], approvals: [],
      approvalsNeeded: read.result.approvalsNeeded, expiresAt: now + read.live.policy.answerWithin, executeAfter: null,
    };
    const isNew = await this.remedies.insert(tx, {
      id, orderId: proposal.orderId, remedy, lines: proposal.lines, reasonCode: proposal.reasonCode, reason: proposal.reason, facts: read.facts, checks: read.result.checks, situation: read.situation, policyVersion: read.live.version,
      evidence: read.evidence, idempotencyKey: randomUUID(), proposedAt: now, mutationId: proposal.mutationId, cohortId: proposal.cohortId ?? null, exception: proposal.exception ?? null,
      delivery: proposal.delivery ?? null,
    });
    if (!isNew) return this.taken(tx, proposal);
    await this.remedies.announce(tx, id, { what: 'proposed', why: proposal.reason, actor: proposer.id, now, mutationId: proposal.mutationId });
    await writeAudit(tx, { actor: proposer.id, action: 'remedy.propose', target: id, at: now, detail: { orderId: proposal.orderId, kind: proposal.kind, amount: read.amount, reasonCode: proposal.reasonCode, reason: proposal.reason, policyVersion: read.live.version, ...(proposal.cohortId == null ? {} : { cohortId: proposal.cohortId }), ...(proposal.exception ? { exception: proposal.exception } : {}), ...(proposal.delivery ? { addressOf: proposal.delivery.addressOf, service: proposal.delivery.service } : {}) } });
    const record = await this.remedies.find(tx, id);
    return record ? { kind: 'done', remedy: record } : { kind: 'not_allowed', reason: 'The proposal could not be read back.' };
  }

  /** Another open remedy makes good the same loss. */
  private async taken(tx: Tx, { orderId, kind, lines }: Proposal): Promise<RemedyAnswer> {
    const holder = await this.remedies.holderOf(tx, orderId, { kind }, lines);
    const isSameKind = holder?.remedy.kind === kind;
    return { kind: 'conflict', message: isSameKind ? `A ${kind} of this order is under way already.` : `AP-${holder?.number ?? ''} makes good the same lines already.`, remedy: holder ?? null };
  }
}

/** Repeated after a lost answer; anything else under its id is a mistake that must not look done. */
function isSame(before: RemedyRecord, { kind, reasonCode }: Proposal, proposer: Proposer): boolean {
  return before.remedy.proposedBy === proposer.id && before.remedy.kind === kind && before.reasonCode === reasonCode;
}

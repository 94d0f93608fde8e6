import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  builtInStatusMap, checkRemedy, defaultPolicy, evidenceInWords, grantOf, parseMinor, refundableOf, type Money, type OrderState, type PersonRole, type PolicyResult, type Remedy, type RemedyKind, type RemedyLine, type RemedyPolicy,
} from '@orderwatch/domain';
import { connectionLabels, factOf, lockOrders, RemedyStore, Transactions, writeAudit, type Clock, type EvidenceItem, type FactRow, type Tx } from '@orderwatch/db';
import { CLOCK } from '../../platform/tokens.js';
import { readOrderNow } from './order-facts.js';
import type { RemedyAnswer } from './remedy-answer.js';
import { REMEDY_POLICY } from './remedy-policy.js';

export interface Proposal {
  readonly orderId: string;
  readonly kind: RemedyKind;
  /** Minor units; refunds only. */
  readonly amountMinor: number | null;
  /** The currency the person read beside the amount; it must be the order's. */
  readonly currency: string | null;
  readonly lines: readonly RemedyLine[];
  readonly reasonCode: string;
  readonly reason: string;
  readonly evidenceFactIds: readonly string[];
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
  constructor(
    private readonly transactions: Transactions,
    private readonly remedies: RemedyStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(REMEDY_POLICY) private readonly policy: RemedyPolicy,
  ) {}

  run(proposal: Proposal, proposer: Proposer): Promise<RemedyAnswer> {
    return this.transactions.run(async (tx) => {
      await lockOrders(tx, [proposal.orderId]);
      const order = await readOrderNow(tx, proposal.orderId);
      if (!order) return { kind: 'not_allowed', reason: 'There is no such order.' };
      const others = await this.remedies.ofOrder(tx, proposal.orderId);
      const again = others.find((r) => r.mutationId === proposal.mutationId);
      if (again) return { kind: 'done', remedy: again };
      const holder = await holderOf(tx, proposal.orderId, this.clock.now());
      if (grantOf(proposer.role, 'remedy.request') === 'own' && holder && holder.id !== proposer.id) return { kind: 'not_allowed', reason: `${holder.name} has claimed this case.` };
      if (proposal.reason.trim() === '') return { kind: 'not_allowed', reason: 'Say why: the approver reads it.' };
      const amount = amountOf(order.state, proposal);
      if (proposal.currency !== null && amount && proposal.currency.toUpperCase() !== amount.currency) return { kind: 'not_allowed', reason: `The order was paid in ${amount.currency}, not in ${proposal.currency.toUpperCase()}.` };
      // Facts of this order are evidence; ids that name none are not.
      const evidence = await evidenceOf(tx, proposal, order.state, this.clock.now());
      const result = checkRemedy(order.state, { kind: proposal.kind, amount, lines: proposal.lines, evidence: evidence.length }, this.policy, this.clock.now());
      if (!result.isAllowed) return { kind: 'not_allowed', reason: `${result.why}.` };
      return this.insert(tx, proposal, proposer, { ...order, amount, evidence, result });
    });
  }

  private async insert(tx: Tx, proposal: Proposal, proposer: Proposer, read: { facts: Parameters<RemedyStore['insert']>[1]['facts']; factsHash: string; amount: Money | null; evidence: EvidenceItem[]; result: PolicyResult }): Promise<RemedyAnswer> {
    const now = this.clock.now();
    const id = randomUUID();
    const remedy: Remedy = {
      kind: proposal.kind, state: 'proposed', revision: 1, amount: read.amount, factsHash: read.factsHash, proposedBy: proposer.id, editors: [proposer.id], approvals: [],
      approvalsNeeded: read.result.approvalsNeeded, expiresAt: now + this.policy.answerWithin, executeAfter: null,
    };
    const isNew = await this.remedies.insert(tx, {
      id, orderId: proposal.orderId, remedy, lines: proposal.lines, reasonCode: proposal.reasonCode, reason: proposal.reason, facts: read.facts, checks: read.result.checks,
      evidence: read.evidence, idempotencyKey: randomUUID(), proposedAt: now, mutationId: proposal.mutationId,
    });
    if (!isNew) return { kind: 'conflict', message: `A ${proposal.kind} of this order is under way already.`, remedy: (await this.remedies.ofOrder(tx, proposal.orderId)).find((r) => r.remedy.kind === proposal.kind) ?? null };
    await this.remedies.announce(tx, id, { what: 'proposed', why: proposal.reason, actor: proposer.id, now, mutationId: proposal.mutationId });
    await writeAudit(tx, { actor: proposer.id, action: 'remedy.propose', target: id, at: now, detail: { orderId: proposal.orderId, kind: proposal.kind, amount: read.amount, reasonCode: proposal.reasonCode } });
    const record = await this.remedies.find(tx, id);
    return record ? { kind: 'done', remedy: record } : { kind: 'not_allowed', reason: 'The proposal could not be read back.' };
  }
}

/** Who works on the order's case right now. */
async function holderOf(tx: Tx, orderId: string, now: number): Promise<{ id: string; name: string } | undefined> {
  const [row] = await tx.query<{ id: string; name: string }>(
    'select p.id::text, p.name from case_item c join person p on p.id = c.owner_id where c.order_id = $1::uuid and c.state <> \'resolved\' and c.lease_until > $2', [orderId, new Date(now)]);
  return row;
}

/** A refund's amount is what was asked for; a reship's is the value of its lines, where prices are known. */
export function amountOf(state: OrderState, asked: Pick<Proposal, 'kind' | 'amountMinor' | 'lines'>): Money | null {
  const currency = refundableOf(state)?.currency ?? state.currency;
  if (!currency) return null;
  if (asked.kind === 'refund') return asked.amountMinor === null || !Number.isSafeInteger(asked.amountMinor) ? null : { minor: asked.amountMinor, currency };
  let minor = 0;
  for (const line of asked.lines) {
    const price = state.lines.find((l) => l.id === line.lineId)?.price;
    const each = price === undefined ? undefined : parseMinor(price, currency);
    if (each === undefined) return null;
    minor += each * line.quantity;
  }
  return { minor, currency };
}

/** The named facts in the words that the timeline says, so that the approver reads what the asker saw. */
async function evidenceOf(tx: Tx, proposal: Proposal, state: OrderState, now: number): Promise<EvidenceItem[]> {
  if (proposal.evidenceFactIds.length === 0) return [];
  const rows = await tx.query<FactRow>(
    'select fact_id, type, at, source, kind, data from order_event where order_id = $1::uuid and fact_id = any($2::text[]) order by at', [proposal.orderId, proposal.evidenceFactIds.slice(0, 20)]);
  const context = { now, policy: defaultPolicy, statusMap: builtInStatusMap, silences: {}, labels: await connectionLabels(tx) };
  return rows.map((row) => ({ ...evidenceInWords(factOf(row), state, context), at: row.at.getTime(), factId: row.fact_id }));
}

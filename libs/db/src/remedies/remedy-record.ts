import type { OpenDelivery } from './delivery.store.js';
import type { Approval, PolicyCheck, Remedy, RemedyFacts, RemedyKind, RemedyLine, RemedyState } from '@orderwatch/domain';

/** What a person chose as proof: a fact of the order, in words. */
export interface EvidenceItem {
  readonly text: string;
  readonly source: string;
  readonly at: number | null;
  readonly factId: string | null;
}

/** A remedy as stored: what the decisions need, and what screens and the execution need beside it. */
export interface RemedyRecord {
  readonly id: string;
  readonly orderId: string;
  readonly number: string;
  readonly version: number;
  readonly remedy: Remedy;
  readonly lines: readonly RemedyLine[];
  readonly reasonCode: string;
  readonly reason: string;
  readonly evidence: readonly EvidenceItem[];
  readonly facts: RemedyFacts;
  readonly checks: readonly PolicyCheck[];
  /** Fixed at creation; every attempt uses it. */
  readonly idempotencyKey: string;
  readonly proposedAt: number;
  readonly decisions: readonly RemedyDecision[];
  /** Oldest first; the last one is open while the remedy's time stands still. */
  readonly questions: readonly RemedyQuestion[];
  readonly escalatedAt: number | null;
  /** Of the policy that it was asked for under; null for those from before there were versions. */
  readonly policyVersion: number | null;
  readonly attempts: number;
  readonly attemptedAt: number | null;
  readonly executedAt: number | null;
  readonly confirmedAt: number | null;
  readonly reference: string | null;
  readonly failure: string | null;
  readonly declinedReason: string | null;
  readonly voidReasons: readonly string[];
  readonly mutationId: string | null;
  /** The cohort it was asked for in. */
  readonly cohortId: string | null;
  readonly cohortCause: string | null;
  /** Rules of the policy that it asks to be set aside, and why. */
  readonly exception: RemedyException | null;
  // of its order
  readonly orderName: string;
  readonly home: string;
  readonly homeId: string;
  readonly customerId: string | null;
  /** Where and how a reship goes; only in the record that is carried out. */
  readonly delivery?: OpenDelivery;
}

/** A question back to whoever asked for the remedy, and what they said. */
export interface RemedyQuestion {
  readonly by: string;
  readonly at: number;
  readonly text: string;
  readonly answer: string | null;
  readonly answeredBy: string | null;
  readonly answeredAt: number | null;
}

/** Rules of the policy to be set aside for one remedy. */
export interface RemedyException {
  readonly rules: readonly string[];
  readonly why: string;
}

export interface RemedyDecision {
  readonly personId: string;
  /** The manager in whose stead; null: in their own name. */
  readonly onBehalfOf: string | null;
  readonly at: number;
  readonly decision: 'approved' | 'declined' | 'called_back';
  readonly reason: string | null;
  readonly revision: number;
  readonly factsHash: string;
}

export interface RemedyRow {
  readonly id: string; readonly order_id: string; readonly number: string; readonly version: number; readonly revision: number;
  readonly kind: RemedyKind; readonly state: RemedyState; readonly amount_minor: string | null; readonly currency: string | null; readonly lines: string;
  readonly reason_code: string; readonly reason: string; readonly evidence: string; readonly facts_hash: string; readonly facts: string; readonly checks: string;
  readonly approvals_needed: number; readonly idempotency_key: string; readonly proposed_by: string; readonly proposed_at: Date; readonly expires_at: Date | null;
  readonly execute_after: Date | null; readonly attempts: number; readonly attempted_at: Date | null; readonly executed_at: Date | null; readonly confirmed_at: Date | null;
  readonly reference: string | null; readonly failure: string | null; readonly declined_reason: string | null; readonly void_reasons: string | null; readonly mutation_id: string | null;
  readonly order_name: string; readonly home: string; readonly home_id: string; readonly customer_id: string | null; readonly decisions: string | null;
  readonly editors: readonly string[]; readonly paused_at: Date | null; readonly questions: string; readonly escalated_at: Date | null; readonly policy_version: number | null;
  readonly unseen_at: Date | null; readonly cohort_id: string | null; readonly cohort_cause: string | null; readonly exception: string | null;
}

const instant = (date: Date | null): number | null => date?.getTime() ?? null;

/** Reads a row with its decisions. An approval counts for the revision it was given for. */
export function toRecord(row: RemedyRow): RemedyRecord {
  const decisions = ((JSON.parse(row.decisions ?? '[]') ?? []) as { person_id: string; on_behalf_of: string | null; at: string; decision: RemedyDecision['decision']; reason: string | null; revision: number; facts_hash: string }[])
    .map((d): RemedyDecision => ({ personId: d.person_id, onBehalfOf: d.on_behalf_of, at: Date.parse(d.at), decision: d.decision, reason: d.reason, revision: d.revision, factsHash: d.facts_hash }));
  const approvals: Approval[] = decisions.filter((d) => d.decision === 'approved' && d.revision === row.revision).map(({ personId, onBehalfOf, at, revision, factsHash }) => ({ personId, onBehalfOf, at, revision, factsHash }));
  return {
    id: row.id, orderId: row.order_id, number: row.number, version: row.version,
    remedy: {
      kind: row.kind, state: row.state, revision: row.revision, factsHash: row.facts_hash, proposedBy: row.proposed_by, editors: [...new Set([row.proposed_by, ...row.editors])],
      amount: row.amount_minor === null || row.currency === null ? null : { minor: Number(row.amount_minor), currency: row.currency },
      approvals, approvalsNeeded: row.approvals_needed, expiresAt: instant(row.expires_at), executeAfter: instant(row.execute_after),
      pausedAt: instant(row.paused_at), unseenAt: instant(row.unseen_at),
    },
    lines: JSON.parse(row.lines) as RemedyLine[], reasonCode: row.reason_code, reason: row.reason, evidence: JSON.parse(row.evidence) as EvidenceItem[],
    facts: JSON.parse(row.facts) as RemedyFacts, checks: JSON.parse(row.checks) as PolicyCheck[], idempotencyKey: row.idempotency_key, proposedAt: row.proposed_at.getTime(),
    decisions, questions: JSON.parse(row.questions) as RemedyQuestion[], escalatedAt: instant(row.escalated_at), policyVersion: row.policy_version, attempts: row.attempts, attemptedAt: instant(row.attempted_at), executedAt: instant(row.executed_at), confirmedAt: instant(row.confirmed_at),
    reference: row.reference, failure: row.failure, declinedReason: row.declined_reason, voidReasons: JSON.parse(row.void_reasons ?? '[]') as string[], mutationId: row.mutation_id,
    cohortId: row.cohort_id, cohortCause: row.cohort_cause, exception: row.exception === null ? null : (JSON.parse(row.exception) as RemedyException),
    orderName: row.order_name, home: row.home, homeId: row.home_id, customerId: row.customer_id,
  };
}

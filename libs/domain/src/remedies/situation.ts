import type { OrderState } from '../order/state.js';
import type { Money } from '../shared/money.js';
import { DAY, type Instant } from '../shared/time.js';
import { paidOf, refundableOf, refundedOf } from './facts.js';
import type { Ledger } from './ledger.js';
import type { PersonRole, RemedyKind, RemedyLine } from './remedy.js';

export interface RemedyRequest {
  readonly kind: RemedyKind;
  readonly amount: Money | null;
  readonly lines: readonly RemedyLine[];
  /** Facts chosen as evidence. */
  readonly evidence: number;
  /** Of who asks; unknown before anybody does. */
  readonly role?: PersonRole;
  /** What the customer of the order had in the last 90 days, this one not counted. */
  readonly customerRemedies?: number;
  readonly ledger?: Ledger;
  readonly reasonCode?: string;
  /** Types of the facts chosen as evidence. */
  readonly evidenceTypes?: readonly string[];
  /** Orders that the customer has had, this one counted; absent when the customer is not known. */
  readonly customerOrders?: number;
  /** What the asker asked for within 24 hours before, minor units of the same currency. */
  readonly askedWithinDay?: number;
  /** Rules that are asked to be set aside. */
  readonly setAside?: readonly string[];
}

/** Everything the policy is asked about: kept with the remedy, so that another policy can be tried on it. JSON-safe. */
export interface Situation {
  readonly kind: RemedyKind;
  readonly amount: Money | null;
  readonly role: PersonRole | null;
  readonly paid: Money | null;
  readonly refundable: Money | null;
  readonly refundedMinor: number;
  /** Value made good so far, whoever did it: refunds, reships, credits, chargebacks. */
  readonly coveredMinor: number;
  /** What is wrong with the lines, in words. */
  readonly wrongLines: string | null;
  /** The first line of which more would be made good than was sold, in words. */
  readonly twice: string | null;
  readonly days: number | null;
  readonly prior: number;
  readonly customerRemedies: number | null;
  readonly evidence: number;
  // Absent in those from before there were such rules.
  readonly reasonCode?: string | null;
  readonly evidenceTypes?: readonly string[];
  readonly customerOrders?: number | null;
  readonly askedWithinDay?: number;
  readonly setAside?: readonly string[];
}

/** Boils order, ledger and request down to what the policy looks at. */
export function situationOf(state: OrderState, request: RemedyRequest, now: Instant): Situation {
  const placedAt = state.placed?.at ?? state.firstAt;
  return {
    kind: request.kind, amount: request.amount, role: request.role ?? null, paid: paidOf(state), refundable: refundableOf(state), refundedMinor: refundedOf(state),
    coveredMinor: request.ledger?.coveredMinor ?? refundedOf(state), wrongLines: wrongLines(state, request), twice: request.ledger ? twice(request.ledger, request.lines) : null,
    days: placedAt === null ? null : Math.floor((now - placedAt) / DAY), prior: Object.keys(state.remedies).length, customerRemedies: request.customerRemedies ?? null, evidence: request.evidence,
    reasonCode: request.reasonCode ?? null, evidenceTypes: request.evidenceTypes ?? [], customerOrders: request.customerOrders ?? null, askedWithinDay: request.askedWithinDay ?? 0, setAside: request.setAside ?? [],
  };
}

function wrongLines(state: OrderState, { kind, lines }: RemedyRequest): string | null {
  const asked = new Map<string, number>();
  const wrong = lines.find((line) => {
    const known = state.lines.find((l) => l.id === line.lineId);
    // A line named twice is asked for twice: together not more than was ordered.
    const sum = (asked.get(line.lineId) ?? 0) + line.quantity;
    asked.set(line.lineId, sum);
    return !known || line.quantity <= 0 || !Number.isInteger(line.quantity) || sum > (known.quantity ?? 1);
  });
  if (wrong) return `the order has no ${asked.get(wrong.lineId) ?? wrong.quantity} × line ${wrong.lineId}`;
  if (kind === 'credit' && lines.length > 0) return 'a credit makes good no lines';
  return kind === 'reship' && lines.length === 0 ? 'choose what to send again' : null;
}

function twice(ledger: Ledger, lines: readonly RemedyLine[]): string | null {
  for (const { lineId, quantity } of lines) {
    const row = ledger.lines.find((l) => l.lineId === lineId);
    if (row && row.coveredPieces > 0 && row.coveredPieces + quantity > row.pieces) return `${row.coveredPieces} of ${row.pieces} × ${row.title ?? `line ${lineId}`} made good already`;
  }
  return null;
}

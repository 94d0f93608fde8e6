import { partsOf } from '../order/parts.js';
import type { OrderState } from '../order/state.js';
import { formatMajor, parseMinor, type Money } from '../shared/money.js';

/** What an approver reads and an approval is bound to: frozen with the proposal, compared before execution. JSON-safe. */
export interface RemedyFacts {
  readonly paid: Money | null;
  readonly refundedMinor: number;
  readonly payment: string | null;
  readonly isCancelled: boolean;
  readonly parcels: Readonly<Record<string, string>>;
  readonly delivered: boolean;
  readonly returns: Readonly<Record<string, string>>;
  readonly remedies: number;
  /** Pieces per line. */
  readonly lines?: Readonly<Record<string, number>>;
}

/** What was paid: the order's total once it counts as paid, else the sum of its lines; null when nobody said. */
export function paidOf(state: OrderState): Money | null {
  if (!state.paid) return null;
  if (state.total) return state.total.value;
  const currency = state.currency;
  if (!currency || state.lines.length === 0) return null;
  let minor = 0;
  for (const line of state.lines) {
    const price = line.price === undefined ? undefined : parseMinor(line.price, currency);
    if (price === undefined) return null;
    minor += price * (line.quantity ?? 1);
  }
  return { minor, currency };
}

/** Refunds of the paid currency so far, whoever made them and wherever, in minor units. */
export function refundedOf(state: OrderState): number {
  const currency = paidOf(state)?.currency;
  return Object.values(state.refunds).reduce((sum, refund) => (refund.value && refund.value.currency === currency ? sum + refund.value.minor : sum), 0);
}

/** What could still be refunded; null when nobody said what was paid. */
export function refundableOf(state: OrderState): Money | null {
  const paid = paidOf(state);
  return paid && { minor: Math.max(0, paid.minor - refundedOf(state)), currency: paid.currency };
}

/** Freezes the facts a remedy is decided on. */
export function freezeFacts(state: OrderState): RemedyFacts {
  const parcels = Object.fromEntries(Object.values(state.parcels).map((p) => [p.id, p.problem?.value ?? p.status?.value ?? 'unknown']));
  return {
    paid: paidOf(state), refundedMinor: refundedOf(state), payment: state.payment?.value ?? null, isCancelled: state.cancelled !== null, parcels,
    delivered: partsOf(state).every((p) => p.isDelivered), returns: Object.fromEntries(Object.entries(state.returns).map(([id, r]) => [id, r.value])),
    remedies: Object.keys(state.remedies).length, lines: Object.fromEntries(state.lines.map((line) => [line.id, line.quantity ?? 1])),
  };
}

function inWords(money: Money | null): string {
  return money ? `${money.currency} ${formatMajor(money)}` : 'unknown';
}

/** What changed between two frozen views, one line each, most important first; empty = nothing. */
export function changedFacts(before: RemedyFacts, after: RemedyFacts): string[] {
  const changes: string[] = [];
  const refundable = (f: RemedyFacts) => (f.paid ? inWords({ minor: Math.max(0, f.paid.minor - f.refundedMinor), currency: f.paid.currency }) : 'unknown');
  if (refundable(before) !== refundable(after)) changes.push(`Refundable now: ${refundable(before)} → ${refundable(after)}`);
  if (inWords(before.paid) !== inWords(after.paid)) changes.push(`Paid: ${inWords(before.paid)} → ${inWords(after.paid)}`);
  for (const id of new Set([...Object.keys(before.parcels), ...Object.keys(after.parcels)])) {
    const [was, is] = [before.parcels[id] ?? 'not there', after.parcels[id] ?? 'not there'];
    if (was !== is) changes.push(`Parcel: ${was.replaceAll('_', ' ')} → ${is.replaceAll('_', ' ')}`);
  }
  if (before.payment !== after.payment) changes.push(`Payment: ${before.payment ?? 'none'} → ${after.payment ?? 'none'}`);
  if (before.isCancelled !== after.isCancelled) changes.push(after.isCancelled ? 'Order: cancelled' : 'Order: no longer cancelled');
  for (const id of new Set([...Object.keys(before.returns), ...Object.keys(after.returns)])) {
    if (before.returns[id] !== after.returns[id]) changes.push(`Return: ${before.returns[id] ?? 'none'} → ${after.returns[id] ?? 'none'}`);
  }
  const [lines, linesNow] = [before.lines ?? {}, after.lines ?? {}];
  for (const id of new Set([...Object.keys(lines), ...Object.keys(linesNow)])) {
    if (lines[id] !== linesNow[id]) changes.push(`Line ${id}: ${lines[id] ?? 0} → ${linesNow[id] ?? 0}`);
  }
  if (before.remedies !== after.remedies) changes.push(`Remedies: ${before.remedies} → ${after.remedies}`);
  return changes;
}

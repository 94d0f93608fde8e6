import type { Money } from '../shared/money.js';
import { DAY, type Instant } from '../shared/time.js';
import { moneyInWords } from '../views/say.js';
import type { LedgerKind } from './ledger.js';
import type { RemedyKind, RemedyLine, RemedyState } from './remedy.js';

/** What somebody did or asked for before: a remedy of ours, or value that left elsewhere. */
export interface PastCase {
  readonly id: string;
  /** `AP-2001`; null when it was done elsewhere, for example in the shop's own admin. */
  readonly number: string | null;
  readonly orderId: string;
  readonly orderName: string;
  readonly kind: LedgerKind;
  /** Null when it was done elsewhere: then it happened. */
  readonly state: RemedyState | null;
  readonly amount: Money | null;
  readonly lines: readonly RemedyLine[];
  readonly at: Instant;
  /** A person's name, or the source that told of it. */
  readonly by: string;
  readonly verdict: Verdict | null;
}

export interface Verdict {
  readonly decision: 'approved' | 'declined';
  readonly by: string;
  readonly at: Instant;
  readonly reason: string | null;
}

export interface AskedNow {
  readonly orderId: string;
  readonly kind: RemedyKind;
  readonly amount: Money | null;
  readonly lines: readonly RemedyLine[];
}

/** Something that may make good the same loss already. */
export interface Duplicate {
  readonly past: PastCase;
  /** `same`: the same lines, or the same kind of the same order. `near`: the customer has had something else, or for another order. */
  readonly likeness: 'same' | 'near';
  /** `Refund €20.00 by Ben` */
  readonly text: string;
  /** In words, why it is shown. */
  readonly why: string;
}

/** Milliseconds in which a remedy of another order of the same customer may be for the same complaint. */
export const NEAR_OTHER_ORDERS = 14 * DAY;

/** It neither happened nor will. */
const OVER: ReadonlySet<RemedyState | null> = new Set<RemedyState>(['declined', 'void', 'failed']);

/** What may be the same done twice, the likeliest and newest first. @param past of the order, and of the customer's other orders. */
export function duplicatesOf(asked: AskedNow, past: readonly PastCase[], now: Instant): Duplicate[] {
  const lines = new Set(asked.lines.map((line) => line.lineId));
  const found = past.flatMap((one): Duplicate[] => {
    if (OVER.has(one.state)) return [];
    const text = `${titled(one.kind)}${one.amount ? ` ${moneyInWords(one.amount)}` : ''} by ${one.by}`;
    if (one.orderId !== asked.orderId) return now - one.at <= NEAR_OTHER_ORDERS ? [{ past: one, likeness: 'near', text, why: `the customer's order ${one.orderName}${isSameAmount(one, asked) ? ', the same amount' : ''}` }] : [];
    if (one.lines.some((line) => lines.has(line.lineId))) return [{ past: one, likeness: 'same', text, why: 'the same lines of this order' }];
    if (one.kind === asked.kind) return [{ past: one, likeness: 'same', text, why: 'the same kind, for this order' }];
    return [{ past: one, likeness: 'near', text, why: 'for this order' }];
  });
  return found.sort((a, b) => (a.likeness === b.likeness ? newest(a.past, b.past) : a.likeness === 'same' ? -1 : 1));
}

/** Decisions of people on the same kind of remedy: those on amounts closest to this one first. @returns at most `limit` of them, and what was decided in all. */
export function similarTo(asked: Pick<AskedNow, 'amount'>, past: readonly PastCase[], limit: number): { readonly closest: readonly PastCase[]; readonly approved: number; readonly declined: number } {
  const decided = past.filter((one) => one.verdict !== null);
  const approved = decided.filter((one) => one.verdict?.decision === 'approved').length;
  const closest = decided.map((one) => ({ one, far: distance(one.amount, asked.amount) })).sort((a, b) => (a.far === b.far ? newest(a.one, b.one) : a.far - b.far));
  return { closest: closest.slice(0, limit).map(({ one }) => one), approved, declined: decided.length - approved };
}

/** Half as much and twice as much are equally far; what is in another currency or unknown is farther than anything. */
function distance(a: Money | null, b: Money | null): number {
  if (!a || !b || a.currency !== b.currency || a.minor <= 0 || b.minor <= 0) return Number.MAX_VALUE;
  return Math.abs(Math.log(a.minor / b.minor));
}

function newest(a: PastCase, b: PastCase): number {
  return b.at - a.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

function isSameAmount(a: Pick<PastCase, 'amount'>, b: Pick<AskedNow, 'amount'>): boolean {
  return a.amount !== null && b.amount !== null && a.amount.minor === b.amount.minor && a.amount.currency === b.amount.currency;
}

function titled(kind: LedgerKind): string {
  return kind.charAt(0).toUpperCase() + kind.slice(1);
}

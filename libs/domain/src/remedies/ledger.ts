import type { OrderState } from '../order/state.js';
import { parseMinor, type Money } from '../shared/money.js';
import type { Instant } from '../shared/time.js';
import { paidOf } from './facts.js';

export type LedgerKind = 'refund' | 'reship' | 'credit' | 'claim' | 'chargeback';

/** Something of value that went one way or the other because of this order. */
export interface LedgerEntry {
  readonly id: string;
  readonly at: Instant;
  readonly kind: LedgerKind;
  readonly amount: Money;
  readonly lines: readonly { readonly lineId: string; readonly quantity: number }[];
  readonly source: string;
  /** Null: done elsewhere, for example in the shop's own admin. */
  readonly remedyId: string | null;
}

export interface LineLedger {
  readonly lineId: string;
  readonly title: string | null;
  readonly pieces: number;
  /** Minor units; null when the price is not known. */
  readonly paidMinor: number | null;
  readonly coveredPieces: number;
  readonly entries: readonly string[];
}

/** What was paid for the order and what was made good of it, whoever did it and wherever. */
export interface Ledger {
  readonly paid: Money | null;
  readonly entries: readonly LedgerEntry[];
  readonly lines: readonly LineLedger[];
  /** Value the customer has back in the paid currency: refunds, reships, credits, chargebacks. A carrier's claim is ours. */
  readonly coveredMinor: number;
}

const TO_CUSTOMER: ReadonlySet<LedgerKind> = new Set(['refund', 'reship', 'credit', 'chargeback']);

/** Whether what a source calls a refund is the one in our ledger: sources put their own path before its number. */
const isSameRefund = (told: string, entry: LedgerEntry): boolean => entry.kind === 'refund' && (told === entry.id || told.endsWith(`/${entry.id}`));

/** A refund that we made counts from the moment the shop said so: its own news of it may come later, or to another connection than the order's. */
export function withLedger(state: OrderState, ours: readonly LedgerEntry[]): OrderState {
  const told = Object.keys(state.refunds);
  const untold = ours.filter((entry) => entry.kind === 'refund' && !told.some((id) => isSameRefund(id, entry)));
  const refunds = untold.map(({ id, at, amount, source }) => [`ledger/${id}`, { value: amount, at, factId: '', source, kind: 'person' as const }] as const);
  return untold.length === 0 ? state : { ...state, refunds: { ...state.refunds, ...Object.fromEntries(refunds) } };
}

/** Adds what we did, what the sources told of, and what the bank took back; a refund that both know of counts once. */
export function ledgerOf(state: OrderState, ours: readonly LedgerEntry[], chargebacks: readonly LedgerEntry[] = []): Ledger {
  const isOurs = (id: string): boolean => ours.some((entry) => isSameRefund(id, entry));
  const elsewhere = Object.entries(state.refunds).flatMap(([id, refund]): LedgerEntry[] =>
    (refund.value && !isOurs(id) ? [{ id, at: refund.at, kind: 'refund', amount: refund.value, lines: [], source: refund.source, remedyId: null }] : []));
  const entries = [...ours, ...elsewhere, ...chargebacks].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const paid = paidOf(state);
  const currency = paid?.currency ?? state.currency;
  const covering = entries.filter((entry) => TO_CUSTOMER.has(entry.kind));
  const lines = state.lines.map((line): LineLedger => {
    const own = covering.filter((entry) => entry.lines.some((l) => l.lineId === line.id));
    const pieces = line.quantity ?? 1;
    const price = line.price === undefined || !currency ? undefined : parseMinor(line.price, currency);
    return {
      lineId: line.id, title: line.title ?? null, pieces, paidMinor: price === undefined ? null : price * pieces, entries: own.map((entry) => entry.id),
      coveredPieces: own.reduce((sum, entry) => sum + entry.lines.reduce((n, l) => (l.lineId === line.id ? n + l.quantity : n), 0), 0),
    };
  });
  return { paid, entries, lines, coveredMinor: covering.reduce((sum, entry) => (entry.amount.currency === paid?.currency ? sum + entry.amount.minor : sum), 0) };
}

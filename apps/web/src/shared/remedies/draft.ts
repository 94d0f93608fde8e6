import type { RemedyKind, RemedyLineInput, ReshipDeliveryInput } from '../../gql';
import { deliveryOf, type DeliveryDraft } from './delivery';
import type { EvidenceChoice } from './evidence';
import { digitsOf, minorText, toMinor } from './minor';

/** One line of the order as the form offers it. */
export interface LineChoice {
  id: string;
  title: string;
  pieces: number;
  /** Minor units of one piece; null when nobody said. */
  priceMinor: number | null;
}

/** What a remedy can be asked for: the order as the form needs it. */
export interface Subject {
  orderId: string;
  orderName: string;
  kind: RemedyKind;
  currency: string;
  totalMinor: number | null;
  /** Minor units that can still be refunded; null when nobody said what was paid. */
  refundableMinor: number | null;
  lines: readonly LineChoice[];
  choices: readonly EvidenceChoice[];
}

/** What stands in the fields. */
export interface Draft {
  amount: string;
  /** Pieces by line; absent or 0: not this line. */
  pieces: Readonly<Record<string, number>>;
  reasonCode: string | null;
  reason: string;
  factIds: readonly string[];
  /** Reships only; absent: as before. */
  delivery?: DeliveryDraft;
}

/** What is sent of a draft. */
export interface Content {
  amountMinor: number | null;
  currency: string | null;
  lines: RemedyLineInput[];
  reasonCode: string;
  reason: string;
  evidenceFactIds: string[];
  delivery?: ReshipDeliveryInput;
}

export const reasonCodes = ['not_received', 'lost', 'damaged', 'missing_item', 'late', 'returned', 'care', 'other'] as const;
export type ReasonCode = (typeof reasonCodes)[number];
export const reasonCodeOf = (code: string): ReasonCode => reasonCodes.find((each) => each === code) ?? 'other';

interface OrderBits {
  id: string;
  name: string;
  total?: { minor: number; currency: string } | null | undefined;
  refundable?: { minor: number; currency: string } | null | undefined;
  lines: readonly { id: string; title: string | null; sku: string | null; quantity: number | null; price: string | null }[];
}

export const subjectOf = (order: OrderBits, kind: RemedyKind, choices: readonly EvidenceChoice[]): Subject => {
  const currency = order.refundable?.currency ?? order.total?.currency ?? 'EUR';
  const digits = digitsOf(currency);
  const lines = order.lines.map((line) => ({ id: line.id, title: line.title ?? line.sku ?? line.id, pieces: line.quantity ?? 1, priceMinor: line.price === null ? null : toMinor(line.price, digits) }));
  const { id: orderId, name: orderName, total, refundable } = order;
  return { orderId, orderName, kind, currency, totalMinor: total?.minor ?? null, refundableMinor: refundable?.minor ?? null, lines, choices };
};

export const linesOf = ({ pieces }: Draft): RemedyLineInput[] => Object.entries(pieces).flatMap(([lineId, quantity]) => (quantity > 0 ? [{ lineId, quantity }] : []));

/** Whether whoever asks chooses its amount. */
export const movesMoney = (kind: RemedyKind): boolean => kind !== 'reship';

export const amountMinorOf = (draft: Draft, { kind, currency }: Subject): number | null => (movesMoney(kind) ? toMinor(draft.amount, digitsOf(currency)) : null);

/** A refund and a credit are of an amount, a reship of at least one piece. */
export const isAskable = (draft: Draft, subject: Subject): boolean => (movesMoney(subject.kind) ? (amountMinorOf(draft, subject) ?? 0) > 0 : linesOf(draft).length > 0);

/** Other pieces; a refund's amount follows them, as far as their prices are known and as much can still be refunded. */
export const withPieces = (draft: Draft, subject: Subject, lineId: string, quantity: number): Draft => {
  const next = { ...draft, pieces: { ...draft.pieces, [lineId]: quantity } };
  if (subject.kind !== 'refund') return next;
  const picked = linesOf(next);
  const priced = picked.map((line) => ({ ...line, each: subject.lines.find(({ id }) => id === line.lineId)?.priceMinor ?? null }));
  if (picked.length === 0 || priced.some(({ each }) => each === null)) return next;
  const sum = priced.reduce((all, line) => all + (line.each ?? 0) * line.quantity, 0);
  return { ...next, amount: minorText(Math.min(sum, subject.refundableMinor ?? sum), digitsOf(subject.currency)) };
};

export const contentOf = (draft: Draft, subject: Subject): Content => {
  const delivery = subject.kind === 'reship' && draft.delivery ? deliveryOf(draft.delivery) : undefined;
  return {
    amountMinor: amountMinorOf(draft, subject),
    currency: movesMoney(subject.kind) ? subject.currency : null,
    lines: linesOf(draft),
    reasonCode: draft.reasonCode ?? 'other',
    reason: draft.reason.trim(),
    evidenceFactIds: [...draft.factIds],
    ...(delivery ? { delivery } : {}),
  };
};

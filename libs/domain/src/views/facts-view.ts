import { carrierInWords } from '../exceptions/words.js';
import type { EstimateFact, Fact, ShipmentFact } from '../order/facts.js';
import type { Known, OrderState, ParcelState, Said } from '../order/state.js';
import type { Money } from '../shared/money.js';
import type { Instant } from '../shared/time.js';
import { contradictionsOf, placeParcels, type PlacedParcel } from './parcel-view.js';
import { dayIn, moneyInWords, SCREEN_ZONE, targetInWords } from './say.js';
import { statusWord } from './status-words.js';
import { sourceInWords, type ToldFact, type ViewContext } from './view-context.js';

/** A value with who said it and when; values not in use stand beside the one that is, with the rule that chose. */
export interface FactRow {
  readonly name: string;
  readonly value: string;
  readonly inUse: boolean;
  readonly source: string;
  readonly observedAt: Instant | null;
  readonly receivedAt: Instant | null;
  readonly rule: string | null;
  readonly eventId: string | null;
  /** The delivery it came in; null where no delivery is behind it. */
  readonly inboxId: string | null;
}

export interface FactsInput {
  readonly heard: readonly ToldFact[];
  /** What may still be refunded, from the ledger; null = not known. */
  readonly refundable: Money | null;
}

type Row = (name: string, value: string, said: Said | null, more?: Partial<FactRow>) => FactRow;

const LATEST = 'the latest word counts';

function promiseRows(state: OrderState, row: Row, context: ViewContext): FactRow[] {
  if (!state.promise) return [];
  const first = state.firstPromise;
  const isChanged = first !== null && first.value !== state.promise.value;
  const rows = [row('Promise', targetInWords(state.promise.value, state.timeZone, context.now), state.promise, isChanged ? { rule: LATEST } : {})];
  if (isChanged) {
    rows.push(row('Promise', targetInWords(first.value, state.timeZone, context.now), first, { inUse: false, rule: LATEST }));
  }
  return rows;
}

function estimateOf(fact: Fact): string | undefined {
  return fact.type === 'shipment.estimate' || fact.type === 'shipment.status' ? fact.data.estimatedAt : undefined;
}

function isAbout(fact: EstimateFact | ShipmentFact, parcel: ParcelState): boolean {
  const { shipment, handle } = fact.data.ref;
  return (shipment !== undefined && (parcel.shipments.includes(shipment) || parcel.id === shipment)) || (handle !== undefined && (parcel.handles.includes(handle) || parcel.id === handle));
}

/** The estimate in use, and of every other source its last one that differs. */
function estimateRows(state: OrderState, placed: PlacedParcel, heard: readonly ToldFact[], row: Row, context: ViewContext): FactRow[] {
  const { parcel } = placed;
  const used = parcel.estimate;
  if (!used) return [];
  const name = `Estimate, ${placed.lane.toUpperCase()}`;
  const others = new Map<string, Known<string>>();
  const ordered = [...heard].sort((a, b) => a.fact.at - b.fact.at);
  for (const { fact } of ordered) {
    const value = estimateOf(fact);
    if (value === undefined || (fact.type !== 'shipment.estimate' && fact.type !== 'shipment.status') || !isAbout(fact, parcel)) continue;
    if (value === used.value || fact.id === used.factId || fact.at > used.at) continue;
    others.set(fact.source, { value, at: fact.at, factId: fact.id, source: fact.source, kind: fact.kind });
  }
  const words = (text: string): string => targetInWords(text, state.timeZone, context.now);
  return [
    row(name, words(used.value), used, others.size ? { rule: LATEST } : {}),
    ...[...others.values()].map((o) => row(name, words(o.value), o, { inUse: false, rule: LATEST })),
  ];
}

function parcelRowsOf(state: OrderState, placed: PlacedParcel, heard: readonly ToldFact[], row: Row, context: ViewContext): FactRow[] {
  const { parcel, lane } = placed;
  const short = lane.toUpperCase();
  const rows = estimateRows(state, placed, heard, row, context);
  const claims = contradictionsOf(parcel);
  if (claims.length && parcel.status) {
    const rule = `${sourceInWords(parcel.status.source, context.labels)} has the say: it reports the scans`;
    rows.push(row(`Status, ${short}`, statusWord('shipment', parcel.status.value).label, parcel.status, { rule }));
    rows.push(...claims.map((c) => row(`Status, ${short}`, statusWord('shipment', c.value).label, c, { inUse: false, rule })));
  }
  if (parcel.delivered) {
    const where = parcel.facility ? `, ${parcel.facility}` : '';
    const words = parcel.lastWords && !/^delivered\.?$/i.test(parcel.lastWords) ? `, “${parcel.lastWords}”` : '';
    rows.push(row(`Delivery, ${short}`, dayIn(SCREEN_ZONE, parcel.delivered.at, context.now) + where + words, parcel.delivered));
  }
  if (parcel.number) rows.push(row(`Tracking, ${short}`, `${carrierInWords(parcel.carrier)} ${parcel.number}`, parcel.status ?? parcel.firstMovement ?? parcel.estimate));
  if (parcel.service) rows.push(row(`Service, ${short}`, parcel.service, parcel.status ?? parcel.firstMovement));
  return rows;
}

/** The facts table of an order. */
export function factsTable(state: OrderState, input: FactsInput, context: ViewContext): FactRow[] {
  const told = new Map(input.heard.map((h) => [h.fact.id, h]));
  const row: Row = (name, value, said, more = {}) => ({
    name, value, inUse: true, source: said ? sourceInWords(said.source, context.labels) : 'Orderwatch', observedAt: said?.at ?? null,
    receivedAt: said ? (told.get(said.factId)?.receivedAt ?? null) : null, rule: null, eventId: said?.factId ?? null,
    inboxId: said ? (told.get(said.factId)?.inboxId ?? null) : null, ...more,
  });
  const rows = promiseRows(state, row, context);
  for (const placed of placeParcels(state)) rows.push(...parcelRowsOf(state, placed, input.heard, row, context));
  if (state.total) rows.push(row('Total', moneyInWords(state.total.value), state.total));
  if (state.paid) rows.push(row('Paid', dayIn(SCREEN_ZONE, state.paid.at, context.now), state.paid));
  for (const refund of Object.values(state.refunds)) {
    rows.push(row(`Refund, ${dayIn(SCREEN_ZONE, refund.at, context.now)}`, refund.value ? moneyInWords(refund.value) : 'amount not said', refund));
  }
  if (input.refundable) rows.push(row('Refundable now', moneyInWords(input.refundable), null, { source: 'Ledger', observedAt: context.now }));
  if (state.country) rows.push(row('Address', state.country, state.placed));
  if (state.preorderUntil) rows.push(row('Preorder until', targetInWords(state.preorderUntil, state.timeZone, context.now), state.placed));
  rows.push(row('Time zone', state.timeZone, state.placed));
  return rows;
}

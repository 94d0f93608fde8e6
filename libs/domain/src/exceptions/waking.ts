import type { OrderState, ParcelState, Said } from '../order/state.js';
import type { Instant } from '../shared/time.js';
import { moneyInWords } from '../views/say.js';
import { contactNames, fulfilmentNews, refundNames, type OrderLook, type Snooze, type SnoozeStart } from './snooze.js';
import { carrierInWords } from './words.js';

/**
 * What the order says beyond where the snooze began, each as a sentence; none = it may sleep on. Looks at what is there and not at
 * what has just come, so that it is the same in whatever order, how often and through whichever process the news came.
 */
export function newsSince(snooze: Snooze, look: OrderLook, isHeld: boolean): string[] {
  const { from } = snooze;
  return [...conditionCame(snooze, look.state, isHeld), ...(snooze.condition === 'customer_writes' ? [] : customerWrote(from, look.state)), ...valueRose(from, look)];
}

function conditionCame({ condition, from }: Snooze, state: OrderState, isHeld: boolean): string[] {
  switch (condition) {
    case 'carrier_scan':
      return scanned(from, state, (parcel) => parcel.lastMovement);
    case 'delivery':
      return scanned(from, state, (parcel) => parcel.delivered);
    case 'customer_writes':
      return customerWrote(from, state);
    case 'warehouse_news':
      return warehouseSaid(from, state);
    case 'refund_settled':
      return refunded(from, state);
    case 'feed_speaks':
      return isHeld ? [] : ['No late feed holds it back any more'];
    case null:
      return [];
  }
}

function scanned(from: SnoozeStart, state: OrderState, pick: (parcel: ParcelState) => Said | null): string[] {
  const facts = new Set(Object.values(from.scans).map(([, factId]) => factId));
  for (const parcel of Object.values(state.parcels)) {
    const said = pick(parcel);
    if (!said || facts.has(said.factId)) continue;
    const before = lastKnown(from, parcel.id, state.names);
    // An earlier one can come back when what was said later is taken back: that is no news.
    if (before === undefined || said.at >= before.at) return [scanInWords(parcel, said, before?.facility ?? null)];
  }
  return [];
}

/** The latest that was known of a parcel, under whatever names it had: parcels get smaller names, and two may turn out to be one. */
function lastKnown(from: SnoozeStart, parcelId: string, names: Readonly<Record<string, string>>): { readonly at: Instant; readonly facility: string | null } | undefined {
  let last: { at: Instant; facility: string | null } | undefined;
  for (const [name, [at, , facility]] of Object.entries(from.scans)) {
    const isIts = name === parcelId || (Object.hasOwn(names, name) && names[name] === parcelId);
    if (isIts && (last === undefined || at > last.at)) last = { at, facility };
  }
  return last;
}

/** The place is told when it is another than before: a scan without one keeps that of the scan before it. */
function scanInWords(parcel: ParcelState, said: Said, facilityBefore: string | null): string {
  const who = carrierInWords(parcel.carrier).replace(/^t/, 'T');
  if (parcel.delivered?.factId === said.factId) return `${who} delivered it`;
  const place = parcel.facility !== null && parcel.facility !== facilityBefore ? ` in ${parcel.facility}` : '';
  return `${who} scanned it${place}`;
}

function customerWrote(from: SnoozeStart, state: OrderState): string[] {
  return isNew(from, contactNames(state)) ? ['The customer wrote'] : [];
}

function warehouseSaid(from: SnoozeStart, state: OrderState): string[] {
  const known = new Set(from.known);
  for (const [name, words] of fulfilmentNews(state)) if (!known.has(name)) return [words];
  return [];
}

function refunded(from: SnoozeStart, state: OrderState): string[] {
  const known = new Set(from.known);
  const name = refundNames(state).find((each) => !known.has(each));
  if (name === undefined) return [];
  const amount = state.refunds[name.replace(/^refund:/, '')]?.value;
  return [amount ? `A refund of ${moneyInWords(amount)} was settled` : 'A refund was settled'];
}

function valueRose(from: SnoozeStart, { value, currency }: OrderLook): string[] {
  if (value === null || currency === null || from.value === null || from.currency !== currency || value <= from.value) return [];
  return [`The value rose to ${moneyInWords({ minor: value, currency })}`];
}

function isNew(from: SnoozeStart, names: readonly string[]): boolean {
  if (names.length === 0) return false;
  const known = new Set(from.known);
  return names.some((name) => !known.has(name));
}

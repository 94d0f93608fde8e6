import { liveFulfilments } from '../order/parts.js';
import { latest } from '../order/parts.js';
import type { Known, OrderState, Said } from '../order/state.js';
import { summarise } from '../order/summary.js';
import { notPickedUp } from '../exceptions/rules/not-picked-up.js';
import { HOUR, type Instant } from '../shared/time.js';
import { contradictionsOf, lastHeard, NO_SCAN_WORDS, noScanOf, placeParcels, silenceLimit, silentFeedOf, type PlacedParcel } from './parcel-view.js';
import { count, dayIn, moneyInWords } from './say.js';
import { statusWord, TRACKS, type TrackName } from './status-words.js';
import { sourceInWords, type CardTone, type ViewContext } from './view-context.js';

/** `warning` wants a look, `problem` is broken or late, `good` is done. */
export type TrackTone = 'normal' | 'warning' | 'problem' | 'good';

const TONES: Readonly<Record<CardTone, TrackTone>> = { neutral: 'normal', amber: 'warning', red: 'problem', green: 'good' };

/** One of the five cards: what is true of a track now, since when, and who said so. */
export interface TrackCard {
  readonly track: TrackName;
  readonly status: string;
  readonly label: string;
  readonly since: Instant | null;
  readonly source: string | null;
  readonly detail: string | null;
  readonly limitHours: number | null;
  readonly elapsedHours: number | null;
  readonly tone: TrackTone;
  readonly disagrees: boolean;
}

function card(track: TrackName, status: string, said: Said | null, context: ViewContext, more: Partial<TrackCard> = {}): TrackCard {
  const { label, tone } = statusWord(track, status);
  return {
    track, status, label, tone: TONES[tone], since: said?.at ?? null, source: said ? sourceInWords(said.source, context.labels) : null,
    detail: null, limitHours: null, elapsedHours: null, disagrees: false, ...more,
  };
}

function orderCard(state: OrderState, context: ViewContext): TrackCard {
  const lines = state.lines.length ? count(state.lines.length, 'line') : null;
  if (!state.order) return card('order', 'unannounced', null, context, { detail: 'known only from others so far' });
  return card('order', state.order.value, state.order, context, { detail: state.announced ? lines : 'not announced by its shop yet' });
}

function paymentCard(state: OrderState, context: ViewContext): TrackCard {
  const payment = state.payment;
  if (!payment) return card('payment', 'none', null, context);
  const refunds = Object.values(state.refunds).filter((r): r is Known<NonNullable<typeof r.value>> => r.value !== null);
  const last = latest(refunds);
  const detail = refunds.length && last ? `${refunds.map((r) => moneyInWords(r.value)).join(' + ')} refunded, last ${dayIn(state.timeZone, last.at, context.now)}` : null;
  const sum = state.total && payment.value === 'paid' ? ` ${moneyInWords(state.total.value)}` : '';
  return card('payment', payment.value, payment, context, { label: statusWord('payment', payment.value).label + sum, detail });
}

function fulfilmentCard(state: OrderState, context: ViewContext): TrackCard {
  const live = liveFulfilments(state);
  const status = summarise(state).fulfilmentStatus;
  const since = latest(live.map((f) => f.since)) ?? latest(Object.values(state.fulfilments).map((f) => f.cancelled));
  const waiting = live.filter((f) => !f.parcels.some((id) => state.parcels[id]?.firstMovement));
  const over = live.length - waiting.length;
  const label = statusWord('fulfilment', status).label + (live.length > 1 ? `, ${over} of ${live.length}` : '');
  const oldest = waiting.length && !state.cancelled ? Math.min(...waiting.map((f) => f.since.at)) : null;
  const places = [...new Set(live.map((f) => f.location).filter((l) => l !== null))];
  const limit = context.policy.limits.not_picked_up ?? notPickedUp.limit ?? 0;
  return card('fulfilment', status, since, context, {
    label, detail: places.length ? places.join(', ') : null,
    ...(oldest !== null && oldest <= context.now
      ? { limitHours: limit / HOUR, elapsedHours: (context.now - oldest) / HOUR, ...(context.now - oldest > limit ? { tone: 'warning' as const } : {}) } : {}),
  });
}

function shipmentCard(state: OrderState, context: ViewContext): TrackCard {
  const placed = placeParcels(state).filter(({ parcel }) => parcel.status?.value !== 'cancelled');
  const disagrees = placed.some(({ parcel }) => contradictionsOf(parcel).length > 0)
    || state.contacts.some((c) => c.contact === 'not_received' && placed.some(({ parcel }) => parcel.firstDelivered && parcel.firstDelivered.at <= c.at));
  const delivered = placed.filter(({ parcel }) => parcel.delivered).length;
  const silent = placed.map((p) => ({ ...p, last: lastHeard(state, p.parcel, context.now) })).filter((p) => p.last !== null)
    .sort((a, b) => (a.last?.at ?? 0) - (b.last?.at ?? 0))[0];
  const status = summarise(state).shipmentStatus;
  const said = silent?.last ?? latest(placed.map((p) => p.parcel.status));
  const isUnknown = silent !== undefined && silentFeedOf(silent.parcel, context) !== null;
  const label = placed.length > 1 ? `${delivered} of ${placed.length} delivered` : statusWord('shipment', isUnknown ? 'unknown' : status).label;
  const limit = silenceLimit(context);
  const elapsed = silent?.last ? context.now - silent.last.at : null;
  const late = elapsed !== null && elapsed > limit;
  const nothing = placed.length === 0 ? (liveFulfilments(state).length ? 'released, no tracking number' : null) : noScanInWords(placed, context);
  const detail = silent ? [silent.label, silent.parcel.facility].filter((x) => x !== null).join(', ') : nothing;
  return card('shipment', isUnknown ? 'unknown' : status, said, context, {
    label, disagrees, detail, tone: isUnknown ? 'warning' : late ? 'problem' : TONES[statusWord('shipment', status).tone],
    ...(elapsed === null ? {} : { limitHours: limit / HOUR, elapsedHours: elapsed / HOUR }),
  });
}

/** What is said where no parcel was scanned: not sent, without a number, without news, or the feed does not speak. */
function noScanInWords(placed: readonly PlacedParcel[], context: ViewContext): string | null {
  const kinds = new Set(placed.map(({ parcel }) => noScanOf(parcel, context)));
  const [only] = kinds;
  return kinds.size === 1 && only ? NO_SCAN_WORDS[only].toLowerCase() : null;
}

function returnCard(state: OrderState, context: ViewContext): TrackCard {
  const all = Object.values(state.returns).sort((a, b) => b.at - a.at);
  const last = all[0];
  if (!last) return card('return', 'none', null, context, { detail: 'no request' });
  return card('return', last.value, last, context, { detail: all.length > 1 ? count(all.length, 'return') : null });
}

const CARDS: Readonly<Record<TrackName, (state: OrderState, context: ViewContext) => TrackCard>> = {
  order: orderCard, payment: paymentCard, fulfilment: fulfilmentCard, shipment: shipmentCard, return: returnCard,
};

/** The status of a card that could not be made. */
export const UNREADABLE = 'unreadable';

/**
 * The five cards of an order: order, payment, fulfilment, shipment, return. With `onFailed`, a card that cannot be made says so and leaves
 * the others standing; without, the error is thrown.
 */
export function tracks(state: OrderState, context: ViewContext, onFailed?: (track: TrackName, error: unknown) => void): TrackCard[] {
  return TRACKS.map((track) => {
    try {
      return CARDS[track](state, context);
    } catch (error) {
      if (!onFailed) throw error;
      onFailed(track, error);
      return card(track, UNREADABLE, null, context, { label: 'Could not be read', tone: 'problem' });
    }
  });
}

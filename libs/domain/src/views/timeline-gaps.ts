import { carrierInWords, lengthInWords } from '../exceptions/words.js';
import { endOf, isDate } from '../calendars/zone.js';
import type { Known, OrderState } from '../order/state.js';
import { deliveredAt } from '../order/summary.js';
import { DAY, type Instant } from '../shared/time.js';
import { contradictionsOf, goneSince, lastHeard, placeParcels, silenceLimit, silentFeedOf, type PlacedParcel } from './parcel-view.js';
import { dayIn, SCREEN_ZONE, targetInWords } from './say.js';
import { statusWord } from './status-words.js';
import { entry, heardCells, type TimelineEntry } from './timeline-entry.js';
import { sourceInWords, type ToldFact, type ViewContext } from './view-context.js';

const who = (placed: PlacedParcel): string | null => (placed.parcel.carrier ? carrierInWords(placed.parcel.carrier) : null);

const feedInWords = (source: string): string => (/feed$/i.test(source) ? source.toLowerCase() : `${source} feed`);

/** Fewer gaps than this between scans say nothing of what is usual. */
const GAPS_NEEDED = 3;

/** Median time between two scans of this parcel so far; null while there were too few. */
export function usualGap(events: readonly TimelineEntry[], lane: string): number | null {
  const times = events.filter((e) => e.kind === 'event' && e.lane === lane && (e.tone === 'movement' || e.tone === 'delivered')).map((e) => e.at).sort((a, b) => a - b);
  const gaps = times.slice(1).map((at, i) => at - (times[i] ?? at)).filter((gap) => gap > 0).sort((a, b) => a - b);
  return gaps.length < GAPS_NEEDED ? null : (gaps[Math.floor(gaps.length / 2)] ?? null);
}

/** What is not there: a parcel under way of which nothing was heard for more than a day. `events`: its rows so far, for what is usual. */
export function silenceEntries(state: OrderState, events: readonly TimelineEntry[], context: ViewContext): TimelineEntry[] {
  const limit = silenceLimit(context);
  return placeParcels(state).flatMap((placed) => {
    const last = lastHeard(state, placed.parcel, context.now);
    // What the carrier has reported a problem with is not silent: the problem is the news.
    if (!last || placed.parcel.problem !== null || context.now - last.at <= DAY) return [];
    const feed = silentFeedOf(placed.parcel, context);
    const source = feedInWords(sourceInWords(last.source, context.labels));
    const why = feed
      ? `the ${source} is silent since ${dayIn(SCREEN_ZONE, feed.since, context.now)}, so where the parcel is is not known`
      : `the ${source} is on time, so it is the parcel`;
    const usual = usualGap(events, placed.lane);
    return [entry({
      id: `silence:${placed.parcel.id}`, kind: 'silence', at: last.at, untilAt: context.now, sortAt: context.now, lane: placed.lane,
      title: `Silence, ${lengthInWords(context.now - last.at)}`, detail: `no scan of ${placed.label.toLowerCase()} · ${usual === null ? '' : `usual so far ${lengthInWords(usual)}, `}limit ${lengthInWords(limit)} · ${why}`,
      source: last.source, sourceLabel: who(placed), tone: context.now - last.at > limit ? 'problem' : 'normal',
    })];
  });
}

interface Target {
  readonly known: Known<string>;
  readonly end: Instant;
}

function targetOf(known: Known<string> | null, zone: string): Target | null {
  const end = known ? endOf(known.value, zone) : undefined;
  return known && end !== undefined ? { known, end } : null;
}

/** The day itself, not the midnight after it. */
const shownAt = (target: Target): Instant => (isDate(target.known.value) ? target.end - 1 : target.end);

/** What should come: a delivery ahead, by the estimate or else the promise, and a promise that has passed. */
export function expectedEntries(state: OrderState, context: ViewContext): TimelineEntry[] {
  if (state.cancelled || deliveredAt(state) !== null) return [];
  const { now } = context;
  const zone = state.timeZone;
  const promise = targetOf(state.promise, zone);
  const rows: TimelineEntry[] = [];
  if (promise && promise.end <= now) {
    rows.push(entry({
      id: 'missed:promise', kind: 'expected', at: shownAt(promise), lane: 'order', tone: 'problem', title: `Missed: delivery promised ${targetInWords(promise.known.value, zone, now)}`,
      detail: `${lengthInWords(now - promise.end)} over · promise by ${sourceInWords(promise.known.source, context.labels)}`,
      source: promise.known.source, sourceLabel: sourceInWords(promise.known.source, context.labels),
    }));
  }
  const parcels = placeParcels(state).filter(({ parcel }) => !parcel.delivered && parcel.status?.value !== 'cancelled');
  const ahead = parcels.length
    ? parcels.map((placed) => ({ placed, target: targetOf(placed.parcel.estimate, zone) ?? promise }))
    : [{ placed: null, target: promise }];
  for (const { placed, target } of ahead) {
    if (!target || (target === promise && target.end <= now)) continue;
    // Nobody waited for it any more when that day came.
    const gone = placed && goneSince(placed.parcel);
    if (gone !== null && gone < target.end) continue;
    const isEstimate = target !== promise;
    const by = targetInWords(target.known.value, zone, now);
    const said = isEstimate
      ? `estimate by ${sourceInWords(target.known.source, context.labels)}, ${dayIn(zone, target.known.at, now)}${promise ? ` · the promise ${promise.end <= now ? 'was' : 'is'} ${targetInWords(promise.known.value, zone, now)}` : ''}`
      : `promise by ${sourceInWords(target.known.source, context.labels)}`;
    const what = placed ? `delivery of ${placed.label.toLowerCase()}` : 'delivery';
    const missed = target.end <= now;
    rows.push(entry({
      id: `expected:${placed?.parcel.id ?? 'order'}`, kind: 'expected', at: shownAt(target), lane: placed?.lane ?? 'order', tone: missed ? 'problem' : 'normal',
      title: missed ? `Missed: ${what}, estimated ${by}` : `Expected: ${what}`, detail: missed ? `${lengthInWords(now - target.end)} over · ${said}` : `by ${by} · ${said}`,
      source: target.known.source, sourceLabel: placed ? who(placed) : null,
    }));
  }
  return rows;
}

const CUSTOMER_SAYS: Readonly<Record<string, string>> = { not_received: 'not received', missing_item: 'something is missing' };

/** Where two voices cannot both be right: carrier and customer, or two sources on one parcel. */
export function contradictionEntries(state: OrderState, heard: readonly ToldFact[], context: ViewContext): TimelineEntry[] {
  const { now } = context;
  const placed = placeParcels(state);
  const rows: TimelineEntry[] = [];
  for (const contact of state.contacts) {
    const says = CUSTOMER_SAYS[contact.contact];
    const meant = says === undefined ? [] : placed.filter(({ parcel }) => parcel.firstDelivered && parcel.firstDelivered.at <= contact.at);
    const [first] = meant;
    const delivered = first?.parcel.firstDelivered;
    const news = heard.find((h) => h.fact.id === contact.factId);
    if (!first || !delivered || says === undefined || !news) continue;
    const by = contact.channel === null ? '' : ` · by ${contact.channel}`;
    rows.push(entry({
      id: `contradiction:${contact.factId}`, kind: 'contradiction', at: contact.at, lane: first.lane, tone: 'problem',
      title: `Carrier: delivered ${dayIn(SCREEN_ZONE, delivered.at, now)} · Customer: ${says} ${dayIn(SCREEN_ZONE, contact.at, now)}`,
      detail: `Contradiction, ${meant.map((p) => p.label.toLowerCase()).join(', ')}${by}`, ...heardCells(news, context),
    }));
  }
  for (const { parcel, label, lane } of placed) {
    for (const claim of contradictionsOf(parcel)) {
      const owner = parcel.status;
      const news = heard.find((h) => h.fact.id === claim.factId);
      if (!owner || !news) continue;
      rows.push(entry({
        id: `contradiction:${parcel.id}:${claim.source}`, kind: 'contradiction', at: claim.at, lane, tone: 'problem',
        title: `${sourceInWords(claim.source, context.labels)}: ${statusWord('shipment', claim.value).label.toLowerCase()} · ${sourceInWords(owner.source, context.labels)}: ${statusWord('shipment', owner.value).label.toLowerCase()}`,
        detail: `Sources disagree, ${label.toLowerCase()} · ${sourceInWords(owner.source, context.labels)} has the say: it reports the scans`, ...heardCells(news, context),
      }));
    }
  }
  return rows;
}

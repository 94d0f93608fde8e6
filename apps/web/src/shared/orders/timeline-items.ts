import { formatDuration, formatTime, exactTime, type TimelineItem, type TimelineKind, type TimelineLane } from '@orderwatch/ui';
import { carrierName } from '../carriers';
import { t, type LabelKey } from '../i18n';

/** What the server says in one row of an order's story. */
export interface Entry {
  id: string;
  kind: string;
  at: string | null;
  untilAt?: string | null;
  lane: string;
  title: string;
  detail?: string | null;
  rawText?: string | null;
  sourceLabel?: string | null;
  toldLateSeconds?: number | null;
  actor?: string | null;
  count?: number | null;
  unmapped: boolean;
  future: boolean;
}

interface ParcelName {
  id: string;
  label: string;
  carrier?: string | null;
}

const kinds: Readonly<Record<string, TimelineKind>> = { silence: 'silence', expected: 'expected', contradiction: 'contradiction', folded: 'fold' };

const LATE_SECONDS = 15 * 60;
const VERY_LATE_SECONDS = 3600;

const parcelLane = (parcels: readonly ParcelName[], lane: string): string | undefined => {
  const byName = parcels.findIndex((parcel, i) => parcel.id === lane || parcel.label === lane || `P${i + 1}`.toLowerCase() === lane.toLowerCase());
  return byName < 0 ? undefined : `P${byName + 1}`;
};

/** The lane a row stands in; what names no lane of ours stands with the order. */
export const laneOf = (parcels: readonly ParcelName[], lane: string): string => {
  const name = lane.toLowerCase();
  if (name === 'order' || name === 'payment' || name === 'return') return name;
  if (name.startsWith('fulfil')) return 'fulfilment';
  const parcel = parcelLane(parcels, lane);
  if (parcel) return parcel;
  return (name === 'shipment' || name === 'shipments') && parcels.length > 0 ? 'P1' : 'order';
};

export const lanesOf = (parcels: readonly ParcelName[], hasReturn: boolean): TimelineLane[] => [
  { id: 'order', label: t('cases:lane.order'), icon: 'receipt', isOpen: true },
  { id: 'payment', label: t('cases:lane.payment'), icon: 'card' },
  { id: 'fulfilment', label: t('cases:lane.fulfilment'), icon: 'warehouse' },
  ...parcels.map((parcel, i) => ({ id: `P${i + 1}`, label: parcel.carrier ? t('cases:lane.parcelOf', { n: i + 1, carrier: carrierName(parcel.carrier) }) : t('cases:lane.parcel', { n: i + 1 }), short: `P${i + 1}` })),
  ...(hasReturn ? [{ id: 'return', label: t('cases:lane.return'), icon: 'back' as const }] : []),
];

const laneWords: Readonly<Record<string, LabelKey>> = { order: 'cases:lane.order', payment: 'cases:lane.payment', fulfilment: 'cases:lane.fulfilment', return: 'cases:lane.return' };

const laneWord = (lane: string): string => {
  const key = laneWords[lane];
  return key ? t(key) : lane;
};

const whoSaid = (entry: Entry, lane: string): string => {
  const where = lane.startsWith('P') ? t('cases:lane.parcel', { n: lane.slice(1) }) : laneWord(lane);
  const who = entry.sourceLabel ?? entry.actor;
  return who ? `${where} · ${who}` : where;
};

const whenOf = (entry: Entry, kind: TimelineKind): string => {
  if (entry.at === null) return kind === 'expected' ? t('cases:line.notDated') : '–';
  if (kind === 'expected') return t('cases:line.by', { date: formatTime(entry.at, 'date') });
  if (kind === 'silence') return t('cases:line.since', { date: formatTime(entry.at, 'date') });
  if (kind === 'fold' && entry.untilAt) return `${formatTime(entry.at, 'date')} – ${formatTime(entry.untilAt, 'date')}`;
  return formatTime(entry.at, 'minute');
};

/** Server rows, newest first, as the timeline draws them. */
export const timelineItems = (entries: readonly Entry[], parcels: readonly ParcelName[]): TimelineItem[] => {
  const seen = new Set<string>();
  return entries.map((entry) => {
    const kind = kinds[entry.kind] ?? 'event';
    const lane = laneOf(parcels, entry.lane);
    const isNewest = kind === 'event' && lane.startsWith('P') && !seen.has(lane);
    if (kind === 'event') seen.add(lane);
    const late = entry.toldLateSeconds ?? 0;
    const notes = [
      entry.detail,
      entry.actor && entry.sourceLabel && entry.actor !== entry.sourceLabel ? entry.actor : undefined,
      late >= LATE_SECONDS && late < VERY_LATE_SECONDS ? t('cases:line.toldLater', { duration: formatDuration(late * 1000) }) : undefined,
      entry.unmapped ? t('cases:line.unmapped') : undefined,
      entry.future ? t('cases:line.future') : undefined,
    ].filter(Boolean);
    return {
      id: entry.id,
      kind,
      lanes: [lane],
      when: whenOf(entry, kind),
      dateTime: entry.at ?? undefined,
      whenTitle: entry.at ? exactTime(entry.at) : undefined,
      title: entry.title,
      quote: entry.rawText && !entry.title.toLowerCase().startsWith(entry.rawText.toLowerCase()) ? entry.rawText : undefined,
      detail: notes.length > 0 ? notes.join(' · ') : undefined,
      late: late >= VERY_LATE_SECONDS ? t('cases:line.arrivedLate', { duration: formatDuration(late * 1000).replace(/ \d+$| \d+ h$/, '') }) : undefined,
      who: whoSaid(entry, lane),
      isNewest,
    };
  });
};

type Fold<Row extends Entry> = Row & { folded?: readonly Row[] | null };

/** Puts the rows of the folds that are open where they belong among the others; a fold itself stays, to be closed again. */
export const unfold = <Row extends Entry>(entries: readonly Fold<Row>[], open: ReadonlySet<string>): Row[] => {
  const out: Row[] = [];
  let waiting: Row[] = [];
  for (const row of entries) {
    const isNewer = (each: Row): boolean => row.at !== null && each.at !== null && Date.parse(each.at) >= Date.parse(row.untilAt ?? row.at);
    while (waiting[0] && isNewer(waiting[0])) out.push(...waiting.splice(0, 1));
    out.push(row);
    if (row.folded && open.has(row.id)) waiting = [...waiting, ...row.folded].sort((a, b) => (b.at ?? '').localeCompare(a.at ?? ''));
  }
  return [...out, ...waiting];
};

/** Days that the strip of a place shows: how many of its parcels fell silent on each; what is older is in the last. */
export const HEAT_DAYS = 14;
/** Places listed at most. */
export const MOST_PLACES = 500;

/** How many are silent, and for how long. */
export interface StuckCounts {
  /** Silent beyond the limit although their feed is on time. */
  readonly count: number;
  /** Not known: their feed fell silent before the limit was reached. */
  readonly feedLate: number;
  /** Of `count`, by whole days of silence, {@link HEAT_DAYS} of them; the last holds all that are longer silent. */
  readonly heat: readonly number[];
}

/** The leg of the way that the last scan began: out of a place, in a status. */
export interface StuckLane extends StuckCounts {
  readonly lane: string;
}

export interface StuckFacility extends StuckCounts {
  readonly carrier: string;
  readonly facility: string | null;
  readonly lanes: readonly StuckLane[];
}

/** A connection that is silent now. */
export interface LateFeed {
  readonly connection: string;
  readonly label: string | null;
  readonly silentSince: Date;
  /** Parcels of which nothing is known because of it. */
  readonly parcels: number;
}

/** Of all that the question means, whatever page is shown. */
export interface StuckFigures {
  readonly total: number;
  readonly oldestSeconds: number | null;
  readonly medianSeconds: number | null;
  /** Not known because their feed is late, in the same places, listed or not. */
  readonly unknown: number;
  /** By whole days of silence, as in a place's strip. */
  readonly ages: readonly number[];
}

export interface Lane extends StuckLane {
  readonly carrier: string;
  readonly facility: string | null;
  /** As `heat`, of those whose feed is late. */
  readonly lateHeat: readonly number[];
  /** Epoch ms: since when the longest silent one is, of those whose feed is on time and of the others. */
  readonly oldest: number | null;
  readonly oldestLate: number | null;
}

export type LateFeedRow = Omit<LateFeed, 'silentSince'> & { readonly silentSince: string };

const DAYS_SILENT = `least(${HEAT_DAYS - 1}, greatest(0, floor(extract(epoch from $1::timestamptz - silent_from) / 86400)))`;
/** Every place's lanes, from the rows of `stuck`. Counted day by day first: a count of its own for each day of each lane reads every row twenty-eight times. */
export const LANES = `
select carrier, facility, lane, sum(n)::int as count, sum(late)::int as "feedLate", json_object_agg(day, n) as heat, json_object_agg(day, late) as "lateHeat",
  extract(epoch from min(oldest))::float8 * 1000 as oldest, extract(epoch from min("oldestLate"))::float8 * 1000 as "oldestLate"
from (
  select coalesce(carrier, 'unknown') as carrier, facility, status as lane, ${DAYS_SILENT} as day, count(*) filter (where not late) as n, count(*) filter (where late) as late,
    min(silent_from) filter (where not late) as oldest, min(silent_from) filter (where late) as "oldestLate"
  from stuck group by 1, 2, 3, 4
) d group by 1, 2, 3`;

/** As the database tells a lane: counts by the number of the day. */
export interface LaneRow extends Omit<Lane, 'heat' | 'lateHeat'> {
  readonly heat: Readonly<Record<string, number>>;
  readonly lateHeat: Readonly<Record<string, number>>;
}

const strip = (days: Readonly<Record<string, number>>): number[] => Array.from({ length: HEAT_DAYS }, (_, day) => days[day] ?? 0);

export const laneOf = (row: LaneRow): Lane => ({ ...row, heat: strip(row.heat), lateHeat: strip(row.lateHeat) });

/** Who is silent now, whether or not a parcel waits for them; the longest first. */
export const LATE_FEEDS = `
select coalesce(json_agg(json_build_object('connection', h.connection, 'label', x.label, 'silentSince', h.silent_since, 'parcels', coalesce(n.parcels, 0)) order by h.silent_since, h.connection), '[]')
from feed_health h left join connection x on x.name = h.connection left join (select feed, count(*) as parcels from stuck where late group by feed) n on n.feed = h.connection
where h.silent_since is not null`;

/** For how long the middle one of those that are meant is silent, seconds. */
export const median = (where: string): string => `select extract(epoch from $1::timestamptz - percentile_disc(0.5) within group (order by p.silent_from desc))::float8 from stuck p ${where}`;

const sum = (numbers: readonly number[]): number => numbers.reduce((all, n) => all + n, 0);
const added = (strips: readonly (readonly number[])[]): number[] => Array.from({ length: HEAT_DAYS }, (_, day) => sum(strips.map((strip) => strip[day] ?? 0)));
const byWeight = (a: StuckCounts, b: StuckCounts): number => b.count - a.count || b.feedLate - a.feedLate;
const byName = (a: StuckFacility, b: StuckFacility): number => (a.carrier < b.carrier ? -1 : a.carrier > b.carrier ? 1 : (a.facility ?? '\uffff') < (b.facility ?? '\uffff') ? -1 : 1);

/** The places with their lanes, most stuck parcels first. */
export function placesOf(rows: readonly Lane[]): StuckFacility[] {
  const places = new Map<string, Lane[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.carrier, row.facility]);
    const known = places.get(key);
    if (known) known.push(row);
    else places.set(key, [row]);
  }
  const all = [...places.values()].flatMap((lanes): StuckFacility[] => {
    const [first] = lanes;
    if (!first) return [];
    return [{
      carrier: first.carrier, facility: first.facility, count: sum(lanes.map((l) => l.count)), feedLate: sum(lanes.map((l) => l.feedLate)), heat: added(lanes.map((l) => l.heat)),
      lanes: lanes.map(({ lane, count, feedLate, heat }) => ({ lane, count, feedLate, heat })).sort((a, b) => byWeight(a, b) || (a.lane < b.lane ? -1 : 1)),
    }];
  });
  return all.sort((a, b) => byWeight(a, b) || byName(a, b));
}

interface Meant {
  readonly now: Date;
  readonly carrier?: string | null;
  readonly facility?: string | null;
  readonly lane?: string | null;
  readonly includeFeedLate?: boolean | null;
}

/** How many the question means in all, and for how long they are silent. */
export function figuresOf(rows: readonly Lane[], { now, carrier, facility, lane, includeFeedLate }: Meant): Omit<StuckFigures, 'medianSeconds'> {
  const meant = rows.filter((row) => (!carrier || row.carrier === carrier) && (!facility || row.facility === facility) && (!lane || row.lane === lane));
  const since = meant.flatMap((row) => [row.oldest, includeFeedLate ? row.oldestLate : null]).filter((ms) => ms !== null);
  const unknown = sum(meant.map((row) => row.feedLate));
  return {
    total: sum(meant.map((row) => row.count)) + (includeFeedLate ? unknown : 0), unknown,
    ages: added(meant.flatMap((row) => (includeFeedLate ? [row.heat, row.lateHeat] : [row.heat]))),
    oldestSeconds: since.length > 0 ? Math.floor((now.getTime() - Math.min(...since)) / 1000) : null,
  };
}

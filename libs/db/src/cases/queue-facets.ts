import { Where } from '../reads/cursors.js';
import type { Queryable } from '../transactions.js';
import { countViews } from '../views/view-counts.js';
import { addFilter, OWNER_AWAY, QUEUE_DUES, QUEUE_PROMISES, QUEUE_STATES, QUEUE_WAITS, type QueueFilterInput } from './queue-filter.js';
import { addView, FREE } from './queue-views.js';
import type { QueueQuery } from './queue.read-model.js';

/** What a list can be narrowed by, and which parts of the filter say so. */
const KEYS = {
  rules: ['rules'], carriers: ['carriers'], shops: ['shops'], owner: ['owner'], countries: ['countries'], value: ['minValue', 'maxValue'], due: ['due'], promise: ['promise'],
  wrote: ['wroteWithinHours'], state: ['state'], waits: ['waitsFor'], feed: ['feedLate'], age: ['minAgeHours', 'maxAgeHours'], opened: ['openedFrom', 'openedTo'], resolved: ['resolvedFrom', 'resolvedTo'],
  status: ['orderStatus'],
} as const satisfies Readonly<Record<string, readonly (keyof QueueFilterInput)[]>>;
export type QueueFieldName = keyof typeof KEYS | 'text';
export const QUEUE_FIELDS: readonly QueueFieldName[] = [...(Object.keys(KEYS) as (keyof typeof KEYS)[]), 'text'];

/** Options are counted in so many cases at most, the soonest due: a menu must not cost more as the store grows. */
export const FACET_CAP = 20_000;
const MOST_OPTIONS = 60;

export interface Facet {
  readonly options: readonly { readonly value: string; readonly count: number }[];
  /** Cases without this field's own filter. */
  readonly total: number;
  /** There are more than were counted. */
  readonly isCapped: boolean;
}

/** What each case says of itself; several where a filter of any of them finds it. */
const GROUPED: Readonly<Partial<Record<QueueFieldName, string>>> = { rules: 'array[c.rule]', carriers: 'array[c.carrier]', shops: 'array[c.shop]', countries: 'array[c.country]' };

/** The values that are offered where any could be asked for. Values are in minor units. */
const OFFERED: Readonly<Partial<Record<QueueFieldName, readonly (readonly [value: string, filter: QueueFilterInput])[]>>> = {
  due: QUEUE_DUES.map((due) => [due, { due }]),
  promise: QUEUE_PROMISES.map((promise) => [promise, { promise }]),
  state: QUEUE_STATES.map((state) => [state, { state }]),
  waits: QUEUE_WAITS.map((waitsFor) => [waitsFor, { waitsFor }]),
  feed: [['true', { feedLate: true }], ['false', { feedLate: false }]],
  value: [5_000, 10_000, 25_000, 50_000, 100_000].map((minValue) => [String(minValue), { minValue }]),
  age: [24, 72, 168].map((minAgeHours) => [String(minAgeHours), { minAgeHours }]),
  wrote: [24, 72, 168].map((wroteWithinHours) => [String(wroteWithinHours), { wroteWithinHours }]),
};

/** The filter without what it says of this field. */
function without(filter: QueueFilterInput, field: QueueFieldName): QueueFilterInput {
  if (field === 'text') return filter;
  const left: ReadonlySet<string> = new Set(KEYS[field]);
  return Object.fromEntries(Object.entries(filter).filter(([key]) => !left.has(key)));
}

function candidates(query: QueueQuery, field: QueueFieldName): Where {
  const filter = without(query.filter, field);
  return addFilter(addView(new Where(), query.view, query, filter), filter, query, field === 'text' ? null : query.orderIds);
}

/** How many cases each option of a field would leave, all of one picture of the database. */
export async function readFacet(db: Queryable, query: QueueQuery, field: QueueFieldName): Promise<Facet> {
  const where = candidates(query, field);
  // In the order of the open ones' index: never through a store's past. One more than are counted tells that there are more.
  const rows = `(select c.* from case_item c ${where.sql}${query.view === 'resolved' ? ' order by c.resolved_at desc' : ' order by c.due_at'} limit ${FACET_CAP + 1}) c`;
  const found = await (OFFERED[field] ? countOffered(db, query, { rows, where, offered: OFFERED[field] }) : countGrouped(db, query, { rows, where, field }));
  return { options: found.options, total: Math.min(FACET_CAP, found.total), isCapped: found.total > FACET_CAP };
}

type Counted = Pick<Facet, 'options' | 'total'>;

async function countGrouped(db: Queryable, { now, personId }: QueueQuery, { rows, where, field }: { rows: string; where: Where; field: QueueFieldName }): Promise<Counted> {
  const params = [...where.params];
  let values = GROUPED[field] ?? 'array[null::text]';
  if (field === 'owner') {
    params.push(now, personId);
    values = `array[case when ${FREE.replaceAll('?', `$${params.length - 1}`)} then 'nobody' end, case when c.owner_id = $${params.length}::uuid then 'me' end, case when ${OWNER_AWAY.replaceAll('?', `$${params.length - 1}`)} then 'away' end, c.owner_id::text]`;
  }
  const [row] = await db.query<{ total: number; options: Counted['options'] }>(
    `with n as materialized (select ${values} as vs from ${rows}),
      o as (select v as value, count(*)::int as count from n cross join lateral unnest(n.vs) v where v is not null group by v order by 2 desc, 1 limit ${MOST_OPTIONS})
     select (select count(*)::int from n) as total, coalesce((select json_agg(o order by o.count desc, o.value) from o), '[]') as options`, params);
  return { options: row?.options ?? [], total: row?.total ?? 0 };
}

async function countOffered(db: Queryable, query: QueueQuery, { rows, where, offered }: { rows: string; where: Where; offered: readonly (readonly [string, QueueFilterInput])[] }): Promise<Counted> {
  const params = [...where.params];
  const parts = offered.map(([, filter]) => {
    const one = new Where();
    one.params.push(...params);
    addFilter(one, { ...filter, zone: query.filter.zone ?? null }, query, null);
    params.splice(0, params.length, ...one.params);
    return `(count(*) filter (${one.sql}))::int`;
  });
  const [row] = await db.query<{ total: number; counts: number[] }>(`select count(*)::int as total, array[${parts.join(', ')}] as counts from ${rows}`, params);
  return { options: offered.map(([value], i) => ({ value, count: row?.counts[i] ?? 0 })), total: row?.total ?? 0 };
}

export interface FieldCount {
  readonly field: QueueFieldName;
  readonly count: number;
}

/** For each filter that is set: how many cases there would be without it, up to the cap of counts. Which of them empties a list is then plain. */
export async function readRelief(db: Queryable, query: QueueQuery): Promise<FieldCount[]> {
  const set = QUEUE_FIELDS.filter((field) => (field === 'text' ? query.orderIds !== null : KEYS[field].some((key) => {
    const value: unknown = query.filter[key];
    return value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0);
  })));
  const counts = await countViews(db, set.map((field) => ({ view: query.view, filter: without(query.filter, field), orderIds: field === 'text' ? null : query.orderIds })), query);
  return set.map((field, i) => ({ field, count: counts[i] ?? 0 }));
}

const PACE_HOURS = 4;
const MOST_PACED = 5_000;

/** Cases that people settled per hour, of the last four. */
export async function readPace(db: Queryable, now: Date): Promise<number> {
  const [row] = await db.prepared<{ n: number }>(
    `select count(*)::int as n from (select 1 from case_item c where c.state = 'resolved' and c.resolved_at > $1::timestamptz and c.resolved_at <= $2::timestamptz and coalesce(c.resolved_by, 'system') <> 'system' limit ${MOST_PACED}) x`,
    [new Date(now.getTime() - PACE_HOURS * 3_600_000), now]);
  return (row?.n ?? 0) / PACE_HOURS;
}

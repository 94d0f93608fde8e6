import { endOf, isKnownZone, isoIn } from '@orderwatch/domain';
import type { Where } from '../reads/cursors.js';
import { FREE, type Looker } from './queue-views.js';

export const QUEUE_DUES = ['breached', 'hour', 'today'] as const;
export type QueueDueName = (typeof QUEUE_DUES)[number];
export const QUEUE_PROMISES = ['passed', 'today', 'week', 'none'] as const;
export type QueuePromiseName = (typeof QUEUE_PROMISES)[number];
/** How far work on a case is; `reopened`: whatever became of it since. */
export const QUEUE_STATES = ['new', 'claimed', 'waiting', 'snoozed', 'reopened'] as const;
export type QueueStateName = (typeof QUEUE_STATES)[number];
/** On whom work waits: what a case is put off for, or a remedy that nobody has decided on. */
export const QUEUE_WAITS = ['customer', 'carrier', 'warehouse', 'refund', 'approval'] as const;
export type QueueWaitName = (typeof QUEUE_WAITS)[number];

export interface QueueFilterInput {
  readonly rules?: readonly string[] | null;
  readonly carriers?: readonly string[] | null;
  /** `me`, `nobody` or a person's id. */
  readonly owner?: string | null;
  readonly shops?: readonly string[] | null;
  readonly orderStatus?: string | null;
  readonly countries?: readonly string[] | null;
  /** Minor units of the case's own currency. */
  readonly minValue?: number | null;
  readonly maxValue?: number | null;
  readonly due?: QueueDueName | null;
  readonly promise?: QueuePromiseName | null;
  /** The zone (IANA) of `today`; none: UTC. */
  readonly zone?: string | null;
  /** The customer wrote within so many hours. */
  readonly wroteWithinHours?: number | null;
  readonly state?: QueueStateName | null;
  readonly waitsFor?: QueueWaitName | null;
  /** Whether the silence of one of our own feeds holds something back. */
  readonly feedLate?: boolean | null;
  readonly minAgeHours?: number | null;
  readonly maxAgeHours?: number | null;
  readonly resolvedFrom?: Date | null;
  readonly resolvedTo?: Date | null;
  readonly openedFrom?: Date | null;
  readonly openedTo?: Date | null;
}

/** Accepts a carrier as people see it and as it is stored. */
const carrierId = (carrier: string): string => carrier.trim().toLowerCase().replace(/\s+/g, '_');

/** Nobody has seen its owner for a quarter of an hour: what they have may be handed over. */
export const OWNER_AWAY = `(c.owner_id is not null and not exists (select 1 from session s where s.person_id = c.owner_id and s.expires_at > ?::timestamptz and s.last_seen_at > ?::timestamptz - interval '15 minutes'))`;

function addOwner(where: Where, owner: string, look: Looker): void {
  if (owner === 'nobody') where.add(FREE, look.now);
  else if (owner === 'away') where.add(OWNER_AWAY, look.now);
  else where.add('c.owner_id::text = ?', owner === 'me' ? look.personId : owner);
}

/** One value is asked for as such: its rows then come out of the index in the order in which they are shown. */
function addAny(where: Where, column: string, values: readonly string[] | null | undefined): void {
  const all = [...new Set(values)];
  if (all.length === 1) where.add(`${column} = ?::text`, all[0]);
  else if (all.length > 1) where.add(`${column} = any(?::text[])`, all);
}

/** When the day ends there in which `now` lies. */
function endOfToday(now: Date, asked: string | null | undefined): Date {
  const zone = asked && isKnownZone(asked) ? asked : 'UTC';
  return new Date(endOf(isoIn(zone, now.getTime()).slice(0, 10), zone) ?? now.getTime());
}

const HOUR = 3_600_000;

function addDue(where: Where, due: QueueDueName, look: Looker, zone: string | null | undefined): void {
  where.add('c.due_at < ?', due === 'breached' ? look.now : due === 'hour' ? new Date(look.now.getTime() + HOUR) : endOfToday(look.now, zone));
}

function addPromise(where: Where, promise: QueuePromiseName, look: Looker, zone: string | null | undefined): void {
  // In the words of the index by promise.
  const at = `coalesce(c.promised_at, 'infinity'::timestamptz)`;
  if (promise === 'none') where.plain(`${at} = 'infinity'::timestamptz`);
  else if (promise === 'passed') where.add(`(${at} < ? and c.promised_at < ?)`, look.now);
  // A promise of today ends with the midnight after it.
  else where.add(`${at} >= ?`, look.now).add(`(${at} <= ? and c.promised_at <= ?)`, promise === 'today' ? endOfToday(look.now, zone) : new Date(look.now.getTime() + 7 * 24 * HOUR));
}

const WAITS: Readonly<Record<Exclude<QueueWaitName, 'approval'>, string>> = { customer: 'customer_writes', carrier: 'carrier_scan,delivery,feed_speaks', warehouse: 'warehouse_news', refund: 'refund_settled' };

function addWait(where: Where, wait: QueueWaitName): void {
  if (wait === 'approval') where.plain(`exists (select 1 from remedy r where r.order_id = c.order_id and r.state = 'proposed')`);
  else where.plain(`c.state = 'snoozed' and c.snooze::jsonb->>'condition' = any('{${WAITS[wait]}}'::text[])`);
}

function addState(where: Where, state: QueueStateName, look: Looker): void {
  if (state === 'reopened') where.plain('c.reopened > 0');
  // A claim that ran out is nobody's before anything has written so.
  else if (state === 'new') where.add(`(c.state = 'new' or (c.state = 'claimed' and (c.lease_until is null or c.lease_until <= ?)))`, look.now);
  else if (state === 'claimed') where.add(`c.state = 'claimed' and c.lease_until > ?`, look.now);
  else where.plain(`c.state = '${state}'`);
}

const isSet = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined;

const ago = (look: Looker, hours: number): Date => new Date(look.now.getTime() - hours * HOUR);

/**
 * The person's own narrowing. `orderIds` are those that the search text means. Where an index stands over an expression, both are said:
 * the expression, which finds the index, and the column, whose statistics tell the planner how few there are.
 */
export function addFilter(where: Where, filter: QueueFilterInput, look: Looker, orderIds: readonly string[] | null): Where {
  // By the rule that leads the case: what its row shows, and what the report counts.
  addAny(where, 'c.rule', filter.rules);
  addAny(where, 'c.carrier', filter.carriers?.flatMap((carrier) => [carrier, carrierId(carrier)]));
  addAny(where, 'c.shop', filter.shops);
  if (filter.owner) addOwner(where, filter.owner, look);
  if (filter.orderStatus) where.add('exists (select 1 from order_state s where s.order_id = c.order_id and s.order_status = ?)', filter.orderStatus);
  addAny(where, 'c.country', filter.countries?.map((country) => country.toUpperCase()));
  if (isSet(filter.minValue)) where.add('(coalesce(c.value_minor, -1) >= ?::bigint and c.value_minor >= ?::bigint)', filter.minValue);
  if (isSet(filter.maxValue)) where.add('c.value_minor <= ?::bigint', filter.maxValue);
  if (filter.due) addDue(where, filter.due, look, filter.zone);
  if (filter.promise) addPromise(where, filter.promise, look, filter.zone);
  if (isSet(filter.wroteWithinHours)) where.add(`(coalesce(c.contact_at, '-infinity'::timestamptz) > ? and c.contact_at > ?)`, ago(look, filter.wroteWithinHours));
  if (filter.state) addState(where, filter.state, look);
  if (filter.waitsFor) addWait(where, filter.waitsFor);
  if (isSet(filter.feedLate)) where.plain(filter.feedLate ? 'c.held' : 'not c.held');
  if (isSet(filter.minAgeHours)) where.add('c.opened_at <= ?', ago(look, filter.minAgeHours));
  if (isSet(filter.maxAgeHours)) where.add('c.opened_at > ?', ago(look, filter.maxAgeHours));
  if (filter.openedFrom) where.add('c.opened_at >= ?', filter.openedFrom);
  if (filter.openedTo) where.add('c.opened_at < ?', filter.openedTo);
  if (filter.resolvedFrom) where.add('c.resolved_at >= ?', filter.resolvedFrom);
  if (filter.resolvedTo) where.add('c.resolved_at < ?', filter.resolvedTo);
  if (orderIds) where.add('c.order_id = any(?::uuid[])', orderIds);
  return where;
}

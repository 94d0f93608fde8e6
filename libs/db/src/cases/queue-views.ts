import type { RuleId } from '@orderwatch/domain';
import type { Where } from '../reads/cursors.js';

export const QUEUE_VIEWS = ['mine', 'next_up', 'breaching', 'late', 'stuck', 'not_received', 'snoozed', 'all', 'resolved'] as const;
export type QueueViewName = (typeof QUEUE_VIEWS)[number];

export interface QueueFilterInput {
  readonly rules?: readonly string[] | null;
  readonly carriers?: readonly string[] | null;
  /** `me`, `nobody` or a person's id. */
  readonly owner?: string | null;
  readonly shops?: readonly string[] | null;
  readonly orderStatus?: string | null;
  readonly minAgeHours?: number | null;
  readonly maxAgeHours?: number | null;
  readonly resolvedFrom?: Date | null;
  readonly resolvedTo?: Date | null;
  readonly openedFrom?: Date | null;
  readonly openedTo?: Date | null;
}

export interface Looker {
  /** Null for a program: nothing is its own. */
  readonly personId: string | null;
  readonly now: Date;
}

const HOUR = 3_600_000;
/** In the statement itself: of a parameter the planner cannot know whether it means one case in two or none. */
const anyOf = (...rules: readonly RuleId[]): string => `c.rules && '{${rules.join(',')}}'::text[]`;
const LATE = anyOf('promise_missed', 'promise_slipped', 'partly_shipped');
const STUCK = anyOf('no_movement', 'not_picked_up', 'unfulfilled_late');
const NOT_RECEIVED = anyOf('delivered_not_received', 'missing_item');

const OPEN = `c.state <> 'resolved' and not c.backlog`;
const AWAKE = `(c.state <> 'snoozed' or c.snoozed_until <= ?)`;
const FREE = `(c.owner_id is null or c.lease_until is null or c.lease_until <= ?)`;

const CONDITIONS: Readonly<Record<QueueViewName, (where: Where, look: Looker) => void>> = {
  mine: (where, { personId, now }) => where.plain(OPEN).add('c.owner_id = ?', personId).plain(`c.state in ('claimed', 'waiting')`).add('c.lease_until > ?', now),
  next_up: (where, { now }) => where.plain(OPEN).add(FREE, now).add(AWAKE, now),
  breaching: (where, { now }) => where.plain(OPEN).add('c.due_at < ?', new Date(now.getTime() + HOUR)).add(AWAKE, now),
  late: (where, { now }) => where.plain(OPEN).plain(LATE).add(AWAKE, now),
  stuck: (where, { now }) => where.plain(OPEN).plain(STUCK).add(AWAKE, now),
  not_received: (where, { now }) => where.plain(OPEN).plain(NOT_RECEIVED).add(AWAKE, now),
  snoozed: (where, { now }) => where.plain(`c.state = 'snoozed' and not c.backlog`).add('c.snoozed_until > ?', now),
  all: (where) => where.plain(OPEN),
  resolved: (where) => where.plain(`c.state = 'resolved' and not c.backlog`),
};

/** What belongs to a view: narrow columns of `case_item c` under its partial indexes. */
export function addView(where: Where, view: QueueViewName, look: Looker, filter: QueueFilterInput = {}): Where {
  // "All that were opened in this time" are also those settled since: the rows behind the report's number.
  if (view === 'all' && (filter.openedFrom || filter.openedTo)) where.plain('not c.backlog');
  else CONDITIONS[view](where, look);
  return where;
}

/** Accepts a carrier as people see it and as it is stored. */
const carrierId = (carrier: string): string => carrier.trim().toLowerCase().replace(/\s+/g, '_');

function addOwner(where: Where, owner: string, look: Looker): void {
  if (owner === 'nobody') where.add(FREE, look.now);
  else where.add('c.owner_id::text = ?', owner === 'me' ? look.personId : owner);
}

/** One value is asked for as such: its rows then come out of the index in the order in which they are shown. */
function addAny(where: Where, column: string, values: readonly string[] | null | undefined): void {
  const all = [...new Set(values)];
  if (all.length === 1) where.add(`${column} = ?::text`, all[0]);
  else if (all.length > 1) where.add(`${column} = any(?::text[])`, all);
}

const ago = (look: Looker, hours: number): Date => new Date(look.now.getTime() - hours * HOUR);

/** The person's own narrowing. `orderIds` are those that the search text means. */
export function addFilter(where: Where, filter: QueueFilterInput, look: Looker, orderIds: readonly string[] | null): Where {
  // By the rule that leads the case: what its row shows, and what the report counts.
  addAny(where, 'c.rule', filter.rules);
  addAny(where, 'c.carrier', filter.carriers?.flatMap((carrier) => [carrier, carrierId(carrier)]));
  addAny(where, 'c.shop', filter.shops);
  if (filter.owner) addOwner(where, filter.owner, look);
  if (filter.orderStatus) where.add('exists (select 1 from order_state s where s.order_id = c.order_id and s.order_status = ?)', filter.orderStatus);
  if (filter.minAgeHours !== null && filter.minAgeHours !== undefined) where.add('c.opened_at <= ?', ago(look, filter.minAgeHours));
  if (filter.maxAgeHours !== null && filter.maxAgeHours !== undefined) where.add('c.opened_at > ?', ago(look, filter.maxAgeHours));
  if (filter.openedFrom) where.add('c.opened_at >= ?', filter.openedFrom);
  if (filter.openedTo) where.add('c.opened_at < ?', filter.openedTo);
  if (filter.resolvedFrom) where.add('c.resolved_at >= ?', filter.resolvedFrom);
  if (filter.resolvedTo) where.add('c.resolved_at < ?', filter.resolvedTo);
  if (orderIds) where.add('c.order_id = any(?::uuid[])', orderIds);
  return where;
}

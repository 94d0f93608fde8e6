import type { RuleId } from '@orderwatch/domain';
import type { Where } from '../reads/cursors.js';
import type { QueueFilterInput } from './queue-filter.js';

export const QUEUE_VIEWS = ['mine', 'next_up', 'breaching', 'late', 'stuck', 'not_received', 'snoozed', 'all', 'resolved'] as const;
export type QueueViewName = (typeof QUEUE_VIEWS)[number];

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
export const FREE = `(c.owner_id is null or c.lease_until is null or c.lease_until <= ?)`;

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

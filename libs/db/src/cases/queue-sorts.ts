import type { QueueViewName } from './queue-views.js';

/**
 * due: soonest, then the most valuable · age: oldest · promise: soonest, without one last · value: highest · contact: the customer wrote
 * last · change: changed last in what the customer can notice.
 */
export const QUEUE_SORTS = ['due', 'age', 'promise', 'value', 'contact', 'change'] as const;
export type QueueSortName = (typeof QUEUE_SORTS)[number];

/** How a list is sorted (by columns of `c`), its sort values as text, and what comes after them ($1, $2, $3 from the end). */
export interface Order {
  readonly by: string;
  readonly keys: string;
  after(n: number): string;
}

const instant = (column: string): string => `case when ${column} in ('infinity', '-infinity') then (${column})::text else to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') end`;
const VALUE = 'coalesce(c.value_minor, -1)';

/** Due, then value, then id. The first condition is what the index starts at; the second breaks ties. */
export const BY_DUE: Order = {
  by: `c.due_at, ${VALUE} desc, c.order_id`,
  keys: `${instant('c.due_at')} as k1, ${VALUE}::text as k2`,
  after: (n) => `c.due_at >= $${n}::timestamptz and (c.due_at > $${n}::timestamptz or ${VALUE} < $${n + 1}::bigint or (${VALUE} = $${n + 1}::bigint and c.order_id > $${n + 2}::uuid))`,
};
const BY_WAKING: Order = {
  by: 'c.snoozed_until, c.order_id',
  keys: `${instant('c.snoozed_until')} as k1, null::text as k2`,
  after: (n) => `$${n + 1}::text is null and (c.snoozed_until, c.order_id) > ($${n}::timestamptz, $${n + 2}::uuid)`,
};
const BY_RESOLVED: Order = {
  by: 'c.resolved_at desc, c.order_id',
  keys: `${instant('c.resolved_at')} as k1, null::text as k2`,
  after: (n) => `$${n + 1}::text is null and c.resolved_at <= $${n}::timestamptz and (c.resolved_at < $${n}::timestamptz or c.order_id > $${n + 2}::uuid)`,
};

/** By one expression that is never null, as in its index, and the id in the same direction. */
function byOne(expression: string, type: 'timestamptz' | 'bigint', direction: 'asc' | 'desc'): Order {
  return {
    by: `${expression} ${direction}, c.order_id ${direction}`,
    keys: `${type === 'bigint' ? `${expression}::text` : instant(expression)} as k1, null::text as k2`,
    after: (n) => `$${n + 1}::text is null and (${expression}, c.order_id) ${direction === 'asc' ? '>' : '<'} ($${n}::${type}, $${n + 2}::uuid)`,
  };
}

const CHOSEN: Readonly<Record<Exclude<QueueSortName, 'due'>, Order>> = {
  age: byOne('c.opened_at', 'timestamptz', 'asc'),
  promise: byOne(`coalesce(c.promised_at, 'infinity'::timestamptz)`, 'timestamptz', 'asc'),
  value: byOne(VALUE, 'bigint', 'desc'),
  contact: byOne(`coalesce(c.contact_at, '-infinity'::timestamptz)`, 'timestamptz', 'desc'),
  change: byOne(`coalesce(c.changed_at, '-infinity'::timestamptz)`, 'timestamptz', 'desc'),
};

/** What is settled is a store's whole past: it is listed newest first and in no other order. What is put off has its waking instead of a deadline. */
export function orderOf(view: QueueViewName, sort: QueueSortName | null | undefined = 'due'): Order {
  if (view === 'resolved') return BY_RESOLVED;
  if (sort && sort !== 'due') return CHOSEN[sort];
  return view === 'snoozed' ? BY_WAKING : BY_DUE;
}

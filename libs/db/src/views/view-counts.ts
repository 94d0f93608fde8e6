import { addFilter, type QueueFilterInput } from '../cases/queue-filter.js';
import { addView, type Looker, type QueueViewName } from '../cases/queue-views.js';
import { COUNT_CAP } from '../cases/queue-counts.js';
import { Where } from '../reads/cursors.js';
import type { Queryable } from '../transactions.js';

export interface ViewToCount {
  readonly view: QueueViewName;
  readonly filter: QueueFilterInput;
  /** What the filter's text means; null = no text. */
  readonly orderIds: readonly string[] | null;
}

/** These read by an index of their own; all others in the order of the open ones' index, never through a store's past. */
const BY_THEMSELVES: ReadonlySet<QueueViewName> = new Set(['mine', 'snoozed', 'resolved']);

/** How many cases each view holds now, up to {@link COUNT_CAP}: one statement, each part of which stops at the cap. */
export async function countViews(db: Queryable, views: readonly ViewToCount[], look: Looker): Promise<number[]> {
  if (views.length === 0) return [];
  const params: unknown[] = [];
  const parts = views.map(({ view, filter, orderIds }) => {
    const where = new Where();
    where.params.push(...params);
    addFilter(addView(where, view, look, filter), filter, look, orderIds);
    params.splice(0, params.length, ...where.params);
    return `(select count(*)::int from (select 1 from case_item c ${where.sql}${BY_THEMSELVES.has(view) ? '' : ' order by c.due_at'} limit ${COUNT_CAP}) x)`;
  });
  const [row] = await db.query<{ counts: number[] }>(`select array[${parts.join(',\n')}] as counts`, params);
  return row?.counts ?? [];
}

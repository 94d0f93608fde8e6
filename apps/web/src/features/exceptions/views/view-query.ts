import type { QueueFilter, SavedViewQuery } from '../../../gql';
import { filterOf, validateQueueSearch, type QueueSearch } from '../search';

/** What a view keeps of an address: what is listed and how, not the row in hand. */
export const queryOf = (search: QueueSearch): SavedViewQuery => ({
  view: search.view,
  ...(filterOf(search) ? { filter: filterOf(search) } : {}),
  ...(search.group && search.group !== 'none' ? { group: search.group } : {}),
  ...(search.sort && search.sort !== 'due' ? { sort: search.sort } : {}),
});

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

/** The address of a view; what of it is not understood any more is left out. */
export const searchOf = (id: string, query: unknown): QueueSearch => {
  const { view, filter, group, sort } = isObject(query) ? query : {};
  const { minAgeHours, maxAgeHours, wroteWithinHours, waitsFor, feedLate, zone: _zone, ...more } = (isObject(filter) ? filter : {}) as QueueFilter;
  return validateQueueSearch({ ...more, minAge: minAgeHours ?? undefined, maxAge: maxAgeHours ?? undefined, wrote: wroteWithinHours ?? undefined, waits: waitsFor ?? undefined, feed: typeof feedLate === 'boolean' ? (feedLate ? 'late' : 'on_time') : undefined, view, group, sort, saved: id });
};

const sorted = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(sorted) : isObject(value) ? Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined && each !== null).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, sorted(each)])) : value;

/** Whether the address shows something else than the view it came from. */
export const isChanged = (search: QueueSearch, saved: unknown): boolean => JSON.stringify(sorted(queryOf(search))) !== JSON.stringify(sorted(queryOf(searchOf('', saved))));

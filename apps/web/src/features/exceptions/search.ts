import type { QueueFilter, QueueView } from '../../gql';

/** What stands in the address of the queue. */
export interface QueueSearch {
  view: QueueView;
  /** The case in hand. */
  case?: string;
  rules?: string[];
  carriers?: string[];
  shops?: string[];
  owner?: string;
  text?: string;
  minAge?: number;
  maxAge?: number;
  openedFrom?: string;
  openedTo?: string;
  resolvedFrom?: string;
  resolvedTo?: string;
}

const views: readonly QueueView[] = ['mine', 'next_up', 'breaching', 'late', 'stuck', 'not_received', 'snoozed', 'all', 'resolved'];

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const list = (value: unknown): string[] | undefined => {
  const all = Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string' && each !== '') : [];
  const one = text(value);
  return all.length > 0 ? all : one ? one.split(',') : undefined;
};
const number = (value: unknown): number | undefined => {
  const n = typeof value === 'number' ? value : typeof value === 'string' && value !== '' ? Number(value) : Number.NaN;
  return Number.isFinite(n) && n >= 0 ? n : undefined;
};

const known = <T extends object>(fields: T): T => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;

/** Reads an address without ever failing on one: what is not understood is left out. */
export const validateQueueSearch = (search: Record<string, unknown>): QueueSearch =>
  known({
    view: views.find((view) => view === search['view']) ?? 'next_up',
    case: text(search['case']),
    rules: list(search['rules']),
    carriers: list(search['carriers']),
    shops: list(search['shops']),
    owner: text(search['owner']),
    text: text(search['text']),
    minAge: number(search['minAge']),
    maxAge: number(search['maxAge']),
    openedFrom: text(search['openedFrom']),
    openedTo: text(search['openedTo']),
    resolvedFrom: text(search['resolvedFrom']),
    resolvedTo: text(search['resolvedTo']),
  }) as QueueSearch;

/** The server's filter for an address; undefined when nothing is filtered. */
export const filterOf = (search: QueueSearch): QueueFilter | undefined => {
  const { rules, carriers, shops, owner, text: words, minAge, maxAge, openedFrom, openedTo, resolvedFrom, resolvedTo } = search;
  const filter = known({ rules, carriers, shops, owner, text: words, minAgeHours: minAge, maxAgeHours: maxAge, openedFrom, openedTo, resolvedFrom, resolvedTo });
  return Object.keys(filter).length > 0 ? (filter as QueueFilter) : undefined;
};

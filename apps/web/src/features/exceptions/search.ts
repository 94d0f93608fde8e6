import type { QueueDue, QueueFilter, QueuePromise, QueueSort, QueueState, QueueView, QueueWait } from '../../gql';
import { textOf } from '../../shared/address/text-of';
import { ownZone } from '../../shared/zone';
import { groupings, type Grouping } from './grouping/groupings';
import { sorts } from './sorts';

/** Whether what is listed may be our own feed's silence. */
export type Feed = 'late' | 'on_time';

/** What stands in the address of the queue. */
export interface QueueSearch {
  view: QueueView;
  /** The case in hand. */
  case?: string;
  /** The saved view that this address came from. */
  saved?: string;
  group?: Grouping;
  /** Absent or `due`: the view's own. */
  sort?: QueueSort;
  rules?: string[];
  carriers?: string[];
  shops?: string[];
  owner?: string;
  text?: string;
  countries?: string[];
  /** Minor units. */
  minValue?: number;
  maxValue?: number;
  due?: QueueDue;
  promise?: QueuePromise;
  /** The customer wrote within so many hours. */
  wrote?: number;
  state?: QueueState;
  waits?: QueueWait;
  feed?: Feed;
  minAge?: number;
  maxAge?: number;
  openedFrom?: string;
  openedTo?: string;
  resolvedFrom?: string;
  resolvedTo?: string;
}

const views: readonly QueueView[] = ['mine', 'next_up', 'breaching', 'late', 'stuck', 'not_received', 'snoozed', 'all', 'resolved'];

export const dues = ['breached', 'hour', 'today'] as const satisfies readonly QueueDue[];
export const promises = ['passed', 'today', 'week', 'none'] as const satisfies readonly QueuePromise[];
export const states = ['new', 'claimed', 'waiting', 'snoozed', 'reopened'] as const satisfies readonly QueueState[];
export const waits = ['customer', 'carrier', 'warehouse', 'refund', 'approval'] as const satisfies readonly QueueWait[];
export const feeds = ['late', 'on_time'] as const satisfies readonly Feed[];

const oneOf = <T extends string>(all: readonly T[], value: unknown): T | undefined => all.find((each) => each === value);

const list = (value: unknown): string[] | undefined => {
  const all = Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string' && each !== '') : [];
  const one = textOf(value);
  return all.length > 0 ? all : one ? one.split(',') : undefined;
};
const MOST = 2_147_483_647;
const number = (value: unknown): number | undefined => {
  const n = typeof value === 'number' ? value : typeof value === 'string' && value !== '' ? Number(value) : Number.NaN;
  return Number.isInteger(n) && n >= 0 && n <= MOST ? n : undefined;
};

const known = <T extends object>(fields: T): T => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;

/** Reads an address without ever failing on one: what is not understood is left out. */
export const validateQueueSearch = (search: Record<string, unknown>): QueueSearch =>
  known({
    view: oneOf(views, search['view']) ?? 'next_up',
    case: textOf(search['case']),
    saved: textOf(search['saved']),
    group: oneOf(groupings, search['group']),
    sort: oneOf(sorts, search['sort']),
    rules: list(search['rules']),
    carriers: list(search['carriers']),
    shops: list(search['shops']),
    owner: textOf(search['owner']),
    text: textOf(search['text']),
    countries: list(search['countries']),
    minValue: number(search['minValue']),
    maxValue: number(search['maxValue']),
    due: oneOf(dues, search['due']),
    promise: oneOf(promises, search['promise']),
    wrote: number(search['wrote']),
    state: oneOf(states, search['state']),
    waits: oneOf(waits, search['waits']),
    feed: oneOf(feeds, search['feed']),
    minAge: number(search['minAge']),
    maxAge: number(search['maxAge']),
    openedFrom: textOf(search['openedFrom']),
    openedTo: textOf(search['openedTo']),
    resolvedFrom: textOf(search['resolvedFrom']),
    resolvedTo: textOf(search['resolvedTo']),
  }) as QueueSearch;

/** The server's filter for an address; undefined when nothing is filtered. */
export const filterOf = (search: QueueSearch): QueueFilter | undefined => {
  const { rules, carriers, shops, owner, text: words, minAge, maxAge, openedFrom, openedTo, resolvedFrom, resolvedTo, countries, minValue, maxValue, due, promise, wrote, state, waits: waitsFor, feed } = search;
  // Only a day needs to know where it begins.
  const zone = due === 'today' || promise === 'today' ? ownZone() : undefined;
  const filter = known({ rules, carriers, shops, owner, text: words, minAgeHours: minAge, maxAgeHours: maxAge, openedFrom, openedTo, resolvedFrom, resolvedTo, countries, minValue, maxValue, due, promise, zone, wroteWithinHours: wrote, state, waitsFor, feedLate: feed && feed === 'late' });
  return Object.keys(filter).length > 0 ? (filter as QueueFilter) : undefined;
};

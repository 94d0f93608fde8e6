import { z } from 'zod';
import { QueueView, type QueueFilter } from '../queue/queue.types.js';
import type { SavedViewQuery } from './saved-view.types.js';

/** What is kept of a view, read back. */
export interface KeptQuery {
  readonly view: QueueView;
  readonly filter: QueueFilter;
}

/** Sorts, groups and columns are the screen's words; whether one exists, the address says when it is opened. */
const word = z.string().regex(/^-?[a-zA-Z][a-zA-Z0-9._-]{0,39}$/);
const words = z.object({ sort: word.nullish(), group: word.nullish(), columns: z.array(word).max(40).nullish() });

const MOST_BYTES = 8_000;

/** Times in a filter; the others are text and numbers, which JSON gives back as they were. */
const TIMES = ['resolvedFrom', 'resolvedTo', 'openedFrom', 'openedTo'] as const satisfies readonly (keyof QueueFilter)[];

const filled = (fields: object): [string, unknown][] => Object.entries(fields).filter(([, value]) => value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0));

/** As JSON, without what says nothing; undefined when it is none of a queue. GraphQL has seen to the view and the filter's shape. */
export function writeQuery({ view, filter, sort, group, columns }: SavedViewQuery): string | undefined {
  const shown = words.safeParse({ sort, group, columns });
  if (!shown.success) return undefined;
  const kept = filled(filter ?? {});
  const text = JSON.stringify({ view, ...(kept.length > 0 ? { filter: Object.fromEntries(kept) } : {}), ...Object.fromEntries(filled(shown.data)) });
  return text.length <= MOST_BYTES ? text : undefined;
}

const keptSchema = z.object({ view: z.enum(QueueView), filter: z.record(z.string(), z.unknown()).default({}) });

/** Undefined: kept by a version whose views this one does not know. */
export function readQuery(text: string): KeptQuery | undefined {
  const read = keptSchema.safeParse(JSON.parse(text));
  if (!read.success) return undefined;
  const filter: Record<string, unknown> = { ...read.data.filter };
  for (const time of TIMES) if (typeof filter[time] === 'string') filter[time] = new Date(filter[time]);
  return { view: read.data.view, filter: filter as QueueFilter };
}

import type { Message } from './corpus.js';
import { Random } from './random.js';

/** What makes an order of arrival as bad as the world's; shares of all events. */
export interface Disturbance {
  /** Told again: half of them byte by byte, half written anew by somebody on the way. */
  readonly duplicates: number;
  /** Arrive a week after the rest. */
  readonly late: number;
}

export const DISTURBANCE: Disturbance = { duplicates: 0.3, late: 0.05 };

/** One telling of an event: which, in whose writing, and when it arrives. */
export interface Arrival {
  /** Position of the event. */
  readonly event: number;
  readonly isRewritten: boolean;
}

/** Every event at least once, in any order, some late, some again. */
export function disturb(events: number, seed: string, { duplicates, late }: Disturbance = DISTURBANCE): Arrival[] {
  const random = new Random('disturb', seed);
  const arrivals: Arrival[][] = [[], []];
  const arrive = (event: number, isRewritten: boolean): void => void arrivals[random.chance(late) ? 1 : 0]?.push({ event, isRewritten });
  for (let event = 0; event < events; event += 1) {
    const isRepeated = random.chance(duplicates);
    const isRewritten = isRepeated && random.chance(0.5);
    // Which of the two comes first is up to the shuffle.
    arrive(event, false);
    if (isRepeated) arrive(event, isRewritten);
  }
  return arrivals.flatMap((week) => random.shuffle(week));
}

/** The same event as another program would write it: other order of keys, white space, escapes. Numbers keep their digits. */
export function rewrite(text: string, random: Random): string {
  return written(JSON.parse(text), random, random.chance(0.5) ? ' ' : '');
}

function written(value: unknown, random: Random, gap: string): string {
  if (Array.isArray(value)) return `[${gap}${value.map((item) => written(item, random, gap)).join(`,${gap}`)}]`;
  if (typeof value === 'string') return JSON.stringify(value).replaceAll(/[^\x20-\x7e]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).replaceAll('/', '\\/');
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const pairs = random.shuffle(Object.entries(value)).map(([key, item]) => `${JSON.stringify(key)}${gap}:${gap}${written(item, random, gap)}`);
  return `{${gap}${pairs.join(`,\n${gap}`)}${gap}}`;
}

/** A request to the feed: one event, or several as a batch. */
export interface Telling {
  readonly message: Message;
  /** Id of the delivery (`webhook-id`). */
  readonly id: string;
  readonly events: number;
}

/** Sizes of requests: many carry one event, few as many as the contract allows. */
const SIZES = [1, 1, 1, 1, 2, 5, 20, 60, 200, 1000] as const;

/** Of all requests, how many are sent again as they are, id and all: the answer to the first was lost on its way. */
const RETRIED = 0.02;

/** Packs arrivals into requests. `texts`: the events as their source writes them. */
export function* tellings(texts: readonly string[], arrivals: readonly Arrival[], seed: string, sizes: readonly number[] = SIZES): Generator<Telling> {
  const random = new Random('tellings', seed);
  for (let from = 0, request = 0; from < arrivals.length; request += 1) {
    const some = arrivals.slice(from, from + random.pick(sizes));
    from += some.length;
    const bodies = some.map(({ event, isRewritten }) => (isRewritten ? rewrite(texts[event] ?? '', random) : (texts[event] ?? '')));
    const text = bodies.length === 1 ? bodies.join('') : `[${bodies.join(',')}]`;
    const telling: Telling = { message: { connection: 'events', body: Buffer.from(text) }, id: `${seed}-${request}`, events: some.length };
    yield telling;
    if (random.chance(RETRIED)) yield telling;
  }
}

/** As they happened, each once. */
export const inOrder = (events: number): Arrival[] => Array.from({ length: events }, (_, event) => ({ event, isRewritten: false }));

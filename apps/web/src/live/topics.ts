import type { Change, Topic } from '@orderwatch/contract';
import type { QueryKey } from '@tanstack/react-query';
import { queryKeys } from '../shared/query-keys';
import type { Pace } from './coalescer';

/** One kind of answer that a topic's changes make old, and how often it may be read again. */
export interface Effect extends Pace {
  key: QueryKey;
}

/** Lists of work: three reads a second when many changes come; while they come singly, each is shown at once. */
const LIST: Pace = { everyMs: 340, calmMs: 40 };
const BLINK = 500;
const REPORT = 5000;

const lists: Readonly<Record<'queue' | 'approvals' | 'health' | 'report', readonly Effect[]>> = {
  queue: [
    { key: queryKeys.queue, ...LIST },
    { key: queryKeys.counts, everyMs: BLINK },
    { key: queryKeys.stuck, everyMs: BLINK },
    { key: queryKeys.report, everyMs: REPORT },
  ],
  approvals: [
    { key: queryKeys.approvals, ...LIST },
    { key: queryKeys.counts, everyMs: BLINK },
  ],
  health: [
    { key: queryKeys.health, everyMs: BLINK },
    { key: queryKeys.deadLetters, everyMs: BLINK },
    { key: queryKeys.stuck, everyMs: BLINK },
    { key: queryKeys.counts, everyMs: BLINK },
  ],
  report: [
    { key: queryKeys.report, everyMs: REPORT },
    { key: queryKeys.orders, everyMs: REPORT },
  ],
};

const orderEffects = (id: string): readonly Effect[] => [
  { key: queryKeys.order(id), everyMs: BLINK },
  { key: queryKeys.exceptionCase(id), everyMs: BLINK },
];

/** Everything a topic keeps fresh. The one table that knows both the socket's names and the cache's. */
export const effectsOf = (topic: Topic): readonly Effect[] =>
  topic.startsWith('order:') ? orderEffects(topic.slice('order:'.length)) : lists[topic as keyof typeof lists];

/** The same for one message: a case's own page is refreshed too, whether or not its order's topic was joined. */
export const effectsOfChange = (change: Change): readonly Effect[] =>
  change.entity === 'case' && change.topic === 'queue' ? [...effectsOf(change.topic), ...orderEffects(change.id)] : effectsOf(change.topic);

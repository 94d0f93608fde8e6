import type { Seq } from './live.js';

export const PRESENCE_BEAT_SECONDS = 15;
/** Who was not heard of for this long has left. */
export const PRESENCE_TTL_SECONDS = 40;

/** Socket event names: server pushes `change`, `beat` and `presence`; client sends `subscribe`, `unsubscribe`, `resume`, `presence`, `ping_app`. */
export const LIVE_EVENTS = { change: 'change', beat: 'beat', presence: 'presence', subscribe: 'subscribe', unsubscribe: 'unsubscribe', resume: 'resume', ping: 'ping_app' } as const;

/** Rooms that are not of one order; that one is `order:<uuid>`. */
export const ROOMS = ['queue', 'approvals', 'health', 'report'] as const;
/** What a change can be of. */
export const ENTITIES = ['case', 'order', 'remedy', 'cohort', 'delegation', 'source', 'dead_letter'] as const;
/** What somebody can be doing at an order beyond reading it. */
export const DOINGS = ['note', 'snooze', 'resolve', 'refund', 'reship', 'credit', 'reply'] as const;
/** How somebody who is at an order is there. */
export const PRESENCES = ['viewing', 'away', 'acting'] as const;

/** Seconds between two beats. */
export const BEAT_SECONDS = 10;

/** Compares two positions; negative when `a` is earlier. */
export function compareSeq(a: Seq, b: Seq): number {
  const [ax = '0', ai = '0'] = a.split('.');
  const [bx = '0', bi = '0'] = b.split('.');
  const x = BigInt(ax) - BigInt(bx);
  const d = x === 0n ? BigInt(ai) - BigInt(bi) : x;
  return d < 0n ? -1 : d > 0n ? 1 : 0;
}

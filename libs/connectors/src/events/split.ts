import { canonicalText, isObject, readJsonItems, TooDeepItem } from '../json.js';
import { sha256 } from '../ids.js';
import { rfc3339Of } from '../instant.js';
import { CheckedEvent, checkEvent } from './map.js';

/** One event of a request, ready for the inbox: valid ones with their key, the others with what is wrong. */
export interface FeedItem {
  readonly index: number;
  readonly id: string;
  /** The bytes kept for this event alone. */
  readonly body: Buffer;
  /** Hash of source and id; null when the event names none. */
  readonly deliveryKey: string | null;
  /** Hash of the content without `receivedat`: the same key with another one is `id_reused`. */
  readonly contentHash: string;
  readonly error: string | null;
  /** For {@link Delivery.checked}; null when it is not valid. */
  readonly checked: CheckedEvent | null;
  /** Imports: when it was known at the time, ISO; null = now. The live feed ignores it. */
  readonly receivedAt: string | null;
  /** Imports: why `receivedat` cannot be read; such a line must not pass as known now. */
  readonly receivedAtError: string | null;
}

/** Most events one request may carry. */
export const LARGEST_BATCH = 1000;

/** Splits a request into its events: one, or an array of up to {@link LARGEST_BATCH}. What cannot be read at all is one rejected item. */
export function splitEvents(body: Buffer): FeedItem[] {
  const read = readJsonItems(body);
  if (!read.ok) return [rejected(0, '', body, read.error)];
  const { isPlain } = read;
  if (!Array.isArray(read.value)) return [itemOf(read.value, 0, body, isPlain)];
  if (read.value.length > LARGEST_BATCH) return [rejected(0, '', body, `A batch holds at most ${LARGEST_BATCH} events; this one has ${read.value.length}.`)];
  return read.value.map((value, index) => (value instanceof TooDeepItem ? rejected(index, '', Buffer.concat([body, Buffer.from(`\n${index}`)]), value.error) : itemOf(value, index, Buffer.from(canonicalText(value, isPlain)), isPlain)));
}

function rejected(index: number, id: string, body: Buffer, error: string): FeedItem {
  return { index, id, body, deliveryKey: null, contentHash: sha256(body), error, checked: null, receivedAt: null, receivedAtError: null };
}

function itemOf(value: unknown, index: number, body: Buffer, isPlain: boolean): FeedItem {
  const id = isObject(value) && typeof value['id'] === 'string' ? value['id'].slice(0, 500) : '';
  const checked = checkEvent(value);
  if (!(checked instanceof CheckedEvent)) return rejected(index, id, body, checked.error);
  const { receivedat, ...content } = value as Record<string, unknown>;
  return {
    index, id, body, error: null, checked, deliveryKey: sha256(JSON.stringify([checked.event.source, checked.event.id])), contentHash: sha256(canonicalText(content, isPlain)),
    ...readReceivedAt(receivedat),
  };
}

function readReceivedAt(value: unknown): Pick<FeedItem, 'receivedAt' | 'receivedAtError'> {
  if (value === undefined || value === null) return { receivedAt: null, receivedAtError: null };
  if (typeof value !== 'string' || rfc3339Of(value) === undefined) return { receivedAt: null, receivedAtError: 'receivedat must be an RFC 3339 date-time with an offset, between 1990 and 2100' };
  return { receivedAt: value, receivedAtError: null };
}

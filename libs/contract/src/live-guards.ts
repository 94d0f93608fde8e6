import type { Beat, Change, Present, Seq, Topic } from './live.js';
import { DOINGS, ENTITIES, PRESENCES, ROOMS } from './live-names.js';

/**
 * The schemas of `live.ts` by hand, for the page: it takes what the socket brings as strictly as they do, and carries none of the library that
 * they are written in. A test holds the two together.
 */

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
/** Made by braces or read from JSON: no class of anybody's. */
const isRecord = (value: unknown): value is Fields => isObject(value) && [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null);
const isText = (value: unknown): value is string => typeof value === 'string';
const isTextOrNull = (value: unknown): value is string | null => value === null || isText(value);
const isOneOf = <T extends string>(all: readonly T[], value: unknown): value is T => (all as readonly unknown[]).includes(value);

const UUID = /^(?:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|0{8}-0{4}-0{4}-0{4}-0{12}|f{8}-f{4}-f{4}-f{4}-f{12})$/;

export const isTopic = (value: unknown): value is Topic => isOneOf(ROOMS, value) || (isText(value) && /^order:[0-9a-f-]{36}$/.test(value));
const isSeq = (value: unknown): value is Seq => isText(value) && /^\d+\.\d+$/.test(value);
const isSeqOrNull = (value: unknown): value is Seq | null => value === null || isSeq(value);
const isCause = (value: unknown): value is Change['cause'] => isObject(value) && isTextOrNull(value['actor']) && isTextOrNull(value['mutationId']);

/** As `changeSchema`. */
export const isChange = (value: unknown): value is Change =>
  isObject(value) &&
  isTopic(value['topic']) &&
  (value['seq'] === undefined || isSeq(value['seq'])) &&
  (value['prev'] === undefined || isSeqOrNull(value['prev'])) &&
  isOneOf(ENTITIES, value['entity']) &&
  isText(value['id']) &&
  Number.isSafeInteger(value['version']) &&
  Array.isArray(value['changed']) && value['changed'].every(isText) &&
  (value['patch'] === undefined || isRecord(value['patch'])) &&
  isText(value['at']) &&
  isCause(value['cause']);

/** As `beatSchema`. */
export const isBeat = (value: unknown): value is Beat =>
  isObject(value) && isText(value['serverTime']) && isRecord(value['seq']) && Object.values(value['seq']).every(isSeqOrNull) && (value['refetch'] === undefined || typeof value['refetch'] === 'boolean');

const isPerson = (value: unknown): value is Present['people'][number] =>
  isObject(value) && isText(value['id']) && isText(value['name']) && isOneOf(PRESENCES, value['state']) && (value['doing'] === null || isOneOf(DOINGS, value['doing']));

/** As `presentSchema`. */
export const isPresent = (value: unknown): value is Present =>
  isObject(value) && isText(value['orderId']) && UUID.test(value['orderId']) && Array.isArray(value['people']) && value['people'].every(isPerson);

import { isAscii } from 'node:buffer';
import { canonicalJson } from '@orderwatch/domain';

/**
 * A number as it stands in the source text: 64-bit ids keep every digit, amounts never pass a float. Written in one way, since
 * whoever prints a payload again prints 12.50 as 12.5, and that is no other payload.
 */
export class NumberText {
  readonly text: string;

  constructor(source: string) {
    this.text = plainDecimal(source);
  }
}

const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/;
/** Beyond that an exponent is left as it is: nothing we read is that large or small. */
const LARGEST_SHIFT = 60;

/** A JSON number without exponent, idle zeros or a sign on nothing: the same digits, one spelling. */
function plainDecimal(source: string): string {
  const [, sign = '', whole, fraction = '', exponent = '0'] = NUMBER.exec(source) ?? [];
  const shift = Number(exponent);
  if (whole === undefined || Math.abs(shift) > LARGEST_SHIFT) return source;
  const digits = `${'0'.repeat(Math.max(0, -shift))}${whole}${fraction}${'0'.repeat(Math.max(0, shift - fraction.length))}`;
  const point = Math.max(0, -shift) + whole.length + shift;
  const integer = digits.slice(0, point).replace(/^0+(?=\d)/, '') || '0';
  const rest = digits.slice(point).replace(/0+$/, '');
  const text = rest === '' ? integer : `${integer}.${rest}`;
  return text === '0' ? text : sign + text;
}

/** Levels of nesting a payload may have; real ones have fewer than twenty. */
const DEEPEST = 64;

export type Read = { readonly ok: true; readonly value: unknown; readonly isPlain: boolean } | { readonly ok: false; readonly error: string };

/**
 * Whether a JSON text holds no backslash: then nothing in its strings needs one to be printed, for quotes, control characters and
 * lone surrogates come with a backslash only. Told by one search for a byte; printing looks at every character.
 */
const isPlain = (text: string): boolean => !text.includes('\\');

/** Nesting of the text, counted without recursion and without parsing. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let i = 0; i < text.length; i += 1) {
    const c = text.charCodeAt(i);
    if (inString) {
      if (c === 92) i += 1;
      else if (c === 34) inString = false;
    } else if (c === 34) inString = true;
    else if (c === 123 || c === 91) deepest = Math.max(deepest, (depth += 1));
    else if (c === 125 || c === 93) depth -= 1;
  }
  return deepest;
}

/** Text that any store takes: U+0000 and lone surrogates are legal JSON and break what comes after it. */
export function cleanText(text: string): string {
  if (text.isWellFormed() && !text.includes('\u0000')) return text;
  return text.toWellFormed().replaceAll('\u0000', '\uFFFD');
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * A number of more digits than a double holds, or with an exponent. Also finds some that stand inside of strings, which costs
 * time and nothing else.
 */
const LOSSY_NUMBER = /(?:"\s*:|[[,])\s*-?(?:[\d.]{16}|[\d.]+[eE])|^\s*[-\d]/;

/** An item of a list that is nested too deep to be read; its neighbours are none the worse. */
export class TooDeepItem {
  constructor(readonly error: string) {}
}

/** Reads bytes as JSON: strict UTF-8, bounded depth, numbers as their text, strings cleaned. Never throws. */
export function readJson(body: Buffer): Read {
  return read(body, (value, reading) => settle(value, 1, reading));
}

/** The same for a list: an item that is nested too deep is a {@link TooDeepItem} in its place. */
export function readJsonItems(body: Buffer): Read {
  return read(body, (value, reading) => {
    if (!Array.isArray(value)) return settle(value, 1, reading);
    return value.map((item) => {
      try {
        return settle(item, 1, reading);
      } catch (error) {
        if (error instanceof TooDeep) return new TooDeepItem(`It is nested more than ${DEEPEST} levels deep.`);
        throw error;
      }
    });
  });
}

function read(body: Buffer, take: (value: unknown, reading: Reading) => unknown): Read {
  let text: string;
  try {
    text = isAscii(body) ? body.toString('latin1') : decoder.decode(body);
  } catch {
    return { ok: false, error: 'The body is not UTF-8 text.' };
  }
  try {
    const reading: Reading = { escaped: text.includes('\\u'), hasNumbers: false };
    const value = take(JSON.parse(text), reading);
    if (!reading.hasNumbers || !LOSSY_NUMBER.test(text)) return { ok: true, value, isPlain: isPlain(text) };
    // The plain parser is several times faster than one with a reviver, which alone is told the source of a number.
    return { ok: true, value: take(depthOf(text) > DEEPEST ? JSON.parse(text) : JSON.parse(text, revive), reading), isPlain: isPlain(text) };
  } catch (error) {
    return { ok: false, error: complaintOf(text, error) };
  }
}

interface Reading {
  /** Only an escape can bring U+0000 or a lone surrogate into a string of valid UTF-8. */
  readonly escaped: boolean;
  hasNumbers: boolean;
}

class TooDeep extends Error {}

/** Makes of a parsed value what {@link readJson} answers, in place. */
function settle(value: unknown, depth: number, reading: Reading): unknown {
  if (typeof value === 'string') return reading.escaped ? cleanText(value) : value;
  if (typeof value === 'number') {
    reading.hasNumbers = true;
    return new NumberText(String(value));
  }
  if (value === null || typeof value !== 'object' || value instanceof NumberText) return value;
  if (depth > DEEPEST) throw new TooDeep();
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i += 1) value[i] = settle(value[i], depth + 1, reading);
    return value;
  }
  const object = value as Record<string, unknown>;
  for (const key of Object.keys(object)) {
    const before = object[key];
    const after = settle(before, depth + 1, reading);
    // `__proto__` is a key like any other to a JSON text, but not to an assignment.
    if (after !== before) Object.defineProperty(object, key, { value: after, writable: true, enumerable: true, configurable: true });
  }
  return object;
}

function complaintOf(text: string, error: unknown): string {
  if (text.trim() === '') return 'The body is empty.';
  const depth = depthOf(text);
  if (depth > DEEPEST) return `The body is nested ${depth} levels deep; at most ${DEEPEST} are read.`;
  return `The body is not JSON: ${error instanceof Error ? withoutQuote(cleanText(error.message)) : 'unreadable'}`;
}

/** The parser quotes the text around the mistake, which may be somebody's address; the reason is read by people and programs who may not know it. */
function withoutQuote(message: string): string {
  return message.replace(/,? (\.\.\.)?".*"(\.\.\.)? is not valid JSON$/s, '');
}

function revive(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value === 'number') return new NumberText(context?.source ?? String(value));
  if (typeof value === 'string') return cleanText(value);
  return value;
}

/** JSON text with sorted keys and numbers as they were written. @param isPlain what {@link Read} says of the text the value came from. */
export function canonicalText(value: unknown, isPlain = false): string {
  if (isPlain) return printed(value, quoted);
  return hasNumber(value) ? printed(value, JSON.stringify) : canonicalJson(value);
}

const quoted = (text: string): string => `"${text}"`;

function hasNumber(value: unknown): boolean {
  if (value === null || typeof value !== 'object') return false;
  if (value instanceof NumberText) return true;
  return Array.isArray(value) ? value.some(hasNumber) : Object.values(value).some(hasNumber);
}

function printed(value: unknown, quote: (text: string) => string): string {
  if (typeof value === 'string') return quote(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (value instanceof NumberText) return value.text;
  if (Array.isArray(value)) return `[${value.map((item) => printed(item, quote)).join(',')}]`;
  const object = value as Record<string, unknown>;
  let text = '{';
  for (const key of Object.keys(object).sort()) text += `${text.length > 1 ? ',' : ''}${quote(key)}:${printed(object[key], quote)}`;
  return `${text}}`;
}

/** Whether it is an object (no array, no number text). */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof NumberText);
}

import { isAscii } from 'node:buffer';
import { canonicalJson } from '@orderwatch/domain';

/** A number as it stands in the source text: 64-bit ids keep every digit, amounts never pass a float. */
export class NumberText {
  constructor(readonly text: string) {}
}

/** Levels of nesting a payload may have; real ones have fewer than twenty. */
const DEEPEST = 64;

export type Read = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: string };

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
 * A number whose text is not what JavaScript prints for its value: a fraction, an exponent, more digits than a double holds, -0.
 * Also finds some that stand inside of strings, which costs time and nothing else.
 */
const LOSSY_NUMBER = /(?:"\s*:|[[,])\s*-?(?:\d+[.eE]|\d{16})|(?:"\s*:|[[,])\s*-0|^\s*[-\d]/;

/** Reads bytes as JSON: strict UTF-8, bounded depth, numbers as their text, strings cleaned. Never throws. */
export function readJson(body: Buffer): Read {
  let text: string;
  try {
    text = isAscii(body) ? body.toString('latin1') : decoder.decode(body);
  } catch {
    return { ok: false, error: 'The body is not UTF-8 text.' };
  }
  try {
    const reading: Reading = { escaped: text.includes('\\u'), hasNumbers: false };
    const value = settle(JSON.parse(text), 1, reading);
    // The plain parser is several times faster than one with a reviver, which alone is told the source of a number.
    return { ok: true, value: reading.hasNumbers && LOSSY_NUMBER.test(text) ? JSON.parse(text, revive) : value };
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
  if (value === null || typeof value !== 'object') return value;
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

/** JSON text with sorted keys and numbers as they were written. */
export function canonicalText(value: unknown): string {
  return hasNumber(value) ? canonicalWithNumbers(value) : canonicalJson(value);
}

function hasNumber(value: unknown): boolean {
  if (value === null || typeof value !== 'object') return false;
  if (value instanceof NumberText) return true;
  return Array.isArray(value) ? value.some(hasNumber) : Object.values(value).some(hasNumber);
}

function canonicalWithNumbers(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (value instanceof NumberText) return value.text;
  if (Array.isArray(value)) return `[${value.map(canonicalWithNumbers).join(',')}]`;
  const object = value as Record<string, unknown>;
  let text = '{';
  for (const key of Object.keys(object).sort()) text += `${text.length > 1 ? ',' : ''}${JSON.stringify(key)}:${canonicalWithNumbers(object[key])}`;
  return `${text}}`;
}

/** Whether it is an object (no array, no number text). */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof NumberText);
}

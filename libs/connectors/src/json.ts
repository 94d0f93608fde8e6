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
  return text.toWellFormed().replaceAll('\u0000', '\uFFFD');
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/** Reads bytes as JSON: strict UTF-8, bounded depth, numbers as their text, strings cleaned. Never throws. */
export function readJson(body: Buffer): Read {
  let text: string;
  try {
    text = decoder.decode(body);
  } catch {
    return { ok: false, error: 'The body is not UTF-8 text.' };
  }
  if (text.trim() === '') return { ok: false, error: 'The body is empty.' };
  const depth = depthOf(text);
  if (depth > DEEPEST) return { ok: false, error: `The body is nested ${depth} levels deep; at most ${DEEPEST} are read.` };
  try {
    return { ok: true, value: JSON.parse(text, revive) };
  } catch (error) {
    return { ok: false, error: `The body is not JSON: ${error instanceof Error ? withoutQuote(cleanText(error.message)) : 'unreadable'}` };
  }
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
  if (value instanceof NumberText) return value.text;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${canonicalText(v)}`).join(',')}}`;
}

/** Whether it is an object (no array, no number text). */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof NumberText);
}

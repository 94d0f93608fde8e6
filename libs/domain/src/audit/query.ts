import { DAY, HOUR, MINUTE, type Instant } from '../shared/time.js';
import { AUDIT_RESULTS, type AuditResult } from './result.js';

/** What an entry must be like; with `not`, must not. */
export type AuditTerm = { readonly not: boolean } & (
  | { readonly field: 'actor' | 'order' | 'currency' | 'request' | 'text'; readonly text: string }
  | { readonly field: 'result'; readonly result: AuditResult }
  /** `*` stands for anything; `refund.*` also finds what was done to remedies of that kind. */
  | { readonly field: 'action'; readonly pattern: string }
  /** Major units as plain decimal text, of whatever currency the entry names. */
  | { readonly field: 'amount'; readonly min: Bound | null; readonly max: Bound | null }
  /** `from` inclusive, `to` exclusive. */
  | { readonly field: 'time'; readonly from: Instant | null; readonly to: Instant | null }
);

export interface Bound {
  readonly value: string;
  readonly isOpen: boolean;
}

export interface AuditQuery {
  readonly terms: readonly AuditTerm[];
  /** Each condition as it was typed, in the terms' order. */
  readonly tokens: readonly string[];
  /** What of the text could not be understood, in words; the rest counts. */
  readonly wrong: readonly string[];
}

const LONGEST = 500;
const MOST_TERMS = 20;
const TOKEN = /(-?)(?:([a-zA-Z]+):)?(?:"([^"]*)"?|(\S*))/g;
const NUMBER = String.raw`\d{1,12}(?:\.\d{1,3})?`;
const AMOUNT = new RegExp(`^(>=|<=|>|<|=)?(${NUMBER})$`);
const RANGE = new RegExp(`^(${NUMBER})\\.\\.(${NUMBER})$`);
const UNITS: Readonly<Record<string, number>> = { m: MINUTE, h: HOUR, d: DAY };

/** Reads what a person typed into the audit's search: `actor:ana action:refund.* order:10482 amount:>100 since:2026-11-01 -result:ok lost`. */
export function parseAuditQuery(text: string, now: Instant): AuditQuery {
  const terms: AuditTerm[] = [];
  const tokens: string[] = [];
  const wrong: string[] = text.length > LONGEST ? [`Only the first ${LONGEST} characters count.`] : [];
  for (const [typed, minus, name, quoted, plain] of text.slice(0, LONGEST).matchAll(TOKEN)) {
    const value = quoted ?? plain ?? '';
    if (value === '') {
      if (name !== undefined) wrong.push(`${name}: names nothing.`);
      continue;
    }
    const term = name === undefined ? { field: 'text' as const, text: value } : termOf(name.toLowerCase(), value, now);
    if (typeof term === 'string') wrong.push(term);
    else if (terms.length < MOST_TERMS) {
      terms.push({ ...term, not: minus === '-' });
      tokens.push(typed);
    } else if (terms.length === MOST_TERMS) wrong.push(`Only the first ${MOST_TERMS} conditions count.`);
  }
  return { terms, tokens, wrong: [...new Set(wrong)] };
}

type Positive<T> = T extends AuditTerm ? Omit<T, 'not'> : never;

function termOf(field: string, value: string, now: Instant): Positive<AuditTerm> | string {
  switch (field) {
    case 'actor': case 'order': case 'currency': case 'request':
      return { field, text: value };
    case 'action':
      return { field, pattern: value.toLowerCase() };
    case 'result': {
      const result = AUDIT_RESULTS.find((each) => each === value.toLowerCase());
      return result ? { field, result } : `result:${value} is no result: write ${AUDIT_RESULTS.map((each) => `result:${each}`).join(', ')}.`;
    }
    case 'amount':
      return amountOf(value) ?? `amount:${value} is no amount: write amount:>100, amount:<=20.50 or amount:100..200.`;
    case 'since': case 'until': {
      const span = spanOf(value, now);
      if (!span) return `${field}:${value} is no time: write ${field}:2026-11-01, ${field}:2026-11-01T14:00Z or ${field}:7d.`;
      return field === 'since' ? { field: 'time', from: span.start, to: null } : { field: 'time', from: null, to: span.end };
    }
    default:
      return `There is no ${field}: only actor, action, order, amount, currency, result, request, since and until.`;
  }
}

function amountOf(value: string): Positive<Extract<AuditTerm, { field: 'amount' }>> | undefined {
  const range = RANGE.exec(value);
  if (range?.[1] !== undefined && range[2] !== undefined) return { field: 'amount', min: { value: range[1], isOpen: false }, max: { value: range[2], isOpen: false } };
  const [, sign, number] = AMOUNT.exec(value) ?? [];
  if (number === undefined) return undefined;
  const bound: Bound = { value: number, isOpen: sign === '>' || sign === '<' };
  return { field: 'amount', min: sign?.startsWith('<') ? null : bound, max: sign?.startsWith('>') ? null : bound };
}

/** A day in UTC from its start to its end; anything finer is an instant. */
function spanOf(value: string, now: Instant): { readonly start: Instant; readonly end: Instant } | undefined {
  const [, count, unit] = /^(\d{1,4})([mhd])$/.exec(value) ?? [];
  if (count !== undefined && unit !== undefined) {
    const at = now - Number(count) * (UNITS[unit] ?? 0);
    return { start: at, end: at };
  }
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2}))?$/.test(value)) return undefined;
  const start = Date.parse(value);
  if (Number.isNaN(start)) return undefined;
  return { start, end: value.length === 10 ? start + DAY : start };
}

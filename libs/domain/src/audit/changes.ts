import { formatMajor, type Money } from '../shared/money.js';

/** One thing that was otherwise before. Nothing stands where there was nothing. */
export interface AuditChange {
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

type Detail = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Detail => typeof value === 'object' && value !== null && !Array.isArray(value);
const isMoney = (value: unknown): value is Money => isObject(value) && typeof value['minor'] === 'number' && typeof value['currency'] === 'string';

function inWords(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (isMoney(value)) return `${value.currency} ${formatMajor(value)}`;
  if (Array.isArray(value)) return value.map(inWords).join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function differences(before: Detail, after: Detail): AuditChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .map((name) => ({ name, before: inWords(before[name]), after: inWords(after[name]) }))
    .filter((change) => change.before !== change.after);
}

/** `Parcel: in transit → delivered`, as facts that changed are told. */
function ofLine(line: unknown): AuditChange[] {
  const [, name, before, after] = typeof line === 'string' ? (/^([^:]+): (.*?) → (.*)$/s.exec(line) ?? []) : [];
  return name === undefined ? [] : [{ name, before: before ?? null, after: after ?? null }];
}

/** What an entry says of before and after: two states, an amount that was edited, or facts that changed. */
export function changesOf(detail: Detail): AuditChange[] {
  const { before, after, amount, changes } = detail;
  if (isObject(before) && isObject(after) && !isMoney(before)) return differences(before, after);
  if (isObject(after) && before === null) return differences({}, after);
  if ('before' in detail && isMoney(amount)) return differences({ amount: before }, { amount });
  return Array.isArray(changes) ? changes.flatMap(ofLine) : [];
}

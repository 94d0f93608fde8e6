import type { ShopOrder } from './shop-books.js';

interface Term {
  readonly field: string | undefined;
  readonly value: string;
}

/** Reads Shopify's search syntax as far as we use it: `field:value` terms, quoted or bare, joined by blanks or AND. */
export function searchTerms(query: string): Term[] {
  const terms: Term[] = [];
  for (const match of query.matchAll(/(?:([A-Za-z_]+):)?(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(\S+))/g)) {
    const value = (match[2] ?? match[3] ?? match[4] ?? '').replace(/\\(.)/g, '$1');
    if (match[1] === undefined && value === 'AND') continue;
    terms.push({ field: match[1], value });
  }
  return terms;
}

const FIELDS: Readonly<Record<string, (order: ShopOrder, value: string) => boolean>> = {
  source_identifier: (order, value) => order.sourceIdentifier === value,
  tag: (order, value) => order.tags.some((tag) => tag.toLowerCase() === value.toLowerCase()),
  name: (order, value) => order.name === value || order.name === `#${value}`,
  id: (order, value) => order.id === value,
  email: (order, value) => order.email?.toLowerCase() === value.toLowerCase(),
  updated_at: (order, value) => compare(order.updatedAt, value),
  created_at: (order, value) => compare(order.createdAt, value),
};

function compare(at: number, value: string): boolean {
  const match = /^(>=|<=|>|<)?(.+)$/.exec(value);
  const limit = Date.parse(match?.[2] ?? '');
  if (Number.isNaN(limit)) return false;
  switch (match?.[1]) {
    case '>': return at > limit;
    case '>=': return at >= limit;
    case '<': return at < limit;
    case '<=': return at <= limit;
    default: return at === limit;
  }
}

/** Whether an order answers a search. A field we do not know matches nothing: a silent "all orders" would hide a mistake. */
export function matches(order: ShopOrder, terms: readonly Term[]): boolean {
  return terms.every(({ field, value }) => (field === undefined ? order.name.includes(value) : (FIELDS[field]?.(order, value) ?? false)));
}

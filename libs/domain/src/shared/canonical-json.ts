/** JSON text with the keys of every object in code-unit order and without absent values: equal values give equal text. */
export function canonicalJson(value: unknown): string {
  // Native printing is several times faster than ours; all it needs is objects whose keys lie in order.
  const ordered = inOrder(value);
  return ordered === UNORDERABLE ? slowly(value) : (JSON.stringify(ordered) ?? 'null');
}

const UNORDERABLE = Symbol('has keys that an object keeps in an order of its own');

/** The same value, with objects made anew where their keys are out of order. */
function inOrder(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return itemsInOrder(value);
  const object = value as Record<string, unknown>;
  const keys = Object.keys(object);
  let isSame = true;
  let last = '';
  for (let i = 0; i < keys.length; i += 1) {
    const key = keys[i] ?? '';
    const first = key.charCodeAt(0);
    // Keys that are numbers come first in any object, and `__proto__` is none; both are rare.
    if ((first >= 48 && first <= 57 && /^\d+$/.test(key)) || key === '__proto__') return UNORDERABLE;
    if (i > 0 && key < last) isSame = false;
    last = key;
  }
  if (!isSame) keys.sort();
  const ordered: Record<string, unknown> = isSame ? object : {};
  for (const key of keys) {
    const before = object[key];
    const after = before === null || typeof before !== 'object' ? before : inOrder(before);
    if (after === UNORDERABLE) return UNORDERABLE;
    if (!isSame) ordered[key] = after;
    else if (after !== before) return copied(object, keys);
  }
  return ordered;
}

function copied(object: Readonly<Record<string, unknown>>, keys: readonly string[]): unknown {
  const copy: Record<string, unknown> = {};
  for (const key of keys) {
    const after = inOrder(object[key]);
    if (after === UNORDERABLE) return UNORDERABLE;
    copy[key] = after;
  }
  return copy;
}

function itemsInOrder(items: readonly unknown[]): unknown {
  let ordered: unknown[] | undefined;
  for (let i = 0; i < items.length; i += 1) {
    const after = inOrder(items[i]);
    if (after === UNORDERABLE) return UNORDERABLE;
    if (after !== items[i]) ordered ??= [...items];
    if (ordered) ordered[i] = after;
  }
  return ordered ?? items;
}

function slowly(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(slowly).join(',')}]`;
  const entries = Object.entries(value).filter(([, v]) => v !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${slowly(v)}`).join(',')}}`;
}

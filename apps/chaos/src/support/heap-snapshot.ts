interface Snapshot {
  readonly snapshot: { readonly meta: { readonly node_fields: readonly string[]; readonly node_types: readonly [readonly string[], ...unknown[]] } };
  readonly nodes: readonly number[];
}

/**
 * Not what the page holds: machine code and what the engine learns of shapes grow for a quarter of an hour while it makes hot code faster, and
 * native objects are mostly the log that the debugger keeps of every request while it watches.
 */
const ENGINE = new Set(['code', 'object shape', 'hidden', 'native', 'synthetic']);

/** Bytes of the objects, arrays, closures and texts in a heap snapshot of Chromium, each counted once. */
export function heldBytes(json: string): number {
  const { snapshot, nodes } = JSON.parse(json) as Snapshot;
  const { node_fields: fields, node_types: [types] } = snapshot.meta;
  const [type, size] = [fields.indexOf('type'), fields.indexOf('self_size')];
  let sum = 0;
  for (let at = 0; at < nodes.length; at += fields.length) {
    if (!ENGINE.has(types[nodes[at + type] ?? 0] ?? '')) sum += nodes[at + size] ?? 0;
  }
  return sum;
}

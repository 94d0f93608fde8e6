const NAMES = new Map<string, string>();
const WORDS: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/^\s*(?:begin|start transaction)/i, 'begin'], [/^\s*commit/i, 'commit'], [/^\s*rollback\s+to/i, 'rollback to savepoint'], [/^\s*rollback/i, 'rollback'], [/^\s*savepoint/i, 'savepoint'],
  [/^\s*release/i, 'release savepoint'], [/^\s*set /i, 'set'], [/^\s*(?:un)?listen/i, 'listen'], [/^\s*declare /i, 'declare cursor'], [/^\s*fetch /i, 'fetch'],
];
const WRITES = /\b(insert\s+into|update|delete\s+from)\s+(?:only\s+)?((?:\w+\.)?"?[a-z_]\w*"?)/gi;
/** What follows `update` in locking and in conflict clauses. */
const NO_TABLE = new Set(['set', 'skip', 'of', 'nowait']);

/** A short name for what a statement does: its verb and its tables, without blanks: `insert-inbox`. */
export function statementName(text: string): string {
  let name = NAMES.get(text);
  if (name === undefined) {
    name = derived(text).replaceAll(', ', '+').replaceAll(' ', '-');
    // Texts that were put together with values are many.
    if (NAMES.size < 5_000) NAMES.set(text, name);
  }
  return name;
}

function derived(text: string): string {
  for (const [pattern, name] of WORDS) if (pattern.test(text)) return name;
  const writes = new Set<string>();
  for (const [, verb = '', table = ''] of text.toLowerCase().matchAll(WRITES)) if (!NO_TABLE.has(table)) writes.add(`${verb.split(/\s/)[0]} ${table.replaceAll('"', '')}`);
  if (writes.size > 0) return [...writes].slice(0, 4).join(', ');
  if (/pg_(?:try_)?advisory/i.test(text)) return 'advisory lock';
  if (/pg_notify/i.test(text)) return 'notify';
  const table = /\bfrom\s+((?:\w+\.)?[a-z_]\w*)/i.exec(text)?.[1] ?? 'nothing';
  return `${/for (?:no key )?update/i.test(text) ? 'claim' : 'select'} ${table.toLowerCase()}`;
}

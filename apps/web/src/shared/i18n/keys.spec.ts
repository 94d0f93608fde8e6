import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const source = join(import.meta.dirname, '../..');
const folder = join(import.meta.dirname, 'en');
const unplural = (name: string): string => name.replace(/_(?:one|other)$/, '');

/** Parts of large ones lie in folders. */
const namespaces = readdirSync(folder).filter((name) => name.endsWith('.ts')).map((file) => file.replace(/\.ts$/, ''));

/** Every key there is, without the endings of plurals. */
const defined = async (): Promise<Set<string>> => {
  const keys = new Set<string>();
  for (const name of namespaces) {
    const module = (await import(join(folder, `${name}.ts`))) as Record<string, Record<string, string>>;
    for (const key of Object.keys(module[name] ?? {})) keys.add(`${name}:${unplural(key)}`);
  }
  return keys;
};

/** The keys that stand in the code, and the beginnings of those made from an id. */
const used = (): { whole: Set<string>; begun: string[] } => {
  const whole = new Set<string>();
  const begun: string[] = [];
  const key = new RegExp(`(['"\`])((?:${namespaces.join('|')}):[\\w.-]*)(\\$\\{|\\1)`, 'g');
  for (const file of readdirSync(source, { recursive: true }).map(String)) {
    if (!/\.tsx?$/.test(file) || /\.spec\.|shared\/i18n\/index\.ts|gql\//.test(file)) continue;
    for (const [, , name = '', end] of readFileSync(join(source, file), 'utf8').matchAll(key)) {
      // Socket topics (`order:<id>`) look the same but for their empty name.
      if (name.endsWith(':')) continue;
      if (end === '${') begun.push(name);
      else whole.add(name);
    }
  }
  return { whole, begun };
};

describe('the texts', () => {
  it('are all there', async () => {
    const keys = await defined();
    const { whole, begun } = used();
    expect([...whole].filter((name) => !keys.has(name))).toEqual([]);
    expect(begun.filter((start) => ![...keys].some((name) => name.startsWith(start)))).toEqual([]);
  });
  it('are all used', async () => {
    const { whole, begun } = used();
    expect([...(await defined())].filter((name) => !whole.has(name) && !begun.some((start) => name.startsWith(start)))).toEqual([]);
  });
});

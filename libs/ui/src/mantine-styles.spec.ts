import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = resolve(import.meta.dirname, '../../..');
const sheets = join(root, 'node_modules/@mantine/core/styles');
const taken = new Set([...readFileSync(join(import.meta.dirname, 'mantine-styles.ts'), 'utf8').matchAll(/styles\/(\w+)\.css/g)].map(([, name]) => name));

const sources = ['libs/ui/src', 'apps/web/src'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true })
    .map(String)
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => join(root, folder, file)),
);

/** Components named in imports from Mantine. */
const used = new Set(sources.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/import \{([^}]*)\} from '@mantine\/core'/g)].flatMap(([, names = '']) => names.split(',').map((name) => name.trim()))));

describe('the sheets of Mantine', () => {
  it('are there for every component that is used and has one', () => {
    expect([...used].filter((name) => existsSync(join(sheets, `${name}.css`)) && !taken.has(name))).toEqual([]);
  });
});

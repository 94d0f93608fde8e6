import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { root } from './lib/paths.mjs';
import { runTool } from './lib/run.mjs';

const folder = mkdtempSync(join(tmpdir(), 'orderwatch-graph-'));
const edges = new Set();

beforeAll(async () => {
  const file = join(folder, 'graph.json');
  const { code, output } = await runTool('node_modules/nx/dist/bin/nx.js', ['graph', `--file=${file}`], { capture: true });
  if (code !== 0) throw new Error(output);
  const { graph } = JSON.parse(readFileSync(file, 'utf8'));
  for (const dependencies of Object.values(graph.dependencies)) {
    for (const { source, target } of dependencies) edges.add(`${source} → ${target}`);
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the project graph', () => {
  it.each(['connectors → domain', 'db → domain', 'server → domain', 'server → connectors', 'server → db', 'web → contract', 'web → ui'])('sees that %s', (edge) => {
    expect([...edges]).toContain(edge);
  });

  it('has no edge that the design forbids', () => {
    const allowed = { connectors: ['domain'], db: ['domain'], server: ['domain', 'connectors', 'db', 'contract'], web: ['contract', 'ui'], simulator: ['contract', 'connectors'], rig: ['domain', 'connectors', 'db', 'contract'], bench: ['domain', 'connectors', 'db', 'contract', 'rig'], chaos: ['domain', 'connectors', 'db', 'contract', 'rig'], tools: ['db'] };
    const forbidden = [...edges].filter((edge) => {
      const [source, target] = edge.split(' → ');
      return !target.startsWith('npm:') && !allowed[source]?.includes(target);
    });
    expect(forbidden).toEqual([]);
  });
});

const BOUNDARY = '@nx/enforce-module-boundaries';
const DOMAIN = 'libs/domain/src/index.ts';
const SERVER = 'apps/server/src/main.ts';
const INGEST = 'apps/server/src/features/ingest';
const anIngestFile = join(INGEST, readdirSync(join(root, INGEST)).find((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts')));

const REFUSED = [
  ['an npm package in the domain', DOMAIN, "import { z } from 'zod';\nexport const x = z;", BOUNDARY],
  ['the database in the domain', DOMAIN, "import { runMigrations } from '@orderwatch/db';\nexport const x = runMigrations;", BOUNDARY],
  ['a relative way into another project', DOMAIN, "export { runMigrations } from '../../db/src/index.js';", BOUNDARY],
  ['TypeORM in the server', SERVER, "import { DataSource } from 'typeorm';\nexport const x = DataSource;", BOUNDARY],
  ['a package of a banned family', 'apps/web/src/app/main.tsx', "import { Injectable } from '@nestjs/common';\nexport const x = Injectable;", BOUNDARY],
  ['a part of a package', DOMAIN, "export type { ZodType } from 'zod/v4';", BOUNDARY],
  ['the domain in the web', 'apps/web/src/app/main.tsx', "import * as domain from '@orderwatch/domain';\nexport const x = domain;", BOUNDARY],
  ['one feature that imports another', anIngestFile, "export * from '../exceptions/anything.js';", 'local/feature-folders'],
  ['the clock in the domain', DOMAIN, 'export const x = Date.now();', 'no-restricted-properties'],
  ['the clock in other words', DOMAIN, 'export const x = new Date();', 'no-restricted-syntax'],
  ['chance in the domain', DOMAIN, 'export const x = Math.random();', 'no-restricted-properties'],
  ['printing in the domain', DOMAIN, "console.log('x');", 'no-restricted-globals'],
  ['files in the domain', DOMAIN, "import { readFileSync } from 'node:fs';\nexport const x = readFileSync;", 'no-restricted-imports'],
  ['the environment outside config.ts', SERVER, "export const x = process.env['HOME'];", 'no-restricted-properties'],
  ['a part of a name', 'apps/web/e2e/time.e2e.spec.ts', "import type { Page } from 'playwright-core';\nexport const x = (page: Page) => page.getByRole('button', { name: 'Claim' });", 'no-restricted-syntax'],
  ['any', DOMAIN, 'export const x = (y: any): unknown => y;', '@typescript-eslint/no-explicit-any'],
];
const CLEAN = [SERVER, "import { runMigrations } from '@orderwatch/db';\nexport const x = runMigrations;\n"];

describe('lint', () => {
  let broken;

  beforeAll(async () => {
    const cases = [...REFUSED.map(([, file, text]) => [file, text]), CLEAN].map(([file, text]) => [join(root, file), text]);
    const { output } = await runTool('tools/lib/lint-texts.mjs', [JSON.stringify(cases)], { capture: true, env: { CI: 'true' } });
    broken = JSON.parse(output.slice(output.lastIndexOf('\n[') + 1));
  });

  it.each(REFUSED.map(([what, , , rule], index) => [what, rule, index]))('refuses %s', (_what, rule, index) => {
    expect(broken[index]).toContain(rule);
  });

  it('accepts a file that keeps to the rules', () => {
    expect(broken.at(-1)).toEqual([]);
  });
});

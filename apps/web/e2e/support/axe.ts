import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { root } from './processes';

const axe = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');

interface Violation {
  id: string;
  nodes: { target: string[]; failureSummary: string }[];
}

interface Axe {
  run: (what: Document | Element, options: object) => Promise<{ violations: Violation[] }>;
}

interface Look {
  /** Looks for that rule only, where nothing else can have changed. */
  readonly rule?: string | undefined;
  /** A selector: looks there only, where the rest has been looked at. */
  readonly within?: string | undefined;
}

/** What axe-core finds wrong with the page as it stands. */
export const violations = async (page: Page, look: Look = {}): Promise<string[]> => {
  await page.evaluate((source) => {
    if (!('axe' in globalThis)) (0, eval)(source);
  }, axe);
  const found = await page.evaluate(async ({ rule, within }) => {
    const { run } = (globalThis as unknown as { axe: Axe }).axe;
    const where = within === undefined ? document : document.querySelector(within);
    if (!where) throw new Error(`nothing is ${within}`);
    return (await run(where, { resultTypes: ['violations'], preload: false, ...(rule === undefined ? {} : { runOnly: [rule] }) })).violations;
  }, look);
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary.replaceAll(/\s+/g, ' ')}`));
};

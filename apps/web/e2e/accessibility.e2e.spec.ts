import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openLive, seat, stranger } from './support/browser';
import { root, until } from './support/processes';
import { calm, lost, newStory } from './support/stories';
import { startWorld, type World } from './support/world';

let world: World;
let browser: Browser;
let orderId: string;
const axe = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');

interface Violation {
  id: string;
  nodes: { target: string[]; failureSummary: string }[];
}

/** What axe-core finds wrong with the page as it stands. */
const violations = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const run = (globalThis as unknown as { axe: { run: (what: Document, options: object) => Promise<{ violations: Violation[] }> } }).axe.run;
    return (await run(document, { resultTypes: ['violations'] })).violations;
  });
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary.replaceAll(/\s+/g, ' ')}`));
};

beforeAll(async () => {
  world = await startWorld();
  browser = await openBrowser();
  const story = newStory();
  await world.send(...calm(story), lost(story));
  await world.play('no_movement', { home: 'shopify' });
  await world.play('delivered', { home: 'shopify' });
  await world.play('dead_letter');
  const cookie = await world.signIn('agent');
  orderId = await until('the case is open', async () => {
    const { queue } = (await world.ask(cookie, 'query($f: QueueFilter) { queue(view: all, filter: $f) { rows { orderId } } }', { f: { text: story.name } })) as { queue: { rows: { orderId: string }[] } };
    return queue.rows[0]?.orderId;
  });
  const propose = 'mutation($input: ProposeRemedyInput!) { proposeRemedy(input: $input) { __typename } }';
  await world.ask(cookie, propose, { input: { orderId, kind: 'refund', amountMinor: 700, reasonCode: 'lost', reason: 'Lost', mutationId: crypto.randomUUID() } });
}, 180_000);
afterAll(async () => {
  await browser.close();
  await world.stop();
}, 60_000);

const pages = ['/queue?view=all', '/orders/:order', '/orders', '/stuck', '/health', '/approvals', '/reports'];

describe.each(['light', 'dark'] as const)('in %s colours', (colorScheme) => {
  it.each(pages)('axe finds nothing wrong with %s', async (path) => {
    const { page, context, complaints } = await seat(browser, world, 'manager', { colorScheme });
    await openLive(page, world.url + path.replace(':order', orderId));
    await page.locator('.ow-skeleton').first().waitFor({ state: 'detached' });
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('axe finds nothing wrong with the sign-in', async () => {
    const { page, context } = await stranger(browser, { colorScheme });
    await page.goto(`${world.url}/sign-in`);
    await page.getByLabel('Work e-mail').waitFor();
    expect(await violations(page)).toEqual([]);
    await context.close();
  });

  it('axe finds nothing wrong with an open approval', async () => {
    const { page, context } = await seat(browser, world, 'manager', { colorScheme });
    await openLive(page, `${world.url}/approvals`);
    await page.locator('[data-row-id]').first().click();
    await page.keyboard.press('a');
    await page.getByRole('dialog').waitFor();
    expect(await violations(page)).toEqual([]);
    await context.close();
  });
});

describe('the queue as a grid', () => {
  it('has a name, the server’s count, continuous indices and one tab stop', async () => {
    const { page, context } = await seat(browser, world, 'agent');
    await openLive(page, `${world.url}/queue?view=all`);
    const grid = page.getByRole('grid');
    await page.locator('[data-row-id]').first().waitFor();
    const facts = await grid.evaluate((element) => ({
      name: element.getAttribute('aria-label'),
      count: Number(element.getAttribute('aria-rowcount')),
      indices: [...element.querySelectorAll('[role="row"]')].map((row) => Number(row.getAttribute('aria-rowindex'))),
      stops: element.querySelectorAll('[data-row-id][tabindex="0"]').length,
    }));
    expect(facts.name).toBeTruthy();
    expect(facts.indices).toEqual(facts.indices.map((_, i) => i + 1));
    expect(facts.count).toBe(facts.indices.length);
    expect(facts.stops).toBe(1);
    await context.close();
  });
});

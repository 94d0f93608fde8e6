import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser, openLive, seat } from './support/browser';
import { until } from './support/processes';
import { calm, lost, newStory } from './support/stories';
import { plainTexts } from './support/texts';
import { startWorld, type World } from './support/world';

let world: World;
let browser: Browser;

beforeAll(async () => {
  world = await startWorld();
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  await browser.close();
  await world.stop();
}, 60_000);

const routes = ['/queue?view=all', '/stuck', '/orders', '/health', '/approvals', '/reports', '/audit', '/settings'];

/** Everything on a page that would stay English in another language. */
const english = async (route: string): Promise<string[]> => {
  const { page, context } = await seat(browser, world, 'manager');
  const address = world.url + route;
  await (route === '/settings' ? page.goto(`${address}?locale=pseudo`) : openLive(page, `${address}${address.includes('?') ? '&' : '?'}locale=pseudo`));
  await page.locator('.ow-skeleton').first().waitFor({ state: 'detached' });
  await page.waitForLoadState('networkidle');
  const found = await plainTexts(page, ['main', '.ow-top']);
  await context.close();
  return found;
};

describe('in another language', () => {
  it.each(routes)('an empty %s says nothing in English', async (route) => {
    expect(await english(route)).toEqual([]);
  });

  describe('with work', () => {
    beforeAll(async () => {
      const story = newStory();
      await world.send(...calm(story), lost(story));
      await world.play('no_movement', { home: 'shopify' });
      await world.play('dead_letter');
      const cookie = await world.signIn('agent');
      const orderId = await until('the case is open', async () => {
        const { queue } = (await world.ask(cookie, 'query($f: QueueFilter) { queue(view: all, filter: $f) { rows { orderId } } }', { f: { text: story.name } })) as { queue: { rows: { orderId: string }[] } };
        return queue.rows[0]?.orderId;
      });
      const propose = 'mutation($input: ProposeRemedyInput!) { proposeRemedy(input: $input) { __typename } }';
      await world.ask(cookie, propose, { input: { orderId, kind: 'refund', amountMinor: 700, reasonCode: 'lost', reason: 'Lost', mutationId: crypto.randomUUID() } });
    }, 120_000);

    it.each(routes)('%s says nothing in English', async (route) => {
      expect(await english(route)).toEqual([]);
    });
  });
});

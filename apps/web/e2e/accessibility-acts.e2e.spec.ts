import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openLive, seat } from './support/browser';
import { until } from './support/processes';
import { opened } from './support/rows';
import { attempted, calm, lost, newStory } from './support/stories';
import { listen, saidSince } from './support/voice';
import { startWorld, type World } from './support/world';

const CASES = 8;

let world: World;
let browser: Browser;

beforeAll(async () => {
  world = await startWorld();
  browser = await openBrowser();
  const stories = Array.from({ length: CASES }, newStory);
  await world.send(...stories.flatMap((story) => [...calm(story), attempted(story)]));
  // All there before anybody looks: one that comes later is news, and would be said.
  await opened(world, await world.signIn('agent'), CASES);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await world.stop();
}, 60_000);

const hasFocus = (page: Page): Promise<boolean> => page.evaluate(() => document.activeElement !== null && document.activeElement !== document.body);

/** The focus may be on its way for a moment, but it arrives somewhere and stays. */
const keepsFocus = async (page: Page, after: string): Promise<void> => {
  await until(`the focus is somewhere after ${after}`, () => hasFocus(page));
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  expect([after, await hasFocus(page)]).toEqual([after, true]);
};

/** Tells how many requests of a page have no answer yet. Before the page is opened. */
const requestsOf = (page: Page): (() => number) => {
  let open = 0;
  page.on('request', () => (open += 1));
  page.on('requestfinished', () => (open -= 1));
  page.on('requestfailed', () => (open -= 1));
  return () => open;
};

/** One sentence, and nothing after it. */
const saysOnce = async ({ page, open }: { page: Page; open: () => number }, what: RegExp, act: () => Promise<unknown>): Promise<void> => {
  await until('nothing is on its way', async () => open() === 0);
  await saidSince(page);
  await act();
  const said: string[] = [];
  await until(`something is said like ${what.source}`, async () => {
    said.push(...(await saidSince(page)));
    return said.some((text) => what.test(text));
  });
  // What the act set off in the lists has come back too.
  await until('all was answered', async () => open() === 0);
  said.push(...(await saidSince(page)));
  expect(said).toEqual([expect.stringMatching(what)]);
};

describe('one’s own act', () => {
  it('in the queue is said in one sentence, and leaves the focus on a row', async () => {
    const { page, context, complaints } = await seat(browser, world, 'agent');
    await listen(page);
    const heard = { page, open: requestsOf(page) };
    await openLive(page, `${world.url}/queue?view=all`);
    await page.locator('[data-row-id]').nth(1).click();
    await saysOnce(heard, /is yours/, () => page.keyboard.press('c'));
    await keepsFocus(page, 'a claim');
    await saysOnce(heard, /^Undone/, () => page.keyboard.press('z'));
    await keepsFocus(page, 'an undo');
    for (const [key, panel] of [['h', /^Snooze/], ['e', /^Resolve/]] as const) {
      await page.keyboard.press(key);
      await page.getByRole('group', { name: panel, exact: true }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('group', { name: panel, exact: true }).waitFor({ state: 'detached' });
      await keepsFocus(page, `leaving ${panel.source}`);
    }
    await page.keyboard.press('h');
    await page.getByRole('group', { name: /^Snooze/ }).waitFor();
    await saysOnce(heard, /snoozed|sleeps|until/i, () => page.keyboard.press('1'));
    await keepsFocus(page, 'a snooze');
    await page.keyboard.press('e');
    await page.getByRole('group', { name: /^Resolve/ }).waitFor();
    await saysOnce(heard, /resolved|closed/i, () => page.keyboard.press('1'));
    await keepsFocus(page, 'resolving');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('on layers over a page gives the focus back', async () => {
    const { page, context } = await seat(browser, world, 'agent2');
    for (const path of ['/queue?view=all', '/stuck', '/health', '/approvals', '/reports', '/orders']) {
      await openLive(page, world.url + path);
      const own = page.locator('[data-row-id], main button, main a');
      const anchor = (await own.count()) > 0 ? own.first() : page.locator('nav a').first();
      await anchor.focus();
      for (const key of ['?', 'Control+k']) {
        await page.keyboard.press(key);
        // With the focus in it, it listens.
        await page.locator('[role="dialog"]:focus-within').waitFor();
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
        await keepsFocus(page, `${key} on ${path}`);
      }
    }
    await context.close();
  });

  it('on an approval is said in one sentence, and leads back to the list', async () => {
    const cookie = await world.signIn('agent');
    for (let i = 0; i < 2; i += 1) {
      const { order } = await world.play('lost', { home: 'shopify' });
      const orderId = await until('the case is open', async () => {
        const { queue } = (await world.ask(cookie, 'query($f: QueueFilter) { queue(view: all, filter: $f) { rows { orderId } } }', { f: { text: order?.name } })) as { queue: { rows: { orderId: string }[] } };
        return queue.rows[0]?.orderId;
      });
      await world.ask(cookie, 'mutation($input: ProposeRemedyInput!) { proposeRemedy(input: $input) { __typename } }', { input: { orderId, kind: 'refund', amountMinor: 700, reasonCode: 'lost', reason: 'Lost', mutationId: crypto.randomUUID() } });
    }
    const { page, context } = await seat(browser, world, 'manager');
    await listen(page);
    const heard = { page, open: requestsOf(page) };
    await openLive(page, `${world.url}/approvals`);
    await page.locator('[data-row-id]').nth(1).click();
    await page.keyboard.press('d');
    await page.getByRole('dialog', { name: /^Decline/ }).getByRole('textbox').fill('Found again');
    await saysOnce(heard, /declined/, () => page.keyboard.press('Control+Enter'));
    await keepsFocus(page, 'declining');
    await page.locator('[data-row-id]').first().click();
    await page.keyboard.press('a');
    const yes = page.getByRole('dialog').getByRole('button', { name: /^Approve/ });
    await yes.waitFor();
    await saysOnce(heard, /approved/, () => yes.click());
    await keepsFocus(page, 'approving');
    await context.close();
  });

  it('on dead letters is said in one sentence', async () => {
    await world.play('dead_letter');
    const { page, context } = await seat(browser, world, 'lead');
    await listen(page);
    const heard = { page, open: requestsOf(page) };
    await openLive(page, `${world.url}/health`);
    await page.getByRole('region', { name: /^Dead letters/ }).getByRole('row').nth(1).click();
    const dry = page.getByRole('button', { name: 'Dry run', exact: true });
    await dry.waitFor();
    await saysOnce(heard, /^Dry run/, () => dry.click());
    await keepsFocus(page, 'a dry run');
    await context.close();
  });
});

describe('news of others', () => {
  it('does not talk: at most one sentence while many cases arrive', async () => {
    const { page, context } = await seat(browser, world, 'lead');
    await listen(page);
    await openLive(page, `${world.url}/queue?view=all`);
    await page.locator('[data-row-id]').first().click();
    await page.waitForLoadState('networkidle');
    await saidSince(page);
    for (let i = 0; i < 10; i += 1) {
      const story = newStory();
      await world.send(...calm(story), lost(story));
    }
    await until('the last has been heard of', async () => /\b(?:1\d|[1-9]\d) new/.test(await page.locator('main').innerText()));
    expect((await saidSince(page)).length).toBeLessThanOrEqual(1);
    await context.close();
  });
});

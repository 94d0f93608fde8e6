import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openBrowser, openLive, seat, type Seat } from './support/browser';
import { linkTo, type Link } from './support/link';
import { until } from './support/processes';
import { idsOf, opened, rowOf } from './support/rows';
import { attempted, calm, delivered, lost, newStory, type Story } from './support/stories';
import { startWorld, type World } from './support/world';

/** How long the machine sleeps. `ORDERWATCH_E2E_SLEEP_S=600` for the ten minutes; it is noticed from 7 s on. */
const SLEEP_MS = Number(process.env['ORDERWATCH_E2E_SLEEP_S'] ?? 10) * 1000;
/** Said of a silence, after which the screen must say so itself: 30 s, and a clock that ticks every 5 s; the test waits longer and tells the figure. */
const PATIENCE_MS = 60_000;

let world: World;
let browser: Browser;
let link: Link;

beforeAll(async () => {
  world = await startWorld();
  browser = await openBrowser();
}, 120_000);
beforeEach(async () => {
  link = await linkTo(world.url);
});
afterEach(() => link.close());
afterAll(async () => {
  await browser.close();
  await world.stop();
}, 60_000);

interface Row {
  readonly id: string;
  readonly orderName: string;
  readonly reason: string;
}

const serverRows = async (cookie: string): Promise<Row[]> => ((await world.ask(cookie, '{ queue(view: all, first: 100) { rows { id orderName reason } } }')) as { queue: { rows: Row[] } }).queue.rows;

/** Waits until the page shows every row as the server has it, and no other. */
const isRight = async (page: Page, cookie: string): Promise<void> =>
  void (await until('the page shows what the server has', async () => {
    const [rows, ids, texts] = [await serverRows(cookie), await idsOf(page), await page.locator('[data-row-id]').allTextContents()];
    return ids.join() === rows.map(({ id }) => id).join() && rows.every(({ orderName, reason }, i) => [orderName, reason].every((part) => texts[i]?.includes(part)));
  }, PATIENCE_MS));

const inState = (page: Page, state: string): Promise<void> => page.locator(`.ow-fresh[data-state="${state}"]`).waitFor({ timeout: PATIENCE_MS });
const sit = (name: string): Promise<Seat> => seat(browser, { ...world, url: link.url }, name);
const say = (what: string, since: number): void => void process.stdout.write(`${what}: ${((performance.now() - since) / 1000).toFixed(1)} s\n`);

/** News of every sort: a row that comes, one that leaves, one that says something else. */
const news = async (leaves: Story, changes: Story): Promise<Story> => {
  const comes = newStory();
  await world.send(...calm(comes), lost(comes), delivered(leaves), lost(changes));
  return comes;
};

const stock = async (cookie: string): Promise<[Story, Story]> => {
  const before = (await serverRows(cookie)).length;
  const pair: [Story, Story] = [newStory(), newStory()];
  await world.send(...pair.flatMap(calm), ...pair.map(attempted));
  await opened(world, cookie, before + pair.length);
  return pair;
};

/** A refund that waits for a manager. */
const proposed = async (): Promise<string> => {
  const { order } = await world.play('lost', { home: 'shopify' });
  const name = order?.name ?? '';
  const cookie = await world.signIn('agent');
  const id = await until('the case is open', async () => {
    const { queue } = (await world.ask(cookie, 'query($f: QueueFilter) { queue(view: all, filter: $f) { rows { orderId } } }', { f: { text: name } })) as { queue: { rows: { orderId: string }[] } };
    return queue.rows[0]?.orderId;
  });
  const input = { orderId: id, kind: 'refund', amountMinor: 1250, currency: order?.currency, reasonCode: 'lost', reason: 'DHL reports it lost', mutationId: crypto.randomUUID() };
  const { proposeRemedy } = (await world.ask(cookie, 'mutation($input: ProposeRemedyInput!) { proposeRemedy(input: $input) { __typename } }', { input })) as { proposeRemedy: { __typename: string } };
  expect(proposeRemedy.__typename).toBe('RemedyDone');
  return name;
};

describe('a socket that dies without a word', () => {
  it('makes the screen look old and takes approving away; when it comes back nothing is missing', async () => {
    const name = await proposed();
    const cookie = await world.signIn('agent');
    const [leaves, changes] = await stock(cookie);
    const [agent, manager] = [await sit('agent'), await sit('manager')];
    await openLive(manager.page, `${link.url}/approvals`);
    await manager.page.locator('[data-row-id]', { hasText: name }).click();
    const approve = manager.page.getByRole('button', { name: /^Approve/ });
    await approve.and(manager.page.locator(':not([aria-disabled="true"]):not(:disabled)')).waitFor();
    await openLive(agent.page, `${link.url}/queue?view=all`);
    await isRight(agent.page, cookie);

    const silentSince = performance.now();
    link.silence();
    const comes = await news(leaves, changes);
    for (const { page } of [agent, manager]) {
      await inState(page, 'stale');
      await page.locator('.ow-stale[data-stale="true"]').first().waitFor();
      await page.getByText(/^Not live since/).first().waitFor();
    }
    say('silence until the screen says so', silentSince);
    await approve.and(manager.page.locator('[aria-disabled="true"], :disabled')).waitFor();
    await manager.page.getByText('Refresh to approve').first().waitFor();
    await manager.page.keyboard.press('a');
    expect(await manager.page.getByRole('dialog').count()).toBe(0);

    const mendedAt = performance.now();
    link.mend();
    for (const { page } of [agent, manager]) await inState(page, 'live');
    await isRight(agent.page, cookie);
    say('from the mended line until all is right', mendedAt);
    expect(await rowOf(agent.page, leaves).count()).toBe(0);
    expect(await rowOf(agent.page, comes).count()).toBe(1);
    await approve.and(manager.page.locator(':not([aria-disabled="true"]):not(:disabled)')).waitFor();
    for (const { page } of [agent, manager]) await until('nothing looks old', async () => (await page.locator('.ow-stale[data-stale="true"]').count()) === 0);
    // And it is told of what happens from now on, as any other.
    const later = newStory();
    await world.send(...calm(later), lost(later));
    await rowOf(agent.page, later).waitFor();
    await Promise.all([agent, manager].map(({ context }) => context.close()));
  }, 240_000);
});

/**
 * Stops everything that the page does, and its timers with it, until the answer is called. A headless browser does not obey
 * `Page.setWebLifecycleState`; held by the debugger a page sleeps as deeply.
 */
const freezer = async (context: BrowserContext, page: Page): Promise<() => Promise<() => Promise<void>>> => {
  const session = await context.newCDPSession(page);
  return async () => {
    await session.send('Debugger.enable');
    const asleep = new Promise((resolve) => session.once('Debugger.paused', resolve));
    await session.send('Debugger.pause');
    await asleep;
    return async () => {
      await session.send('Debugger.resume');
      await session.send('Debugger.disable');
    };
  };
};

describe('a machine that sleeps', () => {
  it('shows the right state when it wakes, though its socket died meanwhile', async () => {
    const cookie = await world.signIn('agent');
    const [leaves, changes] = await stock(cookie);
    const { page, context } = await sit('agent');
    await openLive(page, `${link.url}/queue?view=all`);
    await isRight(page, cookie);
    const freeze = await freezer(context, page);
    await page.evaluate(() => {
      const ticks = { count: 0 };
      Object.assign(globalThis, { ticks });
      setInterval(() => (ticks.count += 1), 100);
    });
    const ticks = (): Promise<number> => page.evaluate(() => (globalThis as unknown as { ticks: { count: number } }).ticks.count);
    const before = await ticks();
    link.silence();
    const wake = await freeze();
    const comes = await news(leaves, changes);
    await wait(SLEEP_MS);
    link.mend();
    const wokeAt = performance.now();
    await wake();
    // It really slept: nothing ran.
    expect(((await ticks()) - before) * 100).toBeLessThan(SLEEP_MS / 2);
    await isRight(page, cookie);
    say(`from waking after ${SLEEP_MS / 1000} s until all is right`, wokeAt);
    expect(await rowOf(page, comes).count()).toBe(1);
    await inState(page, 'live');
    await context.close();
  }, 120_000 + SLEEP_MS);
});

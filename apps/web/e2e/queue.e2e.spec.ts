import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser, openLive, seat, seen } from './support/browser';
import { until } from './support/processes';
import { forgetReads, keepReads, readsInBurst } from './support/reads';
import { opened, totalOf } from './support/rows';
import { attempted, calm, delivered, lost, newStory } from './support/stories';
import { sendTogether } from './support/together';
import { startWorld, type World } from './support/world';

/** `ORDERWATCH_E2E_SAMPLES=200 npm test -- e2e` for figures worth quoting. */
const SAMPLES = Number(process.env['ORDERWATCH_E2E_SAMPLES'] ?? 20);

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

const quantile = (values: readonly number[], q: number): number => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.ceil(q * values.length) - 1)] ?? 0;
const report = (what: string, values: readonly number[]): void =>
  void process.stdout.write(`${what}: median ${Math.round(quantile(values, 0.5))} ms, P99 ${Math.round(quantile(values, 0.99))} ms of ${values.length}\n`);

describe('the queue', () => {
  it(
    'shows a new case without a reload, and lets it go when a scan answers it',
    async () => {
      const { page, context, complaints } = await seat(browser, world, 'agent');
      await openLive(page, `${world.url}/queue?view=all`);
      const came: number[] = [];
      const went: number[] = [];
      for (let i = 0; i < SAMPLES; i += 1) {
        const story = newStory();
        expect(await world.send(...calm(story))).toBe(202);
        const row = seen(page, story.name);
        const posted = Date.now();
        await world.send(lost(story));
        came.push((await row) - posted);
        const gone = seen(page, story.name, false);
        const scanned = Date.now();
        await world.send(delivered(story));
        went.push((await gone) - scanned);
      }
      report('POST to pixel, a case appears', came);
      report('POST to pixel, a case leaves', went);
      expect(came).toHaveLength(SAMPLES);
      expect(complaints).toEqual([]);
      await context.close();
    },
    60_000 + SAMPLES * 4000,
  );

  it('does not move a row in hand: what is new waits until it is asked for', async () => {
    const [first, second] = [newStory(), newStory()];
    await world.send(...calm(first), attempted(first));
    const { page, context } = await seat(browser, world, 'agent');
    await openLive(page, `${world.url}/queue?view=all`);
    await seen(page, first.name);
    await page.locator('[data-row-id]', { hasText: first.name }).click();
    await world.send(...calm(second), lost(second));
    await page.getByRole('button', { name: /^1 new/ }).waitFor();
    expect(await page.locator('[data-row-id]', { hasText: second.name }).count()).toBe(0);
    await page.keyboard.press('.');
    await seen(page, second.name);
    await page.locator('[data-row-id][aria-current]', { hasText: first.name }).waitFor();
    await context.close();
  });

  it('gives a case to one of two who claim it at once, and tells the other who has it', async () => {
    const story = newStory();
    await world.send(...calm(story), lost(story));
    const seats = await Promise.all([seat(browser, world, 'agent'), seat(browser, world, 'agent2')]);
    await sendTogether(seats.map(({ page }) => page), 'ClaimCase');
    for (const { page } of seats) {
      await openLive(page, `${world.url}/queue?view=all`);
      await seen(page, story.name);
      await page.locator('[data-row-id]', { hasText: story.name }).click();
    }
    await Promise.all(seats.map(({ page }) => page.keyboard.press('c')));
    const rows = seats.map(({ page }) => page.locator('[data-row-id]', { hasText: story.name }));
    const texts = await until('both see the owner', async () => {
      const all = await Promise.all(rows.map((row) => row.textContent()));
      return all.filter((text) => text?.includes('You')).length === 1 && all.every((text) => !text?.includes('Nobody')) && all;
    });
    expect(texts.filter((text) => text?.includes('You'))).toHaveLength(1);
    const loser = seats[texts[0]?.includes('You') ? 1 : 0];
    await loser?.page.getByText(/claimed|has it|taken/i).first().waitFor();
    await Promise.all(seats.map(({ context }) => context.close()));
  });

  it('misses nothing that happened while the window was offline', async () => {
    const [first, second] = [newStory(), newStory()];
    await world.send(...calm(first), lost(first));
    const { page, context } = await seat(browser, world, 'agent');
    await openLive(page, `${world.url}/queue?view=all`);
    await context.setOffline(true);
    await page.locator('.ow-fresh[data-state="offline"]').waitFor();
    await world.send(...calm(second), lost(second));
    const cookie = await world.signIn('agent');
    await until('the case is open', async () => {
      const { queue } = (await world.ask(cookie, 'query($f: QueueFilter) { queue(view: all, filter: $f) { total } }', { f: { text: second.name } })) as { queue: { total: number } };
      return queue.total === 1;
    });
    await context.setOffline(false);
    await page.locator('.ow-fresh[data-state="live"]').waitFor();
    await seen(page, second.name);
    await context.close();
  });

  it('holds the row under the pointer through a burst, reads the list no more than three times a second, and is right in the end', async () => {
    const first = newStory();
    await world.send(...calm(first), attempted(first));
    const { page, context } = await seat(browser, world, 'agent');
    await keepReads(page);
    await openLive(page, `${world.url}/queue?view=all`);
    await seen(page, first.name);
    const row = page.locator('[data-row-id]', { hasText: first.name });
    await row.click();
    await row.hover();
    // The panel beside the list takes of its width.
    await page.locator('.ow-peek', { hasText: first.name }).waitFor();
    const before = await row.boundingBox();
    const cookie = await world.signIn('agent');
    const openBefore = await totalOf(world, cookie);
    await forgetReads(page);
    const stories = Array.from({ length: 200 }, newStory);
    const begun = Date.now();
    for (let i = 0; i < stories.length; i += 20) await Promise.all(stories.slice(i, i + 20).map((story) => world.send(...calm(story), lost(story))));
    await page.getByRole('button', { name: /\d+ new/ }).waitFor();
    const expected = openBefore + stories.length;
    await opened(world, cookie, expected);
    await page.getByText(`${expected} open ·`).waitFor();
    const elapsed = Date.now() - begun;
    expect(await row.boundingBox()).toEqual(before);
    // Until ten changes have come within a second, each is shown at once; a machine that stumbles has more than one such second.
    const { reads, news } = await readsInBurst(page, 10);
    expect(news).toBeGreaterThanOrEqual(stories.length);
    expect(reads).toBeLessThanOrEqual(Math.ceil(elapsed / 334) + 10);
    await context.close();
  }, 120_000);
});

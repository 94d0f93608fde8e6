import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser, openLive, seat, seen } from './support/browser';
import { until } from './support/processes';
import { attempted, calm, delivered, lost, newStory } from './support/stories';
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
    await page.getByRole('button', { name: /1 new/ }).waitFor();
    expect(await page.locator('[data-row-id]', { hasText: second.name }).count()).toBe(0);
    await page.keyboard.press('.');
    await seen(page, second.name);
    expect(await page.locator('[data-row-id][aria-current]').textContent()).toContain(first.name);
    await context.close();
  });

  it('gives a case to one of two who claim it at once, and tells the other who has it', async () => {
    const story = newStory();
    await world.send(...calm(story), lost(story));
    const seats = await Promise.all([seat(browser, world, 'agent'), seat(browser, world, 'agent2')]);
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
});

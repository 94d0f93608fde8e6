import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { Browser, Locator, Page } from 'playwright-core';
import { openBrowser, openLive, seat, seen } from './support/browser';
import { chord, keyboardOn } from './support/keyboard';
import { until } from './support/processes';
import { becomesLike, drawn, opened, rowOf, totalOf } from './support/rows';
import { attempted, calm, lost, newStory, type Story } from './support/stories';
import { sendTogether } from './support/together';
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

const raise = async (count: number): Promise<Story[]> => {
  const stories = Array.from({ length: count }, newStory);
  for (const story of stories) await world.send(...calm(story), lost(story));
  return stories;
};
const inHand = (page: Page): Locator => page.locator('[data-row-id][aria-current]');
const peek = (page: Page): Locator => page.locator('.ow-peek');
const stateOf = async (story: Story): Promise<Record<string, unknown>> => {
  const cookie = await world.signIn('lead');
  for (const view of ['all', 'snoozed', 'resolved']) {
    const { queue } = (await world.ask(cookie, 'query($v: QueueView!, $f: QueueFilter) { queue(view: $v, filter: $f) { rows { state outcome snoozeCondition owner { name } } } }', { v: view, f: { text: story.name } })) as { queue: { rows: Record<string, unknown>[] } };
    if (queue.rows[0]) return queue.rows[0];
  }
  return {};
};
const matches = (now: Record<string, unknown>, wanted: Record<string, unknown>): boolean => Object.entries(wanted).every(([key, value]) => JSON.stringify(now[key]) === JSON.stringify(value));

const becomes = (story: Story, state: Record<string, unknown>): Promise<unknown> => until(`${story.name} is ${JSON.stringify(state)}`, async () => matches(await stateOf(story), state));

describe('work in the queue', () => {
  it('takes, shows and resolves a case in three keys, with the next one already read, and takes it back with one', async () => {
    const stories = await raise(3);
    const { page, context, complaints } = await seat(browser, world, 'agent');
    await openLive(page, `${world.url}/queue?view=next_up`);
    for (const story of stories) await seen(page, story.name);
    const storyInHand = async (): Promise<Story> => {
      const text = await inHand(page).textContent();
      return stories.find(({ name }) => text?.includes(name)) as Story;
    };
    await page.keyboard.press('n');
    await inHand(page).getByText(/You,/).waitFor();
    await keyboardOn('the row', inHand(page));
    const first = await storyInHand();
    await peek(page).getByText(first.name).first().waitFor();
    await peek(page).getByText('Erin Gallagher').waitFor();
    await page.keyboard.press('e');
    await keyboardOn('the choice', page.getByRole('group', { name: 'Resolve as', exact: true }));
    await page.keyboard.press('1');
    await rowOf(page, first).and(page.locator('[data-gone]')).waitFor();
    await keyboardOn('another row', page.locator('[data-row-id]:not([data-gone])'));
    await becomes(first, { state: 'resolved' });
    await page.getByRole('status').getByText(/resolved/).waitFor();
    // What comes next was read before it was asked for: it is shown although no answer comes.
    const answers = Promise.withResolvers<undefined>();
    await page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('query PeekOrder(')) await answers.promise;
      await route.fallback();
    });
    await page.keyboard.press('n');
    await inHand(page).getByText(/You,/).waitFor();
    await keyboardOn('the row', inHand(page));
    await peek(page).getByText((await storyInHand()).name).first().waitFor();
    await peek(page).getByText('Erin Gallagher').waitFor();
    answers.resolve(undefined);
    await page.unrouteAll({ behavior: 'wait' });
    await page.keyboard.press('Shift+C');
    await inHand(page).getByText('Nobody').waitFor();
    await page.keyboard.press('z');
    await inHand(page).getByText(/You,/).waitFor();
    await until('the release is taken back', async () => (await page.getByText(/Undone/).count()) > 0);
    await page.keyboard.press('z');
    await inHand(page).getByText('Nobody').waitFor();
    await page.keyboard.press('z');
    await becomes(first, { state: 'claimed' });
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('puts a case off for a scan, at the latest tomorrow, and the next one in the same way with h h', async () => {
    const [one, two] = (await raise(2)) as [Story, Story];
    const { page, context } = await seat(browser, world, 'agent');
    await openLive(page, `${world.url}/queue?view=all`);
    await seen(page, two.name);
    await rowOf(page, one).click();
    await peek(page).getByRole('button', { name: /Snooze/ }).and(page.locator(':not([aria-disabled])')).waitFor();
    await page.keyboard.press('h');
    const panel = page.getByRole('group', { name: 'Snooze until', exact: true });
    await panel.getByRole('radio', { name: /scan/i }).click();
    await panel.press('2');
    await becomes(one, { state: 'snoozed', snoozeCondition: 'carrier_scan' });
    await rowOf(page, two).click();
    await peek(page).getByText(two.name).waitFor();
    await keyboardOn('the row', rowOf(page, two));
    await chord(page, 'h', 'h');
    await becomes(two, { state: 'snoozed', snoozeCondition: 'carrier_scan' });
    await page.getByRole('tab', { name: /Snoozed/ }).click();
    await rowOf(page, one).getByText(/until the next carrier scan/).first().waitFor();
    await context.close();
  });

  it('takes acts that are quicker than their answers as they were meant: none conflicts with one’s own before it', async () => {
    const [story] = (await raise(1)) as [Story];
    const { page, context } = await seat(browser, world, 'agent');
    await openLive(page, `${world.url}/queue?view=all`);
    await rowOf(page, story).click();
    await keyboardOn('the row', rowOf(page, story));
    await peek(page).filter({ hasText: story.name }).getByRole('button', { name: /Snooze/ }).and(page.locator(':not([aria-disabled])')).waitFor();
    const answers = Promise.withResolvers<undefined>();
    await page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('mutation ClaimCase(')) await answers.promise;
      await route.fallback();
    });
    await page.keyboard.press('c');
    await inHand(page).getByText(/You,/).waitFor();
    await page.keyboard.press('e');
    await keyboardOn('the choice', page.getByRole('group', { name: 'Resolve as', exact: true }));
    await page.keyboard.press('1');
    await rowOf(page, story).and(page.locator('[data-gone]')).waitFor();
    answers.resolve(undefined);
    await becomes(story, { state: 'resolved' });
    await page.getByRole('status').getByText(/resolved/).waitFor();
    expect(await rowOf(page, story).locator('.ow-row-note').count()).toBe(0);
    await page.unrouteAll({ behavior: 'wait' });
    await context.close();
  });

  it('tells on the row who was faster, opens no dialog, and goes on to the next row', async () => {
    const [story, other] = (await raise(2)) as [Story, Story];
    const seats = await Promise.all([seat(browser, world, 'agent'), seat(browser, world, 'agent2')]);
    await sendTogether(seats.map(({ page }) => page), 'ClaimCase');
    for (const { page } of seats) {
      await openLive(page, `${world.url}/queue?view=all`);
      await seen(page, story.name);
      await seen(page, other.name);
      await rowOf(page, story).click();
      await peek(page).getByText(story.name).first().waitFor();
    }
    await Promise.all(seats.map(({ page }) => page.keyboard.press('c')));
    const note = await Promise.race(seats.map(async ({ page }, i) => (await rowOf(page, story).locator('.ow-row-note').waitFor(), i)));
    const loser = seats[note]?.page as Page;
    expect(await rowOf(loser, story).locator('.ow-row-note').textContent()).toMatch(/^\S+ claimed this /);
    expect(await loser.getByRole('dialog').count()).toBe(0);
    await inHand(loser).filter({ hasNotText: story.name }).waitFor();
    await Promise.all(seats.map(({ context }) => context.close()));
  });

  it('shows who looks at a case and what they do there', async () => {
    const [story] = (await raise(1)) as [Story];
    const [ana, ben] = await Promise.all([seat(browser, world, 'agent'), seat(browser, world, 'agent2')]);
    for (const { page } of [ana, ben]) {
      await openLive(page, `${world.url}/queue?view=all`);
      await seen(page, story.name);
    }
    await rowOf(ana.page, story).click();
    await rowOf(ben.page, story).getByText('viewing').waitFor();
    await ana.page.keyboard.press('m');
    await rowOf(ben.page, story).getByText('writing').waitFor();
    await ana.context.close();
    await rowOf(ben.page, story).getByText('Nobody').waitFor();
    await ben.context.close();
  });

  it('acts on many: only on those selected, tried first, each told, and taken back together', async () => {
    const [one, two, held, late] = (await raise(4)) as [Story, Story, Story, Story];
    const cookie = await world.signIn('agent2');
    await until(`${held.name} is taken`, async () => {
      const { queue } = (await world.ask(cookie, 'query($f: QueueFilter) { queue(view: all, filter: $f) { rows { id version } } }', { f: { text: held.name } })) as { queue: { rows: { id: string; version: number }[] } };
      const [row] = queue.rows;
      if (!row) return false;
      const { claimCase } = (await world.ask(cookie, 'mutation($id: ID!, $v: Int!, $m: ID!) { claimCase(id: $id, expectedVersion: $v, mutationId: $m) { __typename } }', { id: row.id, v: row.version, m: crypto.randomUUID() })) as { claimCase: { __typename: string } };
      return claimCase.__typename === 'Done';
    });
    const { page, context } = await seat(browser, world, 'agent');
    await openLive(page, `${world.url}/queue?view=all`);
    await seen(page, late.name);
    for (const story of [one, two, held]) await rowOf(page, story).getByRole('checkbox').check();
    await page.getByText('3 selected').waitFor();
    const [newer] = (await raise(1)) as [Story];
    await page.getByRole('button', { name: /^1 new/ }).click();
    await seen(page, newer.name);
    await page.getByText('3 selected').waitFor();
    await page.getByRole('toolbar', { name: 'With the selected cases', exact: true }).getByRole('button', { name: 'Resolve', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Resolve 3 cases', exact: true });
    await keyboardOn('the choice', dialog.getByRole('group', { name: 'Resolve as', exact: true }));
    await page.keyboard.press('1');
    await dialog.getByText('2 change').waitFor();
    await dialog.getByText(/^1 not: /).waitFor();
    expect(await stateOf(one)).toMatchObject({ state: 'new' });
    await dialog.getByRole('button', { name: 'Resolve 2 cases', exact: true }).click();
    await becomes(one, { state: 'resolved' });
    await becomes(two, { state: 'resolved' });
    expect(await stateOf(held)).toMatchObject({ state: 'claimed' });
    expect(await stateOf(late)).toMatchObject({ state: 'new' });
    await page.getByText(/selected/).first().waitFor({ state: 'detached' });
    await dialog.waitFor({ state: 'detached' });
    await chord(page, 'g', 't');
    const tray = page.getByRole('region', { name: 'Activity', exact: true });
    await tray.getByText('2 cases resolved').waitFor();
    await tray.getByRole('button', { name: 'Undo', exact: true }).first().click();
    await becomes(one, { state: 'new' });
    await becomes(two, { state: 'new' });
    await context.close();
  });

  it('forgets the selection with another question', async () => {
    const [story] = (await raise(1)) as [Story];
    const { page, context } = await seat(browser, world, 'agent');
    await openLive(page, `${world.url}/queue?view=all`);
    await seen(page, story.name);
    await page.getByRole('checkbox', { name: 'Select all shown', exact: true }).check();
    await page.getByText(/^\d+ selected/).waitFor();
    await page.getByRole('tab', { name: /^Next up/ }).click();
    await page.getByRole('tab', { name: /^Next up/, selected: true }).waitFor();
    await page.getByText(/\d+ selected/).first().waitFor({ state: 'detached' });
    await page.locator('[data-row-id]').first().waitFor();
    await context.close();
  });

  it('comes back to the same rows, pixel, focus and selection', async () => {
    const cookie = await world.signIn('agent');
    const openBefore = await totalOf(world, cookie);
    const stories = Array.from({ length: 45 }, newStory);
    await Promise.all(stories.map((story) => world.send(...calm(story), attempted(story))));
    await opened(world, cookie, openBefore + stories.length);
    const { page, context } = await seat(browser, world, 'agent');
    await openLive(page, `${world.url}/queue?view=all`);
    await drawn(page, openBefore + stories.length);
    await peek(page).waitFor();
    await page.locator('[data-row-id]').nth(2).getByRole('checkbox').check();
    await page.locator('[data-row-id]').nth(36).scrollIntoViewIfNeeded();
    await page.locator('[data-row-id]').nth(36).click();
    const look = () =>
      page.evaluate(() => ({
        rows: [...document.querySelectorAll('[data-row-id]')].map((row) => row.getAttribute('data-row-id')),
        top: document.querySelector('.ow-grid-scroll')?.scrollTop,
        current: document.querySelector('[aria-current][data-row-id]')?.getAttribute('data-row-id'),
        focus: document.activeElement?.getAttribute('data-row-id'),
        selected: [...document.querySelectorAll('[data-row-id][aria-selected="true"]')].map((row) => row.getAttribute('data-row-id')),
      }));
    await page.waitForURL(/case=/);
    await until('the address names the row', async () => page.url().includes((await look()).current ?? '-'));
    const before = await look();
    expect(before.top).toBeGreaterThan(0);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/orders\//);
    await raise(1);
    await page.goBack();
    await page.locator('[data-row-id][aria-current]').waitFor();
    // What is out of sight follows by and by.
    await becomesLike(look, before);
    await context.close();
  });

  it('keeps what is shown as a view, finds it by its address, and saves the list as a file', async () => {
    const [story] = (await raise(1)) as [Story];
    const { page, context } = await seat(browser, world, 'agent');
    await openLive(page, `${world.url}/queue?view=all&rules=lost`);
    await seen(page, story.name);
    await page.keyboard.press('v');
    await page.getByRole('menuitem', { name: 'Save as a new view', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Save as a new view', exact: true });
    await dialog.getByLabel('Name').fill('Lost parcels');
    await dialog.getByRole('button', { name: 'Save view', exact: true }).click();
    await page.getByRole('button', { name: /^Lost parcels/ }).waitFor();
    await page.waitForURL(/saved=/);
    await dialog.waitFor({ state: 'detached' });
    await page.keyboard.press('v');
    await page.getByRole('menuitem', { name: 'Pin to the tabs', exact: true }).click();
    await page.getByRole('tab', { name: /Lost parcels/, selected: true }).waitFor();
    await page.getByRole('button', { name: /Remove filter/ }).click();
    await page.getByRole('tab', { name: /Lost parcels •/ }).waitFor();
    await page.getByRole('tab', { name: /Lost parcels •/ }).click();
    await page.getByRole('button', { name: /Remove filter/ }).waitFor();
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'CSV', exact: true }).click()]);
    expect(readFileSync(await file.path(), 'utf8')).toContain(story.name);
    expect(file.suggestedFilename()).toMatch(/^orderwatch-queue-all-.*\.csv$/);
    await context.close();
  });

  it('lists in groups, as a tree of which the heads count', async () => {
    const [story] = (await raise(1)) as [Story];
    const { page, context } = await seat(browser, world, 'agent');
    await openLive(page, `${world.url}/queue?view=all&group=rule`);
    const tree = page.getByRole('treegrid');
    await tree.getByText('Lost').first().waitFor();
    await seen(page, story.name);
    const heads = page.locator('[role="row"][aria-expanded]');
    // What is counted for those who cannot see it, not what is drawn: rows out of sight come by and by.
    const lines = async (): Promise<number> => Number(await tree.getAttribute('aria-rowcount'));
    const all = await lines();
    await heads.first().click();
    await keyboardOn('the head', heads.first());
    await page.keyboard.press('ArrowLeft');
    await until('it is folded', async () => (await lines()) < all);
    await context.close();
  });
});

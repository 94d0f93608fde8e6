import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openLive, seat } from './support/browser';
import { until } from './support/processes';
import { becomesLike, drawn, focusedSpot, idsOf, idsOfStories, opened, rowAt, watchUnder, wholeInView } from './support/rows';
import { attempted, calm, delivered, lost, newStory, returned, type Story } from './support/stories';
import { startWorld, type FeedEvent, type World } from './support/world';

let world: World;
let browser: Browser;
let cookie: string;

beforeAll(async () => {
  world = await startWorld();
  browser = await openBrowser();
}, 120_000);
beforeEach(async () => {
  cookie = await world.signIn('agent');
});
afterAll(async () => {
  await browser.close();
  await world.stop();
}, 60_000);

/** One signed delivery after the other, so that the list changes all the time. */
const tell = async (events: readonly FeedEvent[], atOnce = 1): Promise<void> => {
  for (let i = 0; i < events.length; i += atOnce) expect(await world.send(...events.slice(i, i + atOnce))).toBe(202);
};
/** So many rows are read at a time. */
const PAGE = 100;
const many = (count: number): Story[] => Array.from({ length: count }, newStory);

/** Takes turns: the first of each, the second of each, … */
const mixed = (...lists: readonly (readonly FeedEvent[])[]): FeedEvent[] =>
  Array.from({ length: Math.max(...lists.map((list) => list.length)) }, (_, i) => lists.flatMap((list) => list[i] ?? [])).flat();

const shows = (page: Page, total: number): Promise<void> => page.getByText(new RegExp(`^${total} (?:open|(?:of \\d+ )?match the filter) ·`)).waitFor();

describe('a row in hand', () => {
  it('stays where it is, to the pixel, through 200 events that insert, remove and re-rank; applying them keeps the row with the keyboard in its place', async () => {
    const [stay, leave, rise] = [many(40), many(50), many(50)];
    const before = [...stay, ...leave, ...rise];
    await tell(before.flatMap(calm), 60);
    // What will leave stands among what stays, above and below it; what will rise stands below.
    await tell(mixed(stay.map(lost), leave.map(lost), rise.map(attempted)), 20);
    await opened(world, cookie, before.length);
    const { page, context, complaints } = await seat(browser, world, 'agent');
    await openLive(page, `${world.url}/queue?view=all`);
    await shows(page, before.length);

    await drawn(page, PAGE);
    await page.locator('.ow-peek').waitFor();
    // Scrolled a little, so that what comes above has to be made up for.
    await rowAt(page, 45).scrollIntoViewIfNeeded();
    const inView = await wholeInView(page);
    const stays = new Set(await idsOfStories(page, stay));
    const hoveredId = inView[11] ?? '';
    const hovered = page.locator(`[data-row-id="${hoveredId}"]`);
    const keptId = inView.find((id) => stays.has(id) && id !== hoveredId) ?? '';
    await page.locator(`[data-row-id="${keptId}"]`).click();
    const held = await idsOf(page);
    const watched = await watchUnder(page, hovered);
    const arrivals = many(100);
    await tell(arrivals.flatMap(calm), 60);
    const news = mixed(arrivals.map(lost), leave.map(delivered), rise.map(lost));
    expect(news).toHaveLength(200);
    await tell(news);
    const total = before.length + arrivals.length - leave.length;
    await opened(world, cookie, total);
    await shows(page, total);
    await page.getByRole('button', { name: /\d+ new.*left/ }).waitFor();
    const { sights, frames } = await watched();
    expect(sights).toEqual([`${hoveredId} at ${(await hovered.boundingBox())?.y ?? -1} px`]);
    expect(frames).toBeGreaterThan(20);
    // More of the same list may be added at its end.
    expect((await idsOf(page)).slice(0, held.length)).toEqual(held);

    const then = await focusedSpot(page);
    expect(then.id).toBe(keptId);
    await page.keyboard.press('.');
    await until('the new order is shown', async () => (await idsOf(page)).join() !== held.join());
    await page.getByRole('button', { name: /\d+ new/ }).waitFor({ state: 'detached' });
    await until('a row has the keyboard', async () => (await focusedSpot(page)).id !== null);
    const now = await focusedSpot(page);
    expect(now.id).toBe(then.id);
    expect(Math.abs(now.top - then.top)).toBeLessThanOrEqual(1);
    expect(complaints).toEqual([]);
    await context.close();
  }, 180_000);

  it('is walked through by a held key without reading what is only passed by; the panel follows where hands come to rest', async () => {
    const { page, context, complaints } = await seat(browser, world, 'agent');
    await openLive(page, `${world.url}/queue?view=all`);
    await drawn(page, PAGE);
    await rowAt(page, 3).click();
    const ids = await idsOf(page);
    const panel = page.locator('.ow-peek');
    const number = async (place: number): Promise<string> => (await rowAt(page, place).getByRole('checkbox').getAttribute('aria-label'))?.replace(/^Select /, '') ?? '';
    await panel.getByText(await number(3), { exact: true }).waitFor();
    const asked: string[] = [];
    page.on('request', (request) => {
      const body = request.postData();
      if (body?.includes('query CaseDetail(')) asked.push((JSON.parse(body) as { variables: { id: string } }).variables.id);
    });
    // All in one task, so that no pause of this machine looks like a rest; each step is drawn before the next, as ever.
    await page.evaluate(async () => {
      for (let i = 0; i < 12; i += 1) {
        document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', code: 'KeyJ', bubbles: true, cancelable: true, repeat: i > 0 }));
        await Promise.resolve();
      }
    });
    await until('the last one has the keyboard', async () => (await focusedSpot(page)).id === ids[14]);
    await panel.getByText(await number(15), { exact: true }).waitFor();
    const passedBy = new Set(ids.slice(4, 14));
    expect(asked.filter((id) => passedBy.has(id))).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  }, 60_000);
});

describe('the way back', () => {
  const filter = { rules: ['returned_to_sender'] };
  const backs: readonly ((page: Page) => Promise<unknown>)[] = [(page) => page.goBack(), (page) => page.keyboard.press('Escape'), (page) => page.getByRole('link', { name: /^Back to/ }).click()];

  it('from an order leads to the same rows, scroll, focus and selection of a filtered list, whatever came meanwhile', async () => {
    const [shown, filteredOut] = [many(60), many(10)];
    await tell([...shown, ...filteredOut].flatMap(calm), 60);
    await tell([...shown.map(returned), ...filteredOut.map(lost)], 35);
    await opened(world, cookie, 60, filter);
    const { page, context, complaints } = await seat(browser, world, 'agent');
    await openLive(page, `${world.url}/queue?view=all&rules=returned_to_sender`);
    await shows(page, 60);
    await drawn(page, 60);
    await page.locator('.ow-peek').waitFor();

    for (const place of [34, 35]) await rowAt(page, place).getByRole('checkbox').check();
    const row = rowAt(page, 37);
    await row.click();
    const id = (await row.getAttribute('data-row-id')) ?? '';
    const scroller = page.locator('.ow-grid-scroll').first();
    const top = (): Promise<number> => scroller.evaluate((element) => element.scrollTop);
    // Not where a click or the focus alone would have scrolled to.
    const clicked = await top();
    await page.mouse.wheel(0, 90);
    await until('the wheel has moved it', async () => (await top()) === clicked + 90);
    await page.waitForURL(new RegExp(`case=${id}`));
    const look = async () => ({ rows: await idsOf(page), top: await top(), spot: await focusedSpot(page), chosen: await page.locator('[data-row-id][aria-selected="true"]').count(), address: new URL(page.url()).search });
    const left = await look();
    expect(left).toMatchObject({ spot: { id }, chosen: 2 });

    for (const [i, back] of backs.entries()) {
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/orders\//);
      await page.locator('.order-head').first().waitFor();
      const newcomer = newStory();
      await tell([...calm(newcomer), returned(newcomer)]);
      await opened(world, cookie, 61 + i, filter);
      await back(page);
      await page.waitForURL(/\/queue/);
      await becomesLike(look, left);
      await page.getByRole('button', { name: new RegExp(`^${i + 1} new`) }).waitFor();
      expect(await look()).toEqual(left);
    }
    expect(complaints).toEqual([]);
    await context.close();
  }, 120_000);
});

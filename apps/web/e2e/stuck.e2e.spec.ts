import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { violations } from './support/axe';
import { openBrowser, openLive, seat, seen } from './support/browser';
import { gridsOf } from './support/grids';
import { until } from './support/processes';
import { newStory, type Story } from './support/stories';
import { startWorld, type FeedEvent, type World } from './support/world';

const HOUR = 3_600_000;
const LIMIT = 48 * HOUR;
/** The monitor of silences looks each minute; so long at most until it must have seen one. */
const A_MINUTE = 90_000;
/** From when two parcels were last heard of until they pass their limit, at least: by then the silence of their feed must be known. */
const KNOWN_WITHIN = 30_000;

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

const ago = (ms: number): string => new Date(Date.now() - ms).toISOString();

const scan = (story: Story, msAgo: number, where: { carrier?: string; facility?: string } = {}): FeedEvent => ({
  type: 'shipment.in_transit',
  subject: story.id,
  time: ago(msAgo),
  data: { shipmentId: `${story.id}-s1`, carrier: 'DHL', facility: 'Leipzig', ...where, trackingNumber: story.tracking },
});

/** A parcel whose last scan is so long ago. */
const silentFor = (story: Story, msAgo: number, where: { carrier?: string; facility?: string } = {}): FeedEvent[] => [
  { type: 'order.placed', subject: story.id, time: ago(msAgo + HOUR), data: { name: story.name, currency: 'EUR', total: '129.00', customer: { id: `c-${story.id}`, name: 'Erin Gallagher', email: `${story.id}@example.test` } } },
  scan(story, msAgo, where),
];

const rowOf = (page: Page, story: Story) => page.locator('[data-row-id]', { hasText: story.name });
const totalOf = async (cookie: string, includeFeedLate = false): Promise<{ total: number; lateFeeds: { connection: string; parcels: number }[] }> =>
  ((await world.ask(cookie, 'query($late: Boolean) { stuck(includeFeedLate: $late) { total lateFeeds { connection parcels } } }', { late: includeFeedLate })) as { stuck: { total: number; lateFeeds: { connection: string; parcels: number }[] } }).stuck;
/** Waits until all that was sent before counts as heard from the feed: that is written down a moment later. */
const heard = async (cookie: string, since: number): Promise<unknown> =>
  until('the feed was heard', async () => {
    const { health } = (await world.ask(cookie, '{ health { sources { connection lastReceivedAt } } }')) as { health: { sources: { connection: string; lastReceivedAt: string | null }[] } };
    return Date.parse(health.sources.find(({ connection }) => connection === 'events')?.lastReceivedAt ?? '') >= since;
  });
const casesOf = async (cookie: string, story: Story): Promise<number> => ((await world.ask(cookie, 'query($f: QueueFilter) { queue(view: all, filter: $f) { total } }', { f: { text: story.name } })) as { queue: { total: number } }).queue.total;

describe('stuck parcels', () => {
  const [leipzig, linz, gls] = [newStory(), newStory(), newStory()];
  beforeAll(async () => {
    await world.send(...silentFor(leipzig, 100 * HOUR), ...silentFor(linz, 70 * HOUR, { facility: 'Linz' }), ...silentFor(gls, 60 * HOUR, { carrier: 'GLS', facility: 'Linz' }));
    const cookie = await world.signIn('agent');
    await until('all three are stuck', async () => (await totalOf(cookie)).total === 3);
  });

  it('stand place by place, and the address says which place is listed', async () => {
    const { page, context, complaints } = await seat(browser, world, 'agent');
    await openLive(page, `${world.url}/stuck`);
    await seen(page, leipzig.name);
    const [grid] = await gridsOf(page);
    expect(grid).toMatchObject({ isContinuous: true, tabStops: [expect.any(String)] });
    expect(await page.getByRole('treegrid').locator('[data-group]').allTextContents()).toEqual(['DHL, Leipzig1', 'DHL, Linz1', 'GLS, Linz1']);
    await page.getByRole('treeitem', { name: /^DHL/ }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/carrier=dhl.*facility=Linz/);
    await seen(page, leipzig.name, false);
    expect(await rowOf(page, linz).count()).toBe(1);
    await page.goBack();
    await seen(page, gls.name);
    await page.goto(`${world.url}/stuck?carrier=gls`);
    await seen(page, gls.name);
    expect(await rowOf(page, linz).count()).toBe(0);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('are put off until their next scan, several at once, and undone', async () => {
    const { page, context } = await seat(browser, world, 'agent');
    await openLive(page, `${world.url}/stuck?carrier=dhl`);
    await seen(page, linz.name);
    await rowOf(page, leipzig).click();
    await page.keyboard.press('x');
    await rowOf(page, linz).click();
    await page.keyboard.press('x');
    await page.getByRole('toolbar').getByText('2 selected').waitFor();
    await page.keyboard.press('h');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: /scan/i }).click();
    await dialog.locator('ol button').first().click();
    await dialog.getByTestId('bulk-trial').getByText('2 change').waitFor();
    await dialog.getByRole('button', { name: 'Snooze 2 cases', exact: true }).click();
    for (const story of [leipzig, linz]) await rowOf(page, story).getByText('Snoozed').waitFor();
    expect(await page.getByRole('toolbar').count()).toBe(0);
    await page.keyboard.press('z');
    for (const story of [leipzig, linz]) await rowOf(page, story).getByText('Nobody').waitFor();
    await context.close();
  });

  it('show one beside the list, claim it by its key, and leave by a scan without moving what is in hand', async () => {
    const { page, context } = await seat(browser, world, 'agent');
    // What its case allows is still on its way when the key is pressed.
    let come = (): void => undefined;
    const gate = new Promise<void>((open) => (come = open));
    await page.route('**/graphql', async (route) => {
      if (/query CaseDetail\b/.test(route.request().postData() ?? '')) await gate;
      await route.continue();
    });
    await openLive(page, `${world.url}/stuck?group=none`);
    await seen(page, gls.name);
    await rowOf(page, linz).click();
    await page.keyboard.press('p');
    await page.getByRole('complementary', { name: new RegExp(linz.name) }).getByText(/No scan for/).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('c');
    come();
    await rowOf(page, linz).getByText('You').waitFor();
    const top = await rowOf(page, linz).evaluate((row) => row.getBoundingClientRect().top);
    await world.send(scan(leipzig, 0));
    await page.locator('[data-row-id][data-gone]', { hasText: leipzig.name }).waitFor();
    expect(await rowOf(page, linz).evaluate((row) => row.getBoundingClientRect().top)).toBe(top);
    await context.close();
  });

  it('are left for an order, however long it takes to come', async () => {
    const { page, context } = await seat(browser, world, 'agent');
    let come = (): void => undefined;
    const gate = new Promise<void>((open) => (come = open));
    await page.route(/\/order\.page-[^/]+\.js$/, async (route) => {
      await gate;
      await route.continue();
    });
    await page.clock.install();
    await openLive(page, `${world.url}/stuck?carrier=gls`);
    await rowOf(page, gls).click();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/orders\//);
    // By now the address would follow the row in hand.
    await page.clock.fastForward(2000);
    come();
    await until('the order is there', async () => (await page.title()).includes(gls.name));
    expect(new URL(page.url()).pathname).toMatch(/^\/orders\//);
    await context.close();
  });

  it('go into a file as they are listed', async () => {
    const { page, context } = await seat(browser, world, 'lead');
    await openLive(page, `${world.url}/stuck?carrier=gls`);
    await seen(page, gls.name);
    const file = page.waitForEvent('download');
    await page.getByRole('button', { name: 'CSV', exact: true }).click();
    expect((await file).suggestedFilename()).toMatch(/^orderwatch-stuck-.+\.csv$/);
    await context.close();
  });
});

describe('a feed that stops', () => {
  it(
    'makes nothing stuck: its rows are unknown, a banner names it, and all returns when it speaks again',
    async () => {
      const [before, unknown, scanned, other] = [newStory(), newStory(), newStory(), newStory()];
      const cookie = await world.signIn('agent');
      // A busy feed: only of one that usually speaks can silence be told.
      const busy = Array.from({ length: 12 }, () => newStory());
      for (let round = 0; round < 5; round += 1) for (const story of busy) await world.send(scan(story, (5 - round) * 600_000));
      await world.send(...silentFor(before, 60 * HOUR));
      const { page, context, complaints } = await seat(browser, world, 'agent');
      await openLive(page, `${world.url}/stuck`);
      await seen(page, before.name);
      // A worker that joins tells how fast this machine is today.
      const began = Date.now();
      await world.join();
      const knownWithin = Math.max(KNOWN_WITHIN, 4 * (Date.now() - began));
      // Those two pass their limit while the feed is silent.
      const sentAt = Date.now();
      await world.send(...silentFor(unknown, LIMIT - knownWithin), ...silentFor(scanned, LIMIT - knownWithin));
      await heard(cookie, sentAt);
      await world.silence('events', 630);
      await world.join();

      const banner = page.getByTestId('late-feeds');
      await banner.waitFor({ timeout: A_MINUTE });
      expect(await banner.textContent()).toMatch(/has been silent since \d\d:\d\d \(10 h\)/);
      await banner.getByText('2 parcels are unknown').waitFor({ timeout: knownWithin + A_MINUTE + 60_000 });
      // Neither listed as stuck nor a case; what was stuck before stays.
      expect([await rowOf(page, unknown).count(), await rowOf(page, before).count()]).toEqual([0, 1]);
      await until('what was stuck before is a case', async () => (await casesOf(cookie, before)) === 1, A_MINUTE);
      expect([await casesOf(cookie, unknown), await casesOf(cookie, scanned)]).toEqual([0, 0]);
      await page.locator('[data-row-id]').first().focus();
      await page.keyboard.press('t');
      await rowOf(page, unknown).getByText('Unknown, feed late').waitFor();
      expect(await violations(page)).toEqual([]);
      const rows = await page.locator('[data-row-id]').allTextContents();
      const apart = rows.findIndex((text) => text.startsWith('Unknown: feed late'));
      expect(apart).toBeGreaterThan(rows.findIndex((text) => text.includes(before.name)));
      expect(rows.findIndex((text) => text.includes(unknown.name))).toBeGreaterThan(apart);

      // It speaks again: what it says of one parcel is that it moved; the other is stuck after all.
      await world.send(scan(scanned, 0), ...silentFor(other, HOUR));
      await banner.waitFor({ state: 'detached', timeout: A_MINUTE });
      await until('the one that did not move is stuck', async () => (await casesOf(cookie, unknown)) === 1, A_MINUTE);
      expect([await casesOf(cookie, scanned), (await totalOf(cookie)).lateFeeds]).toEqual([0, []]);
      await rowOf(page, unknown).filter({ hasNotText: 'Unknown' }).waitFor();
      await page.keyboard.press('.');
      await page.locator('[data-row-id]:not([data-gone])', { hasText: unknown.name }).filter({ hasNotText: 'Unknown' }).waitFor();
      await seen(page, scanned.name, false);
      expect(complaints).toEqual([]);
      await context.close();
    },
    8 * A_MINUTE,
  );
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { violations } from './support/axe';
import { openBrowser, openLive, seat, seen } from './support/browser';
import { until } from './support/processes';
import { calm, lost, newStory, type Story } from './support/stories';
import { startWorld, type FeedEvent, type World } from './support/world';

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

/** A lost order of that value. */
const raise = async (total: string): Promise<Story> => {
  const story = newStory();
  const events = calm(story).map((event): FeedEvent => (event.type === 'order.placed' ? { ...event, data: { ...event.data, total } } : event));
  expect(await world.send(...events, lost(story))).toBe(202);
  return story;
};
/** The stories whose rows are there, from the top. */
const listed = async (page: Page, stories: readonly Story[]): Promise<Story[]> => {
  const rows = await page.locator('[data-row-id]:not([data-gone])').allTextContents();
  return rows.flatMap((row) => stories.find(({ name }) => row.includes(name)) ?? []);
};

describe('what is listed, and how', () => {
  it('is sorted, narrowed and laid out by hand, and stays so in the address and for the person', async () => {
    const [poor, rich, fair] = [await raise('50.00'), await raise('900.00'), await raise('300.00')];
    const stories = [poor, rich, fair];
    const { page, context, complaints } = await seat(browser, world, 'agent');
    const shows = (wanted: readonly Story[]): Promise<unknown> => until(`the list shows ${wanted.map(({ name }) => name).join()}`, async () => JSON.stringify(await listed(page, stories)) === JSON.stringify(wanted));
    await openLive(page, `${world.url}/queue?view=all`);
    for (const { name } of stories) await seen(page, name);

    await page.keyboard.press('s');
    await page.getByRole('menuitemradio', { name: 'Highest value', exact: true }).waitFor();
    for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
    await page.getByRole('grid', { name: 'All open, highest value first', exact: true }).waitFor();
    await shows([rich, fair, poor]);
    expect(await page.getByRole('columnheader', { name: 'Value', exact: true }).getAttribute('aria-sort')).toBe('descending');

    const row = page.locator('[data-row-id]').nth(1);
    await row.click();
    await page.getByRole('button', { name: 'Value', exact: true }).click();
    await shows([poor, rich, fair]);
    expect(new URL(page.url()).searchParams.get('sort')).toBe(null);
    await page.getByRole('button', { name: 'Value', exact: true }).click();
    await shows([rich, fair, poor]);
    expect(new URL(page.url()).searchParams.get('sort')).toBe('value');
    expect(await page.evaluate(() => document.activeElement?.closest('[data-row-id]') !== null)).toBe(true);

    await page.keyboard.press('f');
    await page.getByRole('menuitem', { name: 'Value…', exact: true }).click();
    const over = page.getByRole('button', { name: /^over €100\.00/ });
    expect(await over.textContent()).toBe('over €100.00 2');
    expect(await violations(page)).toEqual([]);
    await over.click();
    await shows([rich, fair]);

    await page.getByRole('button', { name: 'Value over €100.00', exact: true }).click();
    await page.getByRole('textbox', { name: 'Over, in EUR', exact: true }).fill('500');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Value over €500.00', exact: true }).waitFor();
    await shows([rich]);

    await page.getByRole('button', { name: 'Columns', exact: true }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Changed', exact: true }).click();
    await page.getByRole('menuitemcheckbox', { name: /^Promise/ }).click();
    await page.keyboard.press('Escape');
    await page.locator('[data-row-id]').first().click();
    const edge = page.getByRole('separator', { name: 'Width of the panel', exact: true });
    await edge.focus();
    await Promise.all([page.waitForResponse((response) => response.request().postData()?.includes('peekWidth') ?? false), page.keyboard.press('ArrowLeft')]);
    expect(await edge.getAttribute('aria-valuenow')).toBe('452');

    // Another browser of the same person has nothing but the address and what the server kept.
    const other = await seat(browser, world, 'agent');
    await openLive(other.page, page.url());
    await other.page.getByRole('grid', { name: 'All open, highest value first', exact: true }).waitFor();
    await other.page.getByRole('columnheader', { name: 'Changed', exact: true }).waitFor();
    expect(await other.page.getByRole('columnheader', { name: 'Promise', exact: true }).count()).toBe(0);
    expect(await listed(other.page, stories)).toEqual([rich]);
    await other.page.locator('.ow-peek').waitFor();
    expect(await other.page.locator('.ow-peek').evaluate((panel) => Math.round(panel.getBoundingClientRect().width))).toBe(452);

    await openLive(other.page, `${world.url}/queue?view=all&rules=lost&minValue=9900000&maxAge=48`);
    await other.page.getByRole('heading', { name: /^0 of \d+ match/ }).waitFor();
    await other.page.getByRole('button', { name: /^Clear: Value over €99.000\.00 \(3 cases\)/ }).click();
    await until('all of them are back', async () => (await listed(other.page, stories)).length === 3);
    expect([...complaints, ...other.complaints]).toEqual([]);
    await Promise.all([context.close(), other.context.close()]);
  }, 120_000);
});

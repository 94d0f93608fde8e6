import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { violations } from './support/axe';
import { openBrowser, openLive, seat, seen } from './support/browser';
import { keyboardOn } from './support/keyboard';
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
    await keyboardOn('the menu', page.locator('[role="menu"], [role="menu"] *'));
    for (let i = 0; i < 2; i += 1) {
      await page.keyboard.press('ArrowDown');
      await keyboardOn('a choice', page.getByRole('menuitemradio').nth(i));
    }
    await keyboardOn('the highest value', page.getByRole('menuitemradio', { name: 'Highest value', exact: true }));
    await page.keyboard.press('Enter');
    await page.getByRole('grid', { name: 'All open, highest value first', exact: true }).waitFor();
    await shows([rich, fair, poor]);
    await page.getByRole('columnheader', { name: 'Value', exact: true }).and(page.locator('[aria-sort="descending"]')).waitFor();

    const row = page.locator('[data-row-id]').nth(1);
    await row.click();
    await page.getByRole('button', { name: 'Value', exact: true }).click();
    await shows([poor, rich, fair]);
    expect(new URL(page.url()).searchParams.get('sort')).toBe(null);
    await page.getByRole('button', { name: 'Value', exact: true }).click();
    await shows([rich, fair, poor]);
    expect(new URL(page.url()).searchParams.get('sort')).toBe('value');
    await keyboardOn('a row', page.locator('[data-row-id], [data-row-id] *'));

    await page.keyboard.press('f');
    await page.getByRole('menuitem', { name: 'Value…', exact: true }).click();
    // The choice is there before it is counted.
    const over = page.getByRole('button', { name: 'over €100.00 2', exact: true });
    await over.waitFor();
    expect(await violations(page)).toEqual([]);
    await over.click();
    await shows([rich, fair]);

    await page.getByRole('button', { name: 'Value over €100.00', exact: true }).click();
    await page.getByRole('textbox', { name: 'Over, in EUR', exact: true }).fill('500');
    await page.getByRole('textbox', { name: 'Over, in EUR', exact: true }).press('Enter');
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
    await edge.and(page.locator('[aria-valuenow="452"]')).waitFor();
    // The address follows the row in hand when hands have come to rest.
    await page.waitForURL(/case=/);

    // Another browser of the same person has nothing but the address and what the server kept.
    const other = await seat(browser, world, 'agent');
    await openLive(other.page, page.url());
    await other.page.getByRole('grid', { name: 'All open, highest value first', exact: true }).waitFor();
    await other.page.getByRole('columnheader', { name: 'Changed', exact: true }).waitFor();
    expect(await other.page.getByRole('columnheader', { name: 'Promise', exact: true }).count()).toBe(0);
    await until('it lists the same', async () => JSON.stringify(await listed(other.page, stories)) === JSON.stringify([rich]));
    await other.page.locator('.ow-peek').waitFor();
    await until('the panel is as wide', () => other.page.locator('.ow-peek').evaluate((panel) => Math.round(panel.getBoundingClientRect().width) === 452));

    await openLive(other.page, `${world.url}/queue?view=all&rules=lost&minValue=9900000&maxAge=48`);
    await other.page.getByRole('heading', { name: /^0 of \d+ match/ }).waitFor();
    await other.page.getByRole('button', { name: /^Clear: Value over €99.000\.00 \(3 cases\)/ }).click();
    await until('all of them are back', async () => (await listed(other.page, stories)).length === 3);
    expect([...complaints, ...other.complaints]).toEqual([]);
    await Promise.all([context.close(), other.context.close()]);
  }, 120_000);
});

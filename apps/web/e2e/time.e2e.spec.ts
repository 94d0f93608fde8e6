import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openLive, seat } from './support/browser';
import { until } from './support/processes';
import { startWorld, type World } from './support/world';

let world: World;
let browser: Browser;
let receivedAt = '';

beforeAll(async () => {
  world = await startWorld();
  browser = await openBrowser();
  await world.play('dead_letter');
  const cookie = await world.signIn('lead');
  receivedAt = await until('the letter is kept', async () => {
    const { health } = (await world.ask(cookie, '{ health { deadLetterGroups { firstAt } } }')) as { health: { deadLetterGroups: { firstAt: string }[] } };
    return health.deadLetterGroups[0]?.firstAt;
  });
}, 120_000);
afterAll(async () => {
  await browser.close();
  await world.stop();
}, 60_000);

const clock = (timeZone: string): string => new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(Date.parse(receivedAt));
const letters = (page: Page) => page.getByRole('region', { name: /^Dead letters/ });

it.each([['America/New_York', 'New York'], ['Europe/Berlin', 'Berlin'], ['Asia/Tokyo', 'Tokyo']])('whoever sits in %s reads that clock, sees its name, and the one of UTC by one key', async (timeZone, name) => {
  const { page, context } = await seat(browser, world, 'lead', { timeZone });
  await openLive(page, `${world.url}/health`);
  await letters(page).getByText(clock(timeZone)).first().waitFor();
  const zone = page.getByRole('banner').getByRole('button', { name: new RegExp(`^${name}`) });
  await zone.waitFor();
  for (const shown of ['warehouse', 'event', 'utc']) {
    await page.keyboard.press('Shift+T');
    await page.waitForURL(new RegExp(`tz=${shown}`));
  }
  await letters(page).getByText(clock('UTC')).first().waitFor();
  await page.getByRole('button', { name: 'Times: UTC', exact: true }).click();
  await page.waitForURL((url) => !url.searchParams.has('tz'));
  await letters(page).getByText(clock(timeZone)).first().waitFor();
  await context.close();
});

it('a link shared with its zone shows the same everywhere', async () => {
  const texts: string[] = [];
  for (const timeZone of ['America/New_York', 'Asia/Tokyo']) {
    const { page, context } = await seat(browser, world, 'lead', { timeZone });
    await openLive(page, `${world.url}/health?tz=utc`);
    await letters(page).getByText(clock('UTC')).first().waitFor();
    // Ages grow while the second window opens; instants do not.
    texts.push((await letters(page).innerText()).replaceAll(/\d+ (?:s|min)\b/g, ''));
    await context.close();
  }
  expect(texts[0]).toContain(clock('UTC'));
  expect(texts[1]).toBe(texts[0]);
});

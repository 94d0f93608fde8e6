import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser, seat, stranger } from './support/browser';
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

describe('signing in', () => {
  it('leads to the page that was asked for, and says nothing about which half was wrong', async () => {
    const { page, context } = await stranger(browser);
    await page.goto(`${world.url}/stuck`);
    await page.getByLabel('Work e-mail').fill('agent@demo.test');
    await page.getByRole('textbox', { name: 'Password', exact: true }).fill('wrong');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText('This e-mail and password do not fit together.').waitFor();
    await page.getByRole('textbox', { name: 'Password', exact: true }).fill('orderwatch-demo');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { name: 'Stuck parcels', level: 1, exact: true }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/stuck');
    await context.close();
  });

  it('comes over the open page when the session ends, and the page is still there afterwards', async () => {
    const { page, context } = await seat(browser, world, 'agent');
    await page.goto(`${world.url}/queue`);
    await page.locator('.ow-fresh[data-state="live"]').waitFor();
    await context.clearCookies();
    await page.getByRole('tab', { name: /Late/ }).click();
    await page.getByText('Your session has ended').waitFor();
    expect(new URL(page.url()).pathname).toBe('/queue');
    await page.getByRole('textbox', { name: 'Password', exact: true }).fill('orderwatch-demo');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText('Your session has ended').waitFor({ state: 'detached' });
    await page.locator('.ow-fresh[data-state="live"]').waitFor();
    expect(new URL(page.url()).searchParams.get('view')).toBe('late');
    await context.close();
  });

  it('is needed for everything: nothing is read or heard without', async () => {
    const response = await fetch(`${world.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: '{ counts { all } }' }) });
    const answer = (await response.json()) as { data?: { counts?: unknown } | null };
    expect(answer.data?.counts ?? null).toBeNull();
  });
});

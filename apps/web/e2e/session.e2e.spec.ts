import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openLive, seat, stranger } from './support/browser';
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

  it('in one window is enough for all of them', async () => {
    const { page, context } = await seat(browser, world, 'agent');
    const other = await context.newPage();
    for (const each of [page, other]) await openLive(each, `${world.url}/queue`);
    await context.clearCookies();
    for (const each of [page, other]) {
      await each.getByRole('tab', { name: /Late/ }).click();
      await each.getByText('Your session has ended').waitFor();
    }
    const signIn = async (email: string): Promise<void> => {
      await page.getByLabel('Work e-mail').fill(email);
      await page.getByRole('textbox', { name: 'Password', exact: true }).fill('orderwatch-demo');
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByText('Your session has ended').waitFor({ state: 'detached' });
    };
    // Another person's session is none for what stands on the other page.
    await signIn('lead@demo.test');
    expect(await other.getByText('Your session has ended').count()).toBe(1);
    await context.clearCookies();
    await page.getByRole('tab', { name: /Late/ }).press('ArrowLeft');
    await page.getByText('Your session has ended').waitFor();
    await signIn('Agent@demo.test');
    for (const each of [page, other]) {
      await each.getByText('Your session has ended').waitFor({ state: 'detached' });
      await each.locator('.ow-fresh[data-state="live"]').waitFor();
    }
    await context.close();
  });

  it('is needed for everything: nothing is read or heard without', async () => {
    const response = await fetch(`${world.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: '{ counts { all } }' }) });
    const answer = (await response.json()) as { data?: { counts?: unknown } | null };
    expect(answer.data?.counts ?? null).toBeNull();
  });
});

/** The window is looked at again: it asks how long the session goes on. */
const lookAt = (page: Page): Promise<void> => page.evaluate(() => void document.dispatchEvent(new Event('visibilitychange')));

describe('the end of a session', () => {
  it('is said two minutes before to who has rested, in all their windows, and put off in all of them by one press', async () => {
    const { page, context } = await seat(browser, world, 'lead');
    const other = await context.newPage();
    const asked: (string | undefined)[] = [];
    other.on('request', (request) => {
      if (request.url().endsWith('/graphql')) asked.push(request.headers()['x-hands-told']);
    });
    for (const each of [page, other]) await openLive(each, `${world.url}/queue`);
    await world.rest('lead', 28.1);
    const warning = (each: Page) => each.getByRole('group', { name: 'Your session', exact: true });
    for (const each of [page, other]) {
      await lookAt(each);
      await warning(each).getByText(/You will be signed out in (1 min )?\d+ s\./).waitFor();
      await each.getByRole('status').getByText(/You will be signed out in \d minutes?\./).waitFor({ state: 'attached' });
      expect(await each.getByRole('dialog').count()).toBe(0);
    }
    // A tab behind another one draws nothing, and nothing can be pressed there.
    await page.bringToFront();
    await warning(page).getByRole('button', { name: 'Stay', exact: true }).click();
    for (const each of [page, other]) await warning(each).waitFor({ state: 'detached' });
    // What it reads it reads by itself; only hands put the end off.
    expect(asked.length).toBeGreaterThan(0);
    expect(new Set(asked)).toEqual(new Set(['1']));
    await context.close();
  });

  it('is said before the last one too, and one signs in again over the page, which stays', async () => {
    const { page, context } = await seat(browser, world, 'lead');
    await openLive(page, `${world.url}/queue?view=late`);
    await world.endIn('lead', 1.9);
    await lookAt(page);
    await page.getByRole('button', { name: 'Sign in again', exact: true }).click();
    await page.getByRole('textbox', { name: 'Password', exact: true }).fill('orderwatch-demo');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await world.rest('lead', 31);
    await lookAt(page);
    await page.getByText('Your session has ended').waitFor();
    expect(await page.getByRole('group', { name: 'Your session', exact: true }).count()).toBe(0);
    expect(new URL(page.url()).searchParams.get('view')).toBe('late');
    await context.close();
  });
});

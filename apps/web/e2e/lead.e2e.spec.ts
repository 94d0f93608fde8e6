import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser, openLive, seat, seen } from './support/browser';
import { until } from './support/processes';
import { calm, lost, newStory } from './support/stories';
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

describe('the report', () => {
  it('counts what happens while it is looked at, and every number opens its rows', async () => {
    const first = newStory();
    await world.send(...calm(first), lost(first));
    const { page, context, complaints } = await seat(browser, world, 'lead');
    await openLive(page, `${world.url}/reports`);
    const open = page.locator('.ow-kpi', { hasText: 'Open cases' }).locator('b');
    await until('the first case counts', async () => (await open.textContent()) === '1');
    const second = newStory();
    await world.send(...calm(second), lost(second));
    await until('the second case counts without a reload', async () => (await open.textContent()) === '2');

    await page.getByRole('region', { name: 'Orders by status, now', exact: true }).getByRole('button', { name: /Lost/ }).first().click();
    await page.getByText(first.name).first().waitFor();
    await page.getByText(second.name).first().waitFor();
    expect(new URL(page.url()).searchParams.get('status')).toBe('lost');
    expect(complaints).toEqual([]);
    await context.close();
  });
});

describe('sync health', () => {
  it('keeps what nobody can read, says what a replay would do, and does it', async () => {
    const bytes = JSON.stringify([{ specversion: '1.0', id: crypto.randomUUID(), source: 'https://e2e.test/feed', type: 'order.exploded', subject: 'e2e-dead', time: new Date().toISOString(), data: {} }]);
    expect(await world.sendBytes(bytes)).toBe(202);
    const { page, context } = await seat(browser, world, 'lead');
    await openLive(page, `${world.url}/health`);
    const letters = page.getByRole('region', { name: 'Dead letters by cause', exact: true }).getByRole('row');
    await until('the dead letter is shown', async () => (await letters.count()) > 1);
    await letters.nth(1).click();
    const panel = page.getByRole('complementary', { name: /Replay/ });
    await panel.getByRole('button', { name: /^Dry run/ }).click();
    await panel.getByText(/still fail/).first().waitFor();
    await panel.getByRole('button', { name: /^Replay/ }).click();
    await panel.getByText('Done', { exact: true }).waitFor();
    await context.close();
  });
});

describe('stuck parcels', () => {
  it('lists a parcel that fell silent, grouped by carrier, and opens its order', async () => {
    const { order } = await world.play('no_movement', { home: 'feed' });
    const { page, context } = await seat(browser, world, 'agent');
    await openLive(page, `${world.url}/stuck`);
    await seen(page, order?.name ?? '');
    await page.getByRole('navigation', { name: 'Carriers and places', exact: true }).getByRole('treeitem').nth(1).waitFor();
    await page.locator('[data-row-id]', { hasText: order?.name ?? '' }).click();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/orders\//);
    await context.close();
  });
});

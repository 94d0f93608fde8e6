import { readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { violations } from './support/axe';
import { openBrowser, openLive, seat } from './support/browser';
import { chord } from './support/keyboard';
import { until } from './support/processes';
import { startWorld, type World } from './support/world';

let world: World;
let browser: Browser;
let order = { id: '', name: '' };

const PROPOSE = 'mutation($input: ProposeRemedyInput!) { proposeRemedy(input: $input) { __typename ... on RemedyDone { remedy { id } } } }';
const DECLINE = 'mutation($id: ID!, $m: ID!) { declineRemedy(id: $id, revision: 1, reason: "It was found", mutationId: $m) { __typename } }';

/** Asked for by the agent, declined by the manager, past the screen. */
const declined = async (amountMinor: number): Promise<void> => {
  const input = { orderId: order.id, kind: 'refund', amountMinor, reasonCode: 'lost', reason: 'The carrier says so', mutationId: crypto.randomUUID() };
  const { proposeRemedy } = (await world.ask(await world.signIn('agent'), PROPOSE, { input })) as { proposeRemedy: { remedy: { id: string } } };
  expect(await world.ask(await world.signIn('manager'), DECLINE, { id: proposeRemedy.remedy.id, m: crypto.randomUUID() })).toEqual({ declineRemedy: { __typename: 'RemedyDone' } });
};

beforeAll(async () => {
  world = await startWorld();
  browser = await openBrowser();
  const played = await world.play('lost', { home: 'shopify' });
  const cookie = await world.signIn('lead');
  const id = await until('the case is open', async () => {
    const { queue } = (await world.ask(cookie, 'query($f: QueueFilter) { queue(view: all, filter: $f) { rows { orderId } } }', { f: { text: played.order?.name } })) as { queue: { rows: { orderId: string }[] } };
    return queue.rows[0]?.orderId;
  });
  order = { id, name: played.order?.name ?? '' };
  await declined(1_250);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await world.stop();
}, 60_000);

const actions = (page: Page): Promise<string[]> => page.locator('.au-table tbody th').allTextContents();

const inBothSchemes = async (page: Page, state: string): Promise<string[]> => {
  const light = await violations(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.locator('html[data-mantine-color-scheme="dark"]').waitFor();
  const dark = await violations(page, { rule: 'color-contrast' });
  await page.emulateMedia({ colorScheme: 'light' });
  await page.locator('html[data-mantine-color-scheme="light"]').waitFor();
  return [...light, ...dark].map((each) => `${state}: ${each}`);
};

describe('the audit', () => {
  it('is searched and read by keyboard, stands still while more is written, and says how its chain is', async () => {
    const { page, context, complaints } = await seat(browser, world, 'manager');
    await page.clock.install();
    await openLive(page, `${world.url}/health`);
    await chord(page, 'g', 'u');
    await page.getByRole('table', { name: /^Entries of the audit/ }).waitFor();
    expect(await actions(page)).toEqual(['refund.declined', 'refund.propose']);
    await page.getByText(/^The chain has not been verified yet|^Chain verified/).waitFor();

    await page.keyboard.press('/');
    await page.keyboard.type('-result:ok actor:nobody');
    await page.keyboard.press('Enter');
    await page.getByText('By itself, actor:nobody keeps out what would be found.').waitFor();
    const found = await inBothSchemes(page, 'excluded');
    await page.getByRole('button', { name: 'Take away actor nobody', exact: true }).click();
    await page.locator('.au-table tbody tr').first().waitFor();
    await until('the search is what is left of it', async () => (await page.getByRole('searchbox', { name: 'Search the audit', exact: true }).inputValue()) === '-result:ok');
    expect(await actions(page)).toEqual(['refund.declined']);

    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    const panel = page.getByRole('complementary', { name: /^Entry \d+$/ });
    await panel.getByText('It was found').first().waitFor();
    await panel.getByText(/^[0-9a-f]{8}-[0-9a-f-]{27}$/).waitFor(); // the request
    found.push(...(await inBothSchemes(page, 'details')));
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    await until('the focus is on the row', () => page.evaluate(() => document.activeElement?.matches('tr[data-entry]') ?? false));

    await declined(700);
    await page.clock.fastForward(80_000);
    const more = page.getByRole('button', { name: '1 newer', exact: true });
    await more.waitFor();
    expect(await actions(page)).toEqual(['refund.declined']);
    await page.keyboard.press('.');
    await more.waitFor({ state: 'detached' });
    expect(await actions(page)).toEqual(['refund.declined', 'refund.declined']);
    expect(complaints).toEqual([]);

    await page.route('**/graphql', async (route) => {
      if (!/query AuditNewer\b/.test(route.request().postData() ?? '')) return route.continue();
      const answer = await route.fetch();
      const body = (await answer.json()) as { data: { auditNewer: { chain: object } } };
      Object.assign(body.data.auditNewer.chain, { brokenEntry: '1', brokenSince: new Date().toISOString() });
      return route.fulfill({ response: answer, json: body });
    });
    await page.clock.fastForward(80_000);
    await page.getByRole('alert').filter({ hasText: 'entry 1 does not fit its chain' }).waitFor();
    found.push(...(await inBothSchemes(page, 'alarm')));
    expect(found).toEqual([]);
    await context.close();
  });

  it('is one click from an order, and hands out what can be checked', async () => {
    const { page, context, complaints } = await seat(browser, world, 'manager');
    await openLive(page, `${world.url}/orders/${order.id}`);
    await page.getByRole('button', { name: /^Story/ }).click();
    await page.getByRole('table', { name: /^The story/ }).waitFor();
    const story = await actions(page);
    expect(story).toEqual(expect.arrayContaining(['case.opened', 'refund.propose', 'refund.declined']));
    expect(story.indexOf('case.opened')).toBeLessThan(story.indexOf('refund.propose'));
    const found = await inBothSchemes(page, 'story');
    await page.locator('.au-table tr', { hasText: 'refund.declined' }).first().click();
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Evidence bundle', exact: true }).click()]);
    expect(file.suggestedFilename()).toMatch(/^orderwatch-evidence-AP-\d+-.*\.json$/);
    const text = readFileSync(await file.path(), 'utf8');
    const { audit, asked } = JSON.parse(text) as { audit: { entries: { hash: string; action: string }[] }; asked: { reason: string } };
    expect([asked.reason, audit.entries.map(({ action }) => action)]).toEqual(['The carrier says so', ['remedy.propose', 'remedy.declined']]);
    await page.getByRole('link', { name: 'Print it', exact: true }).click();
    const pack = page.getByTestId('evidence-bundle');
    await pack.getByText(audit.entries[1]?.hash ?? '?').first().waitFor();
    found.push(...(await inBothSchemes(page, 'bundle')));
    await page.keyboard.press('Escape');
    await page.getByRole('table', { name: /^The story/ }).waitFor();
    await page.goto(`${world.url}/audit?q=action:export.evidence`);
    await page.locator('.au-table tbody tr').last().click();
    await page.getByText(createHash('sha256').update(text).digest('hex')).waitFor(); // of the file that was saved first
    expect([found, complaints]).toEqual([[], []]);
    await context.close();

    const agent = await seat(browser, world, 'agent');
    await openLive(agent.page, `${world.url}/audit`);
    await agent.page.getByText(/^You read what you did yourself/).waitFor();
    expect([...new Set(await actions(agent.page))]).toEqual(['refund.propose']);
    expect(await agent.page.getByRole('button', { name: /CSV/ }).count()).toBe(0);
    await agent.context.close();
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { violations } from './support/axe';
import { openBrowser, openLive, seat, stranger, type Seat } from './support/browser';
import { gridsOf } from './support/grids';
import { until } from './support/processes';
import { lineOf } from './support/silence';
import { attempted, calm, lost, newStory } from './support/stories';
import { startWorld, type World } from './support/world';

/** Long enough for tries that follow each other ever more slowly to be over, in milliseconds. */
const TRIES_MS = 5000;
const SILENCE_MS = 31_000;

let world: World;
let browser: Browser;
let orderId = '';

beforeAll(async () => {
  world = await startWorld();
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  await browser.close();
  await world.stop();
}, 60_000);

const routes = ['/queue?view=all', '/orders/:order', '/orders', '/stuck', '/health', '/approvals', '/reports', '/audit', '/settings'];
const addressOf = (route: string): string => world.url + route.replace(':order', orderId);

/** Only colours change with the scheme, so everything else is looked at once. `within`: a selector, where the rest was looked at before. */
const inBothSchemes = async (page: Page, state: string, within?: string): Promise<string[]> => {
  const say = (scheme: string, found: readonly string[]): string[] => found.map((each) => `${state}, ${scheme}: ${each}`);
  const light = say('light', await violations(page, { within }));
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.locator('html[data-mantine-color-scheme="dark"]').waitFor();
  const dark = say('dark', await violations(page, { within, rule: 'color-contrast' }));
  await page.emulateMedia({ colorScheme: 'light' });
  await page.locator('html[data-mantine-color-scheme="light"]').waitFor();
  return [...light, ...dark];
};

/** The settings are of no time, so nothing tells how old they are. */
const open = async (page: Page, route: string): Promise<void> => {
  if (route !== '/settings') return openLive(page, addressOf(route));
  await page.goto(addressOf(route));
  await page.getByRole('group', { name: 'Settings', exact: true }).waitFor();
};

const settled = async (page: Page): Promise<void> => {
  await page.locator('.ow-skeleton').first().waitFor({ state: 'detached' });
};

/** Lists that say of themselves what cannot be right. */
const wrongGrids = async (page: Page, total?: number): Promise<string[]> =>
  (await gridsOf(page)).flatMap(({ name, rowCount, heads, indices, isContinuous, tabStops }) => [
    ...(name === '' ? ['a list without a name'] : []),
    ...(isContinuous ? [] : [`rows of ${name}: ${indices.join(' ')}`]),
    ...(total !== undefined && rowCount !== total + heads ? [`${name} has ${rowCount - heads} rows; the server has ${total}`] : []),
    ...(indices.length > heads && tabStops.length !== 1 ? [`stops of ${name}: ${tabStops.join(', ')}`] : []),
  ]);

/** How many rows there are of each when all that is sent has been made something of. */
const WORK = [7, 8, 1];

const totals: Readonly<Record<string, string>> = {
  '/queue?view=all': '{ it: queue(view: all) { total } }',
  '/orders': '{ it: orders { total } }',
  '/stuck': '{ it: stuck { total } }',
};

/** How many rows the server has for a route whose page is a list. */
const totalOf = async (route: string): Promise<number | undefined> => {
  const query = totals[route];
  if (query === undefined) return undefined;
  return ((await world.ask(await world.signIn('manager'), query)) as { it: { total: number } }).it.total;
};

describe('while there is nothing', () => {
  let at: Seat;
  beforeAll(async () => {
    at = await seat(browser, world, 'manager');
  });
  afterAll(() => at.context.close());

  it.each(routes.filter((route) => !route.includes(':')))('axe finds nothing wrong with %s', async (route) => {
    await open(at.page, route);
    await settled(at.page);
    expect(await inBothSchemes(at.page, 'empty')).toEqual([]);
    expect(at.complaints).toEqual([]);
  });

  it('axe finds nothing wrong with an order that is not there', async () => {
    await openLive(at.page, `${world.url}/orders/${crypto.randomUUID()}`);
    await settled(at.page);
    expect(await inBothSchemes(at.page, 'missing')).toEqual([]);
  });

  it('axe finds nothing wrong with the sign-in, before and after a wrong password', async () => {
    const { page, context } = await stranger(browser);
    await page.goto(`${world.url}/sign-in`);
    await page.getByLabel('Work e-mail').fill('agent@demo.test');
    expect(await inBothSchemes(page, 'sign-in')).toEqual([]);
    await page.getByRole('textbox', { name: 'Password', exact: true }).fill('wrong');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('alert').filter({ hasText: /fit together/ }).waitFor();
    expect(await inBothSchemes(page, 'wrong password')).toEqual([]);
    await context.close();
  });
});

describe('while there is work', () => {
  beforeAll(async () => {
    const story = newStory();
    await world.send(...calm(story), lost(story));
    for (let i = 0; i < 5; i += 1) {
      const other = newStory();
      await world.send(...calm(other), attempted(other));
    }
    await world.play('no_movement', { home: 'shopify' });
    await world.play('delivered', { home: 'shopify' });
    await world.play('dead_letter');
    const cookie = await world.signIn('agent');
    orderId = await until('the case is open', async () => {
      const { queue } = (await world.ask(cookie, 'query($f: QueueFilter) { queue(view: all, filter: $f) { rows { orderId } } }', { f: { text: story.name } })) as { queue: { rows: { orderId: string }[] } };
      return queue.rows[0]?.orderId;
    });
    const propose = 'mutation($input: ProposeRemedyInput!) { proposeRemedy(input: $input) { __typename } }';
    await world.ask(cookie, propose, { input: { orderId, kind: 'refund', amountMinor: 700, reasonCode: 'lost', reason: 'Lost', mutationId: crypto.randomUUID() } });
    // What comes later would be in the server's count and not yet on the screen.
    await until('all is there', async () => JSON.stringify(await Promise.all(Object.keys(totals).map(totalOf))) === JSON.stringify(WORK));
  }, 120_000);

  it.each(routes)('axe and a closer look find nothing wrong with %s, loaded, under a dialog, stale and offline', async (route) => {
    const { page, context, complaints } = await seat(browser, world, 'manager');
    await page.clock.install();
    const line = await lineOf(page);
    await open(page, route);
    await settled(page);
    const found = [...(await inBothSchemes(page, 'loaded')), ...(await wrongGrids(page, await totalOf(route)))];
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog', { name: 'Commands', exact: true }).getByRole('option').first().waitFor();
    found.push(...(await inBothSchemes(page, 'dialog', '[role="dialog"]')));
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);

    line.cut();
    const stale = page.locator('.ow-fresh[data-state="stale"]').or(page.locator('.settings')).first();
    await until('it is stale', async () => {
      // What was on its way when the line was cut is heard after it.
      await page.clock.fastForward(SILENCE_MS);
      return stale.isVisible();
    });
    found.push(...(await inBothSchemes(page, 'stale')), ...(await wrongGrids(page)));
    await context.setOffline(true);
    await page.getByText('Offline. You can read and draft.').first().waitFor({ state: 'attached' });
    found.push(...(await inBothSchemes(page, 'offline')), ...(await wrongGrids(page)));
    expect(found).toEqual([]);
    await context.close();
  });

  it.each(routes.filter((route) => route !== '/settings'))('axe finds nothing wrong with %s when it cannot be read', async (route) => {
    const { page, context } = await seat(browser, world, 'manager');
    await page.clock.install();
    await page.route('**/graphql', async (request) => {
      if (/query (?:Me|RailCounts)\b/.test(request.request().postData() ?? '')) await request.continue();
      else await request.fulfill({ json: { errors: [{ message: 'The database did not answer.', extensions: { code: 'INTERNAL', requestId: 'e2e-1' } }] } });
    });
    await page.goto(addressOf(route));
    const told = page.getByText('The database did not answer.').first();
    await until('it says so', async () => {
      await page.clock.fastForward(TRIES_MS);
      return told.isVisible();
    });
    expect(await inBothSchemes(page, 'error')).toEqual([]);
    await context.close();
  });

  it('axe finds nothing wrong with an approval that asks for its last word, and with a reason to decline', async () => {
    const { page, context } = await seat(browser, world, 'manager');
    await openLive(page, `${world.url}/approvals`);
    await page.locator('[data-row-id]').first().click();
    await page.keyboard.press('a');
    await page.getByRole('dialog').waitFor();
    expect(await inBothSchemes(page, 'approve')).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('d');
    await page.getByRole('dialog', { name: /^Decline/ }).waitFor();
    expect(await inBothSchemes(page, 'decline')).toEqual([]);
    await context.close();
  });

  it('axe finds nothing wrong with what opens on an order', async () => {
    const { page, context, complaints } = await seat(browser, world, 'agent');
    const found: string[] = [];
    const look = async (state: string, open: () => Promise<unknown>, shown: ReturnType<Page['locator']>): Promise<void> => {
      await open();
      await shown.first().waitFor();
      await settled(page);
      found.push(...(await inBothSchemes(page, state)));
      await page.keyboard.press('Escape');
    };
    const dialog = page.getByRole('dialog');
    const press = (name: RegExp) => (): Promise<void> => page.getByRole('button', { name }).first().click();
    await openLive(page, addressOf('/orders/:order'));
    for (const [state, name] of [['reship', /^Reship/], ['credit', /^Goodwill credit/], ['claim', /^Open a claim/]] as const) {
      await look(state, press(name), dialog);
      await dialog.waitFor({ state: 'detached' });
    }
    const raw = page.getByRole('heading', { name: /^Raw/ });
    await look('raw', () => page.keyboard.press('i'), raw);
    await raw.waitFor({ state: 'detached' });
    await look('as known', () => page.keyboard.press('Shift+K'), page.locator('.known'));
    for (const show of ['facts', 'evidence']) {
      await openLive(page, `${addressOf('/orders/:order')}?show=${show}`);
      await settled(page);
      found.push(...(await inBothSchemes(page, show)));
    }
    expect(found).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('axe finds nothing wrong with what opens in the inbox, and beside the audit', async () => {
    const { page, context } = await seat(browser, world, 'manager');
    const found: string[] = [];
    await openLive(page, `${world.url}/approvals`);
    for (const name of [/^Budgets/, /^Stand-ins/]) {
      await page.getByRole('button', { name }).click();
      await page.getByRole('dialog').waitFor();
      found.push(...(await inBothSchemes(page, name.source)));
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    await openLive(page, `${world.url}/audit?story=${orderId}`);
    await page.locator('tbody tr').first().locator('td').first().click();
    await page.locator('.ow-peek').waitFor();
    found.push(...(await inBothSchemes(page, 'story')));
    expect(found).toEqual([]);
    await context.close();
  });

  it('axe finds nothing wrong with the panels of the keys on a case', async () => {
    const { page, context } = await seat(browser, world, 'lead');
    await openLive(page, `${world.url}/queue?view=all`);
    await page.locator('[data-row-id]').first().click();
    const found: string[] = [];
    for (const [key, name] of [['h', /^Snooze/], ['e', /^Resolve/], ['m', /^Note/]] as const) {
      const panel = page.getByRole('group', { name });
      await page.keyboard.press(key);
      await panel.waitFor();
      found.push(...(await inBothSchemes(page, key)));
      await page.keyboard.press('Escape');
      await panel.waitFor({ state: 'detached' });
    }
    expect(found).toEqual([]);
    await context.close();
  });
});

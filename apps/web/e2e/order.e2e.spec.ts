import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openLive, seat } from './support/browser';
import { keyboardOn } from './support/keyboard';
import { until } from './support/processes';
import { becomesLike, idsOf, rowOf } from './support/rows';
import { calm, delivered, lost, newStory, type Story } from './support/stories';
import { startWorld, type World } from './support/world';

let world: World;
let browser: Browser;
let story: Story;
let orderId = '';
let cookie = '';

interface Heard {
  readonly receivedAt: string | null;
}

/** Waits until everything of a calm story has been heard: one by one, what comes last would be news to a page that is open by then. */
const findOrder = (wanted: Story): Promise<string> =>
  until('the order is known', async () => {
    const { orders } = (await world.ask(cookie, 'query($f: OrderFilter) { orders(filter: $f) { rows { id } } }', { f: { text: wanted.name } })) as { orders: { rows: { id: string }[] } };
    const id = orders.rows[0]?.id;
    if (id === undefined) return undefined;
    const { order } = (await world.ask(cookie, 'query($id: ID!) { order(id: $id) { timeline { receivedAt folded { receivedAt } } } }', { id })) as { order: { timeline: (Heard & { folded: Heard[] | null })[] } };
    return order.timeline.flatMap((row) => row.folded ?? [row]).filter(({ receivedAt }) => receivedAt !== null).length >= calm(wanted).length && id;
  });

beforeAll(async () => {
  world = await startWorld();
  browser = await openBrowser();
  cookie = await world.signIn('agent');
  story = newStory();
  await world.send(...calm(story));
  orderId = await findOrder(story);
  await world.send(lost(story));
  await until('the loss is known', async () => {
    const { order } = (await world.ask(cookie, 'query($id: ID!) { order(id: $id) { case { row { id } } } }', { id: orderId })) as { order: { case: unknown } };
    return order.case !== null;
  });
}, 120_000);
afterAll(async () => {
  await browser.close();
  await world.stop();
}, 60_000);

const address = (rest = ''): string => `${world.url}/orders/${orderId}${rest}`;

const openOrder = async (page: Page, rest = ''): Promise<void> => {
  await openLive(page, address(rest));
  await page.locator('.track').first().waitFor();
};

const titles = (page: Page): Promise<string[]> => page.locator('.ow-tl [data-item] .ow-tl-title').allInnerTexts();
const shipment = (page: Page) => page.locator('#track-3');
const timeline = (page: Page) => page.locator('.ow-tl, .ow-tl *');

describe('what was known', () => {
  it('is shown as it was, step by step, with nothing to be done, and the address says so', async () => {
    const { page, context, complaints } = await seat(browser, world, 'agent');
    await openOrder(page);
    await shipment(page).getByText('Lost').first().waitFor();
    await page.keyboard.press(',');
    await page.getByTestId('past-band').waitFor();
    await page.locator('.track').first().waitFor();
    expect(await shipment(page).innerText()).not.toContain('Lost');
    expect((await titles(page)).join('|')).not.toContain('Lost');
    expect(await page.getByRole('button', { name: /^(?:Claim|Resolve|Refund)/ }).count()).toBe(0);
    await page.keyboard.press('c');
    await page.getByRole('alert').getByText('You are looking at the past').waitFor();

    const link = page.url();
    expect(new URL(link).searchParams.get('at')).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    await page.keyboard.press(';');
    await page.getByTestId('past-band').waitFor({ state: 'detached' });
    await shipment(page).getByText('Lost').first().waitFor();
    await openLive(page, link);
    await page.getByTestId('past-band').waitFor();
    expect(await shipment(page).innerText()).not.toContain('Lost');
    await page.keyboard.press('Escape');
    await page.getByTestId('past-band').waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('says that nothing had been heard before the first news, and can be asked for any time', async () => {
    const { page, context } = await seat(browser, world, 'agent');
    await openOrder(page);
    await page.keyboard.press('Shift+K');
    const field = page.getByLabel(/^Date and time/);
    await field.fill('2020-01-01T00:00');
    await field.press('Enter');
    await page.getByText('Nothing had been heard of this order by then').first().waitFor();
    await page.getByRole('button', { name: 'Back to now', exact: true }).first().click();
    await shipment(page).getByText('Lost').first().waitFor();
    await context.close();
  });
});

describe('the raw event', () => {
  it('leads from the payload over the fact to what the customer reads, tries today’s mapping, and gives the keyboard back', async () => {
    const { page, context, complaints } = await seat(browser, world, 'agent');
    await openOrder(page);
    await page.keyboard.press('j');
    await page.locator('.ow-tl [data-item]').filter({ has: page.locator('.ow-tl-who', { hasText: 'Parcel 1' }) }).filter({ hasText: /Lost/ }).filter({ hasNotText: 'Expected' }).first().click();
    await page.keyboard.press('i');
    const raw = page.getByRole('region', { name: 'Raw event', exact: true });
    const step = raw.getByTestId('trace-step').first();
    await step.waitFor();
    await raw.locator('mark').first().waitFor();
    expect(await step.innerText()).toMatch(/lost[\s\S]*shipment\.status[\s\S]*Shipments: Lost[\s\S]*status map, version \d+[\s\S]*Customer reads/);
    expect(await raw.locator('mark').first().innerText()).toContain('lost');
    await raw.getByRole('button', { name: 'Run through today’s mapping', exact: true }).click();
    expect(await raw.getByTestId('trial-verdict').innerText()).toContain('tells the same');
    await page.keyboard.press('Escape');
    await raw.waitFor({ state: 'detached' });
    await keyboardOn('the row', timeline(page));
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('hides personal data until somebody says what for, and keeps that', async () => {
    const { page, context } = await seat(browser, world, 'agent');
    await openOrder(page);
    await page.locator('.ow-tl [data-item]').last().click();
    await page.keyboard.press('i');
    const raw = page.getByRole('region', { name: 'Raw event', exact: true });
    await raw.getByText('Personal data is hidden.').waitFor();
    expect(await raw.innerText()).not.toContain('Gallagher');
    await raw.getByRole('button', { name: 'Show it…', exact: true }).click();
    await keyboardOn('the field', raw.getByRole('textbox'));
    await page.keyboard.type('The carrier asks');
    await page.keyboard.press('Control+Enter');
    await raw.getByText('Personal data is shown.', { exact: false }).waitFor();
    expect(await raw.innerText()).toContain('Gallagher');
    await raw.getByRole('button', { name: 'Hide it', exact: true }).click();
    await raw.getByText('Personal data is hidden.').waitFor();
    expect(await raw.innerText()).not.toContain('Gallagher');
    await context.close();
  });
});

describe('the evidence pack', () => {
  it('holds every fact and every row with its event, who printed it and as of when, and nothing of the frame on paper', async () => {
    const { page, context, complaints } = await seat(browser, world, 'agent');
    await openOrder(page);
    await page.keyboard.press('Shift+P');
    const pack = page.getByTestId('evidence-pack');
    await pack.waitFor();
    await until('the keyboard is on the sheet', () => page.evaluate(() => document.activeElement?.classList.contains('pack-scroll') === true));
    const { order } = (await world.ask(cookie, 'query($id: ID!) { order(id: $id) { facts { name } timeline { id inboxId folded { id } } } }', { id: orderId })) as { order: { facts: unknown[]; timeline: { id: string; inboxId: string | null; folded: { id: string }[] | null }[] } };
    const text = await pack.innerText();
    for (const row of order.timeline.flatMap((each) => each.folded ?? [each])) expect(text).toContain(row.id);
    expect(await pack.getByRole('table', { name: 'Facts', exact: true }).getByRole('row').count()).toBe(order.facts.length + 1);
    expect(text).toMatch(/As of \d+ \w+ \d{4}/);
    expect(text).toMatch(/Printed by \w+/);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.ow-rail').isVisible()).toBe(false);
    expect(await page.getByRole('button', { name: 'Print', exact: true }).isVisible()).toBe(false);
    // On paper nothing scrolls: what is below the window must be in the flow.
    expect(await page.evaluate(() => [...document.querySelectorAll('.pack-scroll, .ow-main, .frame-outlet, .order')].every((part) => part.scrollHeight <= part.clientHeight + 1))).toBe(true);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    expect(pdf.subarray(0, 4).toString()).toBe('%PDF');
    await page.emulateMedia({ media: 'screen' });
    await page.keyboard.press('Escape');
    await page.locator('.ow-tl').waitFor();
    await keyboardOn('the timeline', timeline(page));
    expect(complaints).toEqual([]);
    await context.close();
  });
});

describe('while it is read', () => {
  it('news wait for a press instead of moving the timeline, and the tracks are right at once', async () => {
    const own = newStory();
    await world.send(...calm(own));
    const id = await findOrder(own);
    const { page, context } = await seat(browser, world, 'agent');
    await openLive(page, `${world.url}/orders/${id}`);
    await page.locator('.ow-tl [data-item]').first().waitFor();
    await page.keyboard.press('j');
    await keyboardOn('the timeline', timeline(page));
    const items = (): Promise<(string | null)[]> => page.locator('.ow-tl [data-item]').evaluateAll((rows) => rows.map((each) => each.getAttribute('data-item')));
    const before = await items();
    await world.send(delivered(own));
    await page.getByTestId('timeline-news').getByText('1 new event').waitFor();
    await shipment(page).getByText(/^Delivered/).first().waitFor();
    expect(await items()).toEqual(before);
    await page.keyboard.press('.');
    await page.locator('.ow-tl [data-item]', { hasText: 'Delivered' }).first().waitFor();
    await keyboardOn('the timeline', timeline(page));
    await context.close();
  });

  it('shows who else is there', async () => {
    const ana = await seat(browser, world, 'agent');
    const boss = await seat(browser, world, 'lead');
    await openOrder(ana.page);
    await openOrder(boss.page);
    await ana.page.getByTestId('order-people').getByText(/viewing/).first().waitFor();
    await boss.page.keyboard.press('m');
    await ana.page.getByTestId('order-people').getByText(/writing a note/).first().waitFor();
    await ana.context.close();
    await boss.context.close();
  });

  it('is walked, claimed and resolved without a pointer', async () => {
    const { page, context, complaints } = await seat(browser, world, 'agent');
    await openOrder(page);
    for (const [key, name] of [['1', 'Order'], ['4', 'Shipments'], ['5', 'Return']] as const) {
      await page.keyboard.press(key);
      await until(`${name} has the keyboard`, () => page.evaluate((wanted) => document.activeElement?.getAttribute('aria-label') === wanted, name));
    }
    await page.keyboard.press('w');
    await keyboardOn('the customer’s words', page.locator('#order-customer-sees'));
    await page.keyboard.press('f');
    await page.getByRole('table', { name: /^Facts of order/ }).waitFor();
    await page.getByRole('button', { name: /^Raw event of/ }).first().press('Enter');
    await page.getByRole('region', { name: 'Raw event', exact: true }).getByText('What it told').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('region', { name: 'Raw event', exact: true }).waitFor({ state: 'detached' });
    await page.keyboard.press('f');
    await page.locator('.ow-tl').waitFor();
    await page.keyboard.press('c');
    await page.getByTestId('order-people').getByText('You').waitFor();
    await page.keyboard.press('e');
    await keyboardOn('the choice', page.getByRole('group', { name: /^Resolve/ }));
    await page.keyboard.press('1');
    await page.getByText(/resolved by/).first().waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });
});

describe('states', () => {
  it('says when there is no such order', async () => {
    const { page, context } = await seat(browser, world, 'agent');
    await page.goto(`${world.url}/orders/${crypto.randomUUID()}`);
    await page.getByText('There is no such order').waitFor();
    await context.close();
  });

  it('leads back by Escape before it is there', async () => {
    const [slow, other] = [newStory(), newStory()];
    await world.send(...calm(slow), lost(slow), ...calm(other), lost(other));
    const { page, context } = await seat(browser, world, 'agent');
    await openLive(page, `${world.url}/queue?view=all`);
    await Promise.all([slow, other].map((story) => rowOf(page, story).waitFor()));
    // Not the first one, which is in hand when nothing else is.
    const row = page.locator(`[data-row-id="${(await idsOf(page))[1]}"]`);
    await row.click();
    await keyboardOn('the row', row);
    const answers = Promise.withResolvers<undefined>();
    await page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('query OrderDetail(')) await answers.promise;
      await route.fallback();
    });
    await page.keyboard.press('Enter');
    await page.locator('.order').waitFor();
    await page.keyboard.press('Escape');
    await page.waitForURL(/\/queue/);
    await keyboardOn('the row', row);
    answers.resolve(undefined);
    await page.unrouteAll({ behavior: 'wait' });
    await context.close();
  });

  it('keeps what was read when the line is cut, says so, and lets nobody act', async () => {
    const other = newStory();
    await world.send(...calm(other), lost(other));
    const id = await findOrder(other);
    const { page, context } = await seat(browser, world, 'agent');
    await openLive(page, `${world.url}/orders/${id}`);
    await page.getByRole('button', { name: 'Claim', exact: true }).waitFor();
    await context.setOffline(true);
    await page.locator('.ow-stale[data-stale="true"]').waitFor();
    await page.locator('button[aria-disabled="true"]', { hasText: 'Claim' }).waitFor();
    await page.keyboard.press('m');
    await page.getByRole('group', { name: /^Note on/ }).getByRole('textbox').fill('To be sent later');
    await page.locator('button[aria-disabled="true"]', { hasText: 'Add note' }).waitFor();
    expect((await titles(page)).length).toBeGreaterThan(2);
    await context.setOffline(false);
    await page.locator('.ow-fresh[data-state="live"]').waitFor();
    await context.close();
  });
});

describe('time', () => {
  it('is the same instant in three zones and over both changes of the clocks, on the whole page', async () => {
    const night = newStory();
    // 00:30 and 01:30 UTC are both 02:30 in Vienna on the night the clocks go back.
    const story2 = calm(night).map((event, i) => ({ ...event, time: ['2026-10-24T20:00:00Z', '2026-10-24T22:30:00Z', '2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'][i] ?? event.time }));
    await world.send(...story2);
    const id = await findOrder(night);
    const { page, context } = await seat(browser, world, 'agent');
    const instants = () => page.locator('.ow-tl time').evaluateAll((all) => all.map((each) => each.getAttribute('datetime')));
    const shown = () => page.locator('.ow-tl time').allInnerTexts();
    await openLive(page, `${world.url}/orders/${id}?tz=utc`);
    await page.locator('.ow-tl time').first().waitFor();
    const [at, utc] = [await instants(), await shown()];
    expect(utc).toEqual(expect.arrayContaining(['25 Oct 01:30', '25 Oct 00:30', '24 Oct 20:00']));
    for (const [zone, expected] of [['Europe/Vienna', ['25 Oct 02:30', '25 Oct 02:30', '24 Oct 22:00']], ['America/Los_Angeles', ['24 Oct 18:30', '24 Oct 17:30', '24 Oct 13:00']], ['Asia/Kolkata', ['25 Oct 07:00', '25 Oct 06:00', '25 Oct 01:30']]] as const) {
      await world.ask(cookie, 'mutation($patch: JSON!) { setPreferences(patch: $patch) }', { patch: { timeZone: zone } });
      await openLive(page, `${world.url}/orders/${id}`);
      await becomesLike(instants, at);
      const texts = await shown();
      expect(texts).toEqual(expect.arrayContaining([...expected]));
    }
    for (const zone of ['warehouse', 'event', 'utc']) {
      await page.keyboard.press('Shift+T');
      await page.waitForURL(new RegExp(`tz=${zone}`));
    }
    await until('the page is written in UTC', async () => (await shown()).join() === utc.join());
    await world.ask(cookie, 'mutation($patch: JSON!) { setPreferences(patch: $patch) }', { patch: { timeZone: null } });
    await context.close();
  });
});

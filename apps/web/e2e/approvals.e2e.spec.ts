import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { violations } from './support/axe';
import { openBrowser, openLive, seat, seen } from './support/browser';
import { hasKeyboard } from './support/keyboard';
import { until } from './support/processes';
import { calm, delivered, lost, newStory, type Story } from './support/stories';
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

const QUEUE = 'query($f: QueueFilter) { queue(view: all, filter: $f) { rows { orderId } } }';

const orderOf = (cookie: string, name: string): Promise<string> =>
  until('the case is open', async () => ((await world.ask(cookie, QUEUE, { f: { text: name } })) as { queue: { rows: { orderId: string }[] } }).queue.rows[0]?.orderId);

/** Paid orders whose parcel the carrier calls lost. */
const lostOrders = async (cookie: string, count: number): Promise<{ id: string; story: Story }[]> => {
  const stories = Array.from({ length: count }, newStory);
  await world.send(...stories.flatMap((story) => [...calm(story), lost(story)]));
  return Promise.all(stories.map(async (story) => ({ id: await orderOf(cookie, story.name), story })));
};

const PROPOSE = 'mutation($input: ProposeRemedyInput!) { proposeRemedy(input: $input) { __typename ... on RemedyDone { remedy { id number clean } } } }';
const TIMELINE = 'query($id: ID!) { order(id: $id) { timeline { id kind title } } }';

/** Asked for past the screen, resting on the carrier's own word. */
const asked = async (cookie: string, orderId: string, amountMinor: number): Promise<string> => {
  const { order } = (await world.ask(cookie, TIMELINE, { id: orderId })) as { order: { timeline: { id: string; kind: string; title: string }[] } };
  const evidenceFactIds = order.timeline.filter(({ kind, title }) => kind === 'event' && /^lost/i.test(title)).map(({ id }) => id);
  const input = { orderId, kind: 'refund', amountMinor, reasonCode: 'lost', reason: 'The carrier says so', evidenceFactIds, mutationId: crypto.randomUUID() };
  return ((await world.ask(cookie, PROPOSE, { input })) as { proposeRemedy: { remedy: { number: string } } }).proposeRemedy.remedy.number;
};

/** By Tab alone, as somebody without a mouse gets there. */
const tabTo = async (page: Page, target: Locator): Promise<void> => {
  for (let presses = 0; presses < 90; presses += 1) {
    if (await hasKeyboard(target)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${String(target)}`);
};

/** Reads one row's evidence and approves it, by keys alone; how long the machine took for it, in milliseconds. */
const decide = async (page: Page, amount: string): Promise<number> => {
  const began = performance.now();
  await page.keyboard.press('i');
  await page.getByRole('group', { name: 'Where it comes from', exact: true }).getByText('Code, meaning').waitFor();
  await page.getByTestId('evidence-opened').getByText('1 of 1 opened').waitFor();
  const yes = page.getByRole('dialog', { name: /^Approve/ }).getByRole('button', { name: new RegExp(`^Approve .*${amount}`) });
  // An Enter that comes with the panel answers nothing: the button has no focus yet. Both are sent at once, for it has it soon.
  await Promise.all([page.keyboard.press('a'), page.keyboard.press('Enter')]);
  await yes.waitFor();
  await until('the button has the focus', () => hasKeyboard(yes));
  await page.keyboard.press('Enter');
  await yes.waitFor({ state: 'detached' });
  return performance.now() - began;
};

const median = (all: readonly number[]): number => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN;

describe('two agents and two managers', () => {
  it('ask, read and decide by keys alone; the other manager sees who decided, and nobody approves their own', async () => {
    const lead = await world.signIn('lead');
    const [byKeys, ...others] = await lostOrders(lead, 6);
    if (!byKeys) throw new Error('no order');
    const [agent, other, first, second] = await Promise.all(['agent', 'agent2', 'manager', 'manager2'].map((name) => seat(browser, world, name)));
    if (!agent || !other || !first || !second) throw new Error('a seat is missing');
    await Promise.all([first, second].map(({ page }) => openLive(page, `${world.url}/approvals`)));
    await first.page.getByText('Nothing waits for you', { exact: true }).waitFor();

    // The agent asks, without a mouse.
    await openLive(agent.page, `${world.url}/orders/${byKeys.id}`);
    await tabTo(agent.page, agent.page.getByRole('button', { name: /^Refund/ }));
    await agent.page.keyboard.press('Enter');
    const form = agent.page.getByRole('dialog');
    const amount = form.getByRole('textbox', { name: /Amount/ });
    await until('the form has the focus', () => hasKeyboard(amount));
    await agent.page.keyboard.press('Control+A');
    await agent.page.keyboard.type('12.50');
    const reason = form.getByRole('combobox', { name: 'Reason', exact: true }).or(form.getByRole('textbox', { name: 'Reason', exact: true })).first();
    await tabTo(agent.page, reason);
    await agent.page.keyboard.press('ArrowDown');
    const lostByCarrier = agent.page.getByRole('option', { name: 'Lost by the carrier', exact: true });
    await lostByCarrier.waitFor();
    for (let presses = 0; presses < 9 && (await lostByCarrier.getAttribute('data-combobox-selected')) === null; presses += 1) await agent.page.keyboard.press('ArrowDown');
    await agent.page.keyboard.press('Enter');
    await until('the reason is chosen', async () => (await reason.inputValue()) === 'Lost by the carrier');
    const words = form.getByLabel('In words, for whoever approves');
    await tabTo(agent.page, words);
    await agent.page.keyboard.type('DHL reports it lost');
    await until('the words stand there', async () => (await words.inputValue()) === 'DHL reports it lost');
    await form.getByRole('region', { name: 'Policy', exact: true }).getByText('Needs 1 approval').waitFor();
    const ask = form.getByRole('button', { name: /^Ask for approval/ });
    let barred = '';
    await until('it can be asked for', async () => {
      if ((await ask.getAttribute('aria-disabled')) !== 'true') return true;
      barred = await form.locator('footer').innerText();
      return false;
    }, 60_000, () => barred);
    const arrived = Promise.all([first, second].map(({ page }) => seen(page, byKeys.story.name)));
    await tabTo(agent.page, ask);
    await agent.page.keyboard.press('Enter');
    await arrived;
    // The other manager has it in hand: what happens to it is told in its place.
    await second.page.keyboard.press('j');
    await until('it has the focus', () => hasKeyboard(second.page.locator('[data-row-id]', { hasText: byKeys.story.name })));

    // More of them, from the other agent; then they are read and decided one after the other.
    const cookie = await world.signIn('agent2');
    const all = Promise.all(others.map(({ story }) => seen(first.page, story.name)));
    await first.page.mouse.move(5, 5);
    for (const [i, { id }] of others.entries()) await asked(cookie, id, 1000 + i * 100);
    await all;
    // Into the list, up to whoever waits longest.
    await first.page.keyboard.press('k');
    await until('a row has the focus', () => first.page.evaluate(() => document.activeElement?.hasAttribute('data-row-id') ?? false));
    expect(await violations(first.page)).toEqual([]);
    const times: number[] = [];
    const rows = first.page.locator('[data-row-id]');
    for (let i = 0; i < others.length + 1; i += 1) {
      const row = first.page.locator('[data-row-id][aria-current]:not([data-gone])');
      const sum = /€(\d+\.\d\d)/.exec((await row.textContent()) ?? '')?.[1] ?? '';
      times.push(await decide(first.page, sum));
      if (i === 0) {
        // The other manager had the same one open: it stays, and says who decided.
        const theirs = second.page.getByRole('complementary');
        await theirs.getByText('Approved', { exact: true }).first().waitFor();
        await theirs.locator('.ap-steps').getByText('Mira Shah').waitFor();
        await second.page.getByRole('button', { name: /^Approve/ }).waitFor({ state: 'detached' });
      }
      await first.page.keyboard.press('j');
    }
    await until('none waits', async () => (await rows.count()) === 0 || (await first.page.locator('[data-row-id]:not([data-gone])').count()) === 0);
    const took = median(times) / 1000;
    process.stdout.write(`    median decision, evidence opened, keys only: ${took.toFixed(2)} s of the machine's time over ${times.length} cases\n`);
    expect(took).toBeLessThan(20);

    // One's own proposal is there, says so, and takes no key.
    const [own] = await lostOrders(lead, 1);
    if (!own) throw new Error('no order');
    await asked(await world.signIn('manager'), own.id, 700);
    await openLive(first.page, `${world.url}/approvals?tab=others`);
    const mine = first.page.locator('[data-row-id]', { hasText: own.story.name });
    await mine.getByText('you asked this: cannot approve').waitFor();
    await mine.click();
    await first.page.keyboard.press('a');
    expect(await first.page.getByRole('dialog').count()).toBe(0);
    await first.page.getByText('You asked for this yourself; another person decides.').first().waitFor();
    await Promise.all([agent, other, first, second].map(({ context }) => context.close()));
  }, 240_000);

  it('cannot approve what a fact has overtaken: it is void, with what changed in three lines, and reads well in both schemes', async () => {
    const lead = await world.signIn('lead');
    const [order] = await lostOrders(lead, 1);
    if (!order) throw new Error('no order');
    await asked(lead, order.id, 1500);
    const { page, context } = await seat(browser, world, 'manager2', { colorScheme: 'dark' });
    await openLive(page, `${world.url}/approvals`);
    await page.locator('[data-row-id]', { hasText: order.story.name }).click();
    await page.keyboard.press('a');
    const yes = page.getByRole('dialog', { name: /^Approve/ }).getByRole('button', { name: /^Approve .*15\.00/ });
    await yes.waitFor();
    await world.send(delivered(order.story));
    const cookie = await world.signIn('agent');
    await until('the parcel counts as delivered', async () => ((await world.ask(cookie, 'query($id: ID!) { order(id: $id) { parcels { status } } }', { id: order.id })) as { order: { parcels: { status: string }[] } }).order.parcels[0]?.status === 'delivered');
    // It may go at any moment.
    await yes.evaluateAll((there) => there.forEach((button) => (button as HTMLElement).click()));
    const what = page.locator('.ap-diff').first();
    await what.getByText('delivered', { exact: false }).waitFor();
    await what.getByText('lost', { exact: false }).waitFor();
    await page.getByRole('button', { name: /^Approve/ }).waitFor({ state: 'detached' });
    expect(await violations(page)).toEqual([]);
    expect((await world.effects()).filter(({ amount }) => Number(amount) === 15)).toEqual([]);
    await context.close();
  }, 120_000);

  it('approve clean ones together, line by line, by typing how many they are; what is not clean is named and left', async () => {
    const lead = await world.signIn('lead');
    const orders = await lostOrders(lead, 4);
    const agent = await world.signIn('agent');
    for (const [i, { id }] of orders.entries()) await asked(agent, id, i === 3 ? 9000 : 800);
    const { page, context } = await seat(browser, world, 'manager2');
    await openLive(page, `${world.url}/approvals`);
    for (const { story } of orders) {
      await page.locator('[data-row-id]', { hasText: story.name }).focus();
      await page.keyboard.press('x');
    }
    await page.keyboard.press('Shift+A');
    const sheet = page.getByRole('dialog', { name: 'Approve 3 items together', exact: true });
    await sheet.getByText('1 is decided by itself').waitFor();
    await sheet.getByRole('row', { name: /^Total EUR.*24\.00/ }).waitFor();
    await until('it has the focus', () => sheet.evaluate((element) => document.activeElement?.matches('input') === true && element.contains(document.activeElement)));
    expect(await violations(page)).toEqual([]);
    await page.keyboard.type('4');
    await page.keyboard.press('Enter');
    await sheet.getByText('Type 3, the number of items').waitFor();
    await page.keyboard.press('Backspace');
    await page.keyboard.type('3');
    await page.keyboard.press('Enter');
    await sheet.waitFor({ state: 'detached' });
    await page.getByText(/^3 approved together/).first().waitFor();
    const { approvals } = (await world.ask(agent, '{ approvals { decided { orderId state } waitingForOthers { orderId } } }')) as { approvals: { decided: { orderId: string }[]; waitingForOthers: { orderId: string }[] } };
    expect(orders.map(({ id }) => approvals.decided.some(({ orderId }) => orderId === id))).toEqual([true, true, true, false]);
    await context.close();
  }, 120_000);
});

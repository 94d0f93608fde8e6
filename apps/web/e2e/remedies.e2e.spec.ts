import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page, Route } from 'playwright-core';
import { violations } from './support/axe';
import { openBrowser, openLive, seat, seen } from './support/browser';
import { until } from './support/processes';
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

/** An order of the shop whose parcel is lost, as the vendors' own deliveries tell it. */
const lostOrder = async (): Promise<{ id: string; name: string }> => {
  const { order } = await world.play('lost', { home: 'shopify' });
  if (!order) throw new Error('no order');
  const cookie = await world.signIn('lead');
  const id = await until('the case is open', async () => {
    const { queue } = (await world.ask(cookie, 'query($f: QueueFilter) { queue(view: all, filter: $f) { rows { orderId orderName } } }', { f: { text: order.name } })) as { queue: { rows: { orderId: string }[] } };
    return queue.rows[0]?.orderId;
  });
  return { id, name: order.name };
};

const PROPOSE = 'mutation($input: ProposeRemedyInput!) { proposeRemedy(input: $input) { __typename ... on RemedyDone { remedy { id revision } } } }';

/** Asked for past the screen. */
const asked = async (cookie: string, orderId: string, amountMinor: number): Promise<{ id: string; revision: number }> => {
  const input = { orderId, kind: 'refund', amountMinor, reasonCode: 'lost', reason: 'The carrier says so', mutationId: crypto.randomUUID() };
  return ((await world.ask(cookie, PROPOSE, { input })) as { proposeRemedy: { remedy: { id: string; revision: number } } }).proposeRemedy.remedy;
};

const statesOf = async (cookie: string, orderId: string): Promise<string[]> =>
  ((await world.ask(cookie, 'query($id: ID!) { order(id: $id) { remedies { state } } }', { id: orderId })) as { order: { remedies: { state: string }[] } }).order.remedies.map(({ state }) => state);

const revisionsOf = async (cookie: string, orderId: string): Promise<number[]> =>
  ((await world.ask(cookie, 'query($id: ID!) { order(id: $id) { remedies { revision } } }', { id: orderId })) as { order: { remedies: { revision: number }[] } }).order.remedies.map(({ revision }) => revision);

const choose = (page: Page, name: string): Promise<void> => page.locator('[data-row-id]', { hasText: name }).click();

describe('a refund', () => {
  it(
    'is asked for by an agent, appears live at the manager, and is carried out once after the yes',
    async () => {
      const order = await lostOrder();
      const manager = await seat(browser, world, 'manager');
      await openLive(manager.page, `${world.url}/approvals`);
      const agent = await seat(browser, world, 'agent');
      await openLive(agent.page, `${world.url}/orders/${order.id}`);
      await agent.page.getByRole('button', { name: /^Refund/ }).click();
      const dialog = agent.page.getByRole('dialog');
      await dialog.getByRole('textbox', { name: /Amount/ }).fill('12.50');
      await dialog.getByRole('combobox', { name: 'Reason', exact: true }).or(dialog.getByRole('textbox', { name: 'Reason', exact: true })).first().click();
      await agent.page.getByRole('option', { name: 'Lost by the carrier', exact: true }).click();
      await dialog.getByLabel('In words, for whoever approves').fill('DHL reports it lost');
      await dialog.getByRole('region', { name: 'Policy', exact: true }).getByText('Needs 1 approval').waitFor();
      await dialog.getByRole('row', { name: /^All together/ }).waitFor();
      expect(await violations(agent.page)).toEqual([]);
      const row = seen(manager.page, order.name);
      await dialog.getByRole('button', { name: /Ask for approval/ }).click();
      await row;

      await manager.page.locator('[data-row-id]', { hasText: order.name }).click();
      await manager.page.getByText('DHL reports it lost').first().waitFor();
      await manager.page.keyboard.press('a');
      const confirm = manager.page.getByRole('dialog', { name: /Approve/ });
      await confirm.getByText(order.name).waitFor();
      await confirm.getByRole('button', { name: /^Approve .*12\.50/ }).click();
      await manager.page.getByText(/is approved and runs in/).waitFor();
      const cookie = await world.signIn('manager');
      const early = (await world.effects()).filter((effect) => effect.kind === 'refund');
      // Nothing happens while it is held; on a slow machine that may be over by now.
      const isHeld = (await statesOf(cookie, order.id))[0] === 'approved';
      expect(isHeld ? early : []).toEqual([]);
      await world.endHold(order.id);

      await until(
        'the refund is confirmed',
        async () => {
          const { order: shown } = (await world.ask(cookie, 'query($id: ID!) { order(id: $id) { remedies { state } } }', { id: order.id })) as { order: { remedies: { state: string }[] } };
          return shown.remedies[0]?.state === 'confirmed';
        },
        60_000,
      );
      const refunds = (await world.effects()).filter((effect) => effect.kind === 'refund');
      expect(refunds).toHaveLength(1);
      expect(Number(refunds[0]?.amount)).toBe(12.5);
      await agent.page.getByRole('complementary').getByText('Confirmed').waitFor();
      await Promise.all([agent.context.close(), manager.context.close()]);
    },
    150_000,
  );

  it('cannot be approved by whoever asked for it, on the screen or past it', async () => {
    const order = await lostOrder();
    const cookie = await world.signIn('manager');
    const propose = 'mutation($input: ProposeRemedyInput!) { proposeRemedy(input: $input) { __typename ... on RemedyDone { remedy { id revision } } ... on NotAllowed { reason } ... on RemedyConflict { message } } }';
    const input = { orderId: order.id, kind: 'refund', amountMinor: 500, reasonCode: 'lost', reason: 'Own proposal', mutationId: crypto.randomUUID() };
    const { proposeRemedy } = (await world.ask(cookie, propose, { input })) as { proposeRemedy: { __typename: string; remedy: { id: string; revision: number } } };
    expect(proposeRemedy.__typename).toBe('RemedyDone');
    const { page, context } = await seat(browser, world, 'manager');
    await openLive(page, `${world.url}/approvals?tab=others`);
    await page.locator('[data-row-id]', { hasText: order.name }).click();
    await page.getByText(/yourself/).first().waitFor();
    expect(await page.getByRole('button', { name: /^Approve/ }).getAttribute('aria-disabled')).toBe('true');
    await page.keyboard.press('a');
    expect(await page.getByRole('dialog').count()).toBe(0);
    const approve = 'mutation($id: ID!, $revision: Int!, $mutationId: ID!) { approveRemedy(id: $id, revision: $revision, amountMinor: 500, mutationId: $mutationId) { __typename } }';
    const { approveRemedy } = (await world.ask(cookie, approve, { ...proposeRemedy.remedy, mutationId: crypto.randomUUID() })) as { approveRemedy: { __typename: string } };
    expect(approveRemedy.__typename).toBe('NotAllowed');
    await context.close();
  });

  it('can be declined with a reason, and called back within its half minute', async () => {
    const [kept, declined] = [await lostOrder(), await lostOrder()];
    const agent = await world.signIn('agent');
    const propose = 'mutation($input: ProposeRemedyInput!) { proposeRemedy(input: $input) { __typename } }';
    for (const order of [kept, declined]) {
      await world.ask(agent, propose, { input: { orderId: order.id, kind: 'refund', amountMinor: 700, reasonCode: 'lost', reason: 'Lost', mutationId: crypto.randomUUID() } });
    }
    const { page, context } = await seat(browser, world, 'manager2');
    await openLive(page, `${world.url}/approvals`);
    await page.locator('[data-row-id]', { hasText: declined.name }).click();
    await page.keyboard.press('d');
    await page.getByRole('textbox', { name: /Why/ }).fill('Trace it first');
    await page.getByRole('button', { name: 'Decline', exact: true }).or(page.getByRole('button', { name: /^Decline Ctrl/ })).first().click();
    await page.getByText(/is told why/).first().waitFor();

    await page.locator('[data-row-id]', { hasText: kept.name }).click();
    await page.keyboard.press('a');
    await page.getByRole('dialog').getByRole('button', { name: /^Approve/ }).click();
    const strip = page.locator('.ap-hold', { hasText: kept.name });
    await strip.getByText(/runs in \d+ s/).waitFor();
    await strip.getByRole('button', { name: 'Call back', exact: true }).click();
    await strip.waitFor({ state: 'detached' });
    const { order } = (await world.ask(agent, 'query($id: ID!) { order(id: $id) { remedies { state } } }', { id: kept.id })) as { order: { remedies: { state: string }[] } };
    expect(order.remedies.map((each) => each.state)).toEqual(['proposed']);
    await context.close();
  });
});

describe('two agents and two managers', () => {
  it('never approve what was edited between reading and approving: it is refused, and the difference is shown', async () => {
    const order = await lostOrder();
    const cookie = await world.signIn('agent');
    const [agent, other, first, second] = await Promise.all(['agent', 'agent2', 'manager', 'manager2'].map((name) => seat(browser, world, name)));
    if (!agent || !other || !first || !second) throw new Error('a seat is missing');
    await openLive(other.page, `${world.url}/orders/${order.id}`);
    await other.page.getByRole('button', { name: /^Refund/ }).click();
    const again = other.page.getByRole('dialog');
    await again.getByLabel('In words, for whoever approves').fill('I did not see that somebody asks');
    await Promise.all([first, second].map(({ page }) => openLive(page, `${world.url}/approvals`)));
    await asked(cookie, order.id, 1350);
    await choose(first.page, order.name);
    await first.page.keyboard.press('a');
    const yes = first.page.getByRole('dialog', { name: /Approve/ }).getByRole('button', { name: /^Approve .*13\.50/ });
    await yes.waitFor();
    // The news is on its way while the manager presses the button.
    const late: Route[] = [];
    let isLate = true;
    await first.page.route('**/graphql', async (route) => {
      if (isLate && route.request().postData()?.includes('query Approvals')) late.push(route);
      else await route.continue();
    });
    await openLive(agent.page, `${world.url}/approvals?tab=others`);
    await choose(agent.page, order.name);
    await agent.page.keyboard.press('e');
    const form = agent.page.getByRole('dialog');
    await form.getByRole('textbox', { name: /Amount/ }).fill('9.00');
    const there = seen(second.page, '9.00');
    await form.getByRole('button', { name: /^Change it to: .*9\.00/ }).click();
    await there;
    // As the server has it: another row may say the same sum.
    await until('it is edited', async () => (await revisionsOf(cookie, order.id))[0] === 2);
    await yes.click();
    await first.page.getByText(/It was edited since you opened it/).first().waitFor();
    isLate = false;
    for (const route of late) await route.continue();
    const changed = first.page.getByRole('region', { name: 'Changed since you opened it', exact: true });
    await changed.getByText(/13\.50/).waitFor();
    await changed.getByText(/9\.00/).waitFor();
    expect(await violations(first.page)).toEqual([]);
    expect(await first.page.getByRole('button', { name: /^Approve/ }).getAttribute('aria-disabled')).toBe('true');
    expect(await statesOf(cookie, order.id)).toEqual(['proposed']);

    // The other agent cannot start for the same loss, and reads so in the form, with what they wrote still there.
    await again.getByRole('combobox', { name: 'Reason', exact: true }).or(again.getByRole('textbox', { name: 'Reason', exact: true })).first().click();
    await other.page.getByRole('option', { name: 'Too late', exact: true }).click();
    await again.getByRole('button', { name: /Ask for approval/ }).click();
    await again.locator('.ow-error').waitFor();
    expect(await again.getByLabel('In words, for whoever approves').inputValue()).toBe('I did not see that somebody asks');

    const gone = seen(second.page, order.name, false);
    await changed.getByRole('button', { name: 'I have read it', exact: true }).click();
    await first.page.keyboard.press('a');
    await first.page.getByRole('dialog').getByRole('button', { name: /^Approve .*9\.00/ }).click();
    await gone;
    await world.endHold(order.id);
    await until('the refund is carried out', async () => (await statesOf(cookie, order.id)).every((state) => state === 'executed' || state === 'confirmed'), 60_000);
    expect((await world.effects()).map((effect) => Number(effect.amount)).filter((amount) => amount === 9 || amount === 13.5)).toEqual([9]);
    await Promise.all([agent, other, first, second].map(({ context }) => context.close()));
  }, 150_000);

  it('ask each other: a question goes back live, and its answer stands beside it', async () => {
    const order = await lostOrder();
    await asked(await world.signIn('agent'), order.id, 800);
    const [agent, manager] = [await seat(browser, world, 'agent'), await seat(browser, world, 'manager')];
    await openLive(agent.page, `${world.url}/approvals`);
    await openLive(manager.page, `${world.url}/approvals`);
    await choose(manager.page, order.name);
    const atAgent = seen(agent.page, order.name);
    await manager.page.keyboard.press('q');
    await manager.page.getByRole('textbox', { name: /What do you want to know/ }).fill('Is it with the neighbour?');
    await manager.page.keyboard.press('Control+Enter');
    await atAgent;
    await choose(agent.page, order.name);
    await agent.page.getByText('“Is it with the neighbour?”').waitFor();
    await agent.page.keyboard.press('q');
    await agent.page.getByRole('textbox', { name: /Your answer/ }).fill('No, they looked');
    await agent.page.keyboard.press('Control+Enter');
    await manager.page.getByText('“No, they looked”').waitFor();
    await Promise.all([agent.context.close(), manager.context.close()]);
  }, 90_000);
});

describe('a refund of which nobody knows whether it happened', () => {
  it('waits for a manager who did not approve it, and goes on as they found it', async () => {
    const order = await lostOrder();
    const [agent, approver] = [await world.signIn('agent'), await world.signIn('manager')];
    const remedy = await asked(agent, order.id, 600);
    await world.trouble('5xx_before');
    await world.ask(approver, 'mutation($id: ID!, $revision: Int!, $m: ID!) { approveRemedy(id: $id, revision: $revision, amountMinor: 600, mutationId: $m) { __typename } }', { ...remedy, m: crypto.randomUUID() });
    await world.endHold(order.id);
    await until('it is being carried out', async () => (await statesOf(agent, order.id))[0] === 'executing');
    await world.pass(order.id, 21);
    await until('nobody knows', async () => (await statesOf(agent, order.id))[0] === 'needs_human', 120_000);
    await world.trouble('ok');

    const { page, context } = await seat(browser, world, 'manager2');
    await openLive(page, `${world.url}/approvals?tab=failed`);
    await choose(page, order.name);
    await page.getByText('Nobody can tell whether it happened').waitFor();
    await page.keyboard.press('l');
    const form = page.getByRole('group', { name: /^What came of/ });
    await form.getByRole('radio', { name: /^It did not happen, and is still wanted/ }).check();
    expect(await violations(page)).toEqual([]);
    await form.getByLabel('Where you looked and what you saw').fill('No refund on the order in the shop');
    await page.keyboard.press('Control+Enter');
    await page.getByText(/did not happen; it waits for a decision again/).first().waitFor();
    expect(await statesOf(agent, order.id)).toEqual(['proposed']);
    expect((await world.effects()).filter((effect) => Number(effect.amount) === 6)).toEqual([]);
    await context.close();
  }, 200_000);
});

describe('a claim against a carrier', () => {
  it('is a file that goes to them only with their number and proof, and ends with their answer', async () => {
    const order = await lostOrder();
    const { page, context } = await seat(browser, world, 'agent');
    await openLive(page, `${world.url}/orders/${order.id}`);
    await page.getByRole('button', { name: 'Open a claim…', exact: true }).click();
    const form = page.getByRole('dialog', { name: `Carrier claim for order ${order.name}`, exact: true });
    await form.getByRole('combobox', { name: 'What happened', exact: true }).or(form.getByRole('textbox', { name: 'What happened', exact: true })).first().click();
    await page.getByRole('option', { name: 'Lost', exact: true }).click();
    // One of its parcels or the only one is lost: that one is meant.
    await form.getByLabel('In words, as the carrier is told').fill('No scan since the hub');
    await form.locator('footer button:not([aria-disabled="true"])').nth(1).waitFor();
    await page.keyboard.press('Control+Enter');
    const file = page.getByTestId('claim');
    await file.getByText('Not submitted yet').waitFor();
    await file.getByRole('button', { name: 'Submitted…', exact: true }).click();
    const step = page.getByRole('dialog', { name: /was submitted$/ });
    expect(await step.getByRole('button', { name: /^Record as submitted/ }).getAttribute('aria-disabled')).toBe('true');
    await step.getByLabel('Number that the carrier gave it').fill('CARRIER-4711');
    await page.keyboard.press('Control+Enter');
    await file.getByText(/Their number: CARRIER-4711/).waitFor();
    expect(await violations(page)).toEqual([]);
    await file.getByRole('button', { name: 'They look into it', exact: true }).click();
    await file.getByText('In review', { exact: true }).waitFor();
    await file.getByRole('button', { name: 'Rejected…', exact: true }).click();
    await page.getByLabel('What the carrier gave as reason').fill('Handed in too late');
    await page.keyboard.press('Control+Enter');
    await file.getByText('No: Handed in too late').waitFor();
    await until('nothing is left to do', async () => (await file.getByRole('button').count()) === 0);
    await context.close();
  }, 90_000);
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
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
      await dialog.getByRole('combobox', { name: 'Reason' }).or(dialog.getByRole('textbox', { name: 'Reason' })).first().click();
      await agent.page.getByRole('option', { name: 'Lost by the carrier' }).click();
      await dialog.getByLabel('In words, for whoever approves').fill('DHL reports it lost');
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
      expect((await world.effects()).filter((effect) => effect.kind === 'refund')).toEqual([]);

      const cookie = await world.signIn('manager');
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
      await agent.page.getByRole('list').getByText(/refund/i).first().waitFor();
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
    await strip.getByRole('button', { name: 'Cancel' }).click();
    await strip.waitFor({ state: 'detached' });
    const { order } = (await world.ask(agent, 'query($id: ID!) { order(id: $id) { remedies { state } } }', { id: kept.id })) as { order: { remedies: { state: string }[] } };
    expect(order.remedies.map((each) => each.state)).toEqual(['proposed']);
    await context.close();
  });
});

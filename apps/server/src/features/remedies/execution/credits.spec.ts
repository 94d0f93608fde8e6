import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { codeOf, markOf } from '@orderwatch/connectors';
import { createTestDatabase, type TestDatabase } from '@orderwatch/db/testing';
import type { RemedyRecord } from '@orderwatch/db';
import { addStaff, doneBy, refundOf, RemedyHarness, type People } from '../../../testing/remedy-harness.js';
import { ShopStandIn } from '../../../testing/shop-stand-in.js';
import { QUIET_PERIOD } from './execute-remedy.service.js';

const HOLD = 30_000;

describe('a goodwill credit', () => {
  const shop = new ShopStandIn();
  let database: TestDatabase;
  let people: People;
  let desk: RemedyHarness;
  let order: { readonly home: string; readonly orderId: string };

  beforeAll(async () => {
    database = await createTestDatabase();
    await shop.start();
    people = await addStaff(database.transactions);
  });
  afterAll(async () => {
    await shop.stop();
    await database.drop();
  });
  beforeEach(async () => {
    Object.assign(shop, { trouble: 'none', hasAccounts: true });
    shop.effects.length = 0;
    desk = new RemedyHarness(database.transactions, shop);
    shop.now = () => desk.feed.now;
    order = await desk.paidOrder();
  });

  const ask = (amountMinor = 5_000) => desk.propose.run(refundOf(order.orderId, { kind: 'credit', amountMinor, reason: 'Sorry for the wait', reasonCode: 'late' }), people.ana);

  /** Approved, and its call-back time over. */
  async function due(amountMinor?: number): Promise<RemedyRecord> {
    const remedy = doneBy(await ask(amountMinor));
    doneBy(await desk.approve(remedy, people.clara));
    desk.feed.now += HOLD;
    return remedy;
  }

  it.each([true, false])('is given once though the reply is lost, and confirmed by a look at the shop (the customer has an account: %s)', async (hasAccounts) => {
    shop.hasAccounts = hasAccounts;
    const remedy = await due();
    shop.trouble = 'reply_lost';
    await desk.execute.run(remedy.id);
    expect((await desk.read(remedy)).remedy.state).toBe('executing');
    shop.trouble = 'none';
    desk.feed.now += QUIET_PERIOD;
    for (let i = 0; i < 3; i += 1) await desk.execute.run(remedy.id);
    const mark = { key: remedy.idempotencyKey, askedAt: remedy.proposedAt };
    expect(shop.effects).toMatchObject([{ kind: 'credit', minor: 5_000, key: hasAccounts ? markOf(mark) : codeOf(mark.key) }]);
    const reference = hasAccounts ? shop.effects[0]?.id : codeOf(mark.key);
    expect(await desk.read(remedy)).toMatchObject({ reference, attempts: 2, remedy: { state: 'executed' } });
    expect(await desk.store.ledger(desk.db, order.orderId)).toMatchObject([{ id: reference, kind: 'credit', amount: { minor: 5_000, currency: 'EUR' }, lines: [], remedyId: remedy.id }]);
    expect(await desk.execute.confirm(remedy.id)).toBe(true);
    expect((await desk.read(remedy)).remedy.state).toBe('confirmed');
  });

  it('is not given beside another credit of the same amount that nobody can account for: a person says', async () => {
    const remedy = await due();
    shop.effects.push({ kind: 'credit', key: new Date(0).toISOString(), note: new Date(desk.feed.now).toISOString(), minor: 5_000, id: '777' });
    await desk.execute.run(remedy.id);
    expect(await desk.read(remedy)).toMatchObject({ failure: expect.stringContaining('nobody can tell'), remedy: { state: 'executing' } });
    expect(shop.effects).toHaveLength(1);
  });

  it('is given beside one of ours of the same amount', async () => {
    const first = await due();
    await desk.execute.run(first.id);
    desk.feed.now += 1_000;
    const second = await due();
    await desk.execute.run(second.id);
    expect((await desk.read(second)).remedy.state).toBe('executed');
    expect(shop.effects).toHaveLength(2);
  });

  it('returns to the inbox when the shop refuses', async () => {
    const remedy = await due();
    shop.trouble = 'refuses';
    await desk.execute.run(remedy.id);
    expect(await desk.read(remedy)).toMatchObject({ failure: 'Shopify: Store credit is switched off', remedy: { state: 'failed' } });
  });

  it('is asked for once at a time, of an amount, without lines', async () => {
    doneBy(await ask());
    expect(await ask(100)).toMatchObject({ kind: 'conflict', message: 'A credit of this order is under way already.' });
    order = await desk.paidOrder();
    for (const wrong of [{ amountMinor: 0 }, { amountMinor: null }, { lines: [{ lineId: '1', quantity: 1 }] }]) {
      expect(await desk.propose.run(refundOf(order.orderId, { kind: 'credit', ...wrong }), people.ana)).toMatchObject({ kind: 'not_allowed' });
    }
  });

  it('counts towards what was paid: beyond it two managers must agree', async () => {
    const first = await due(90_000);
    await desk.execute.run(first.id);
    const rest = doneBy(await ask(30_000));
    expect(rest.remedy.approvalsNeeded).toBe(1);
    doneBy(await desk.decide.decline(rest.id, 1, 'no', people.clara, rest.id));
    const beyond = doneBy(await ask(30_001));
    expect(beyond.remedy.approvalsNeeded).toBe(2);
    expect(beyond.checks.find((check) => check.name === 'Not more than paid, all together')).toMatchObject({ verdict: 'fail' });
    expect(doneBy(await desk.propose.run(refundOf(order.orderId, { amountMinor: 30_001 }), people.ana)).remedy.approvalsNeeded).toBe(2);
  });
});

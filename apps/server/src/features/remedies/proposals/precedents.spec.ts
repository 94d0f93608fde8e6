import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@orderwatch/db/testing';
import { addStaff, doneBy, refundOf, RemedyHarness, reshipOf, type People } from '../../../testing/remedy-harness.js';
import { ShopStandIn } from '../../../testing/shop-stand-in.js';
import { ShowPrecedents } from './show-precedents.service.js';

const CUSTOMER = '00000000-0000-5000-8000-00000000000c';
const shop = new ShopStandIn();
let database: TestDatabase;
let people: People;
let desk: RemedyHarness;
let precedents: ShowPrecedents;

beforeAll(async () => {
  database = await createTestDatabase();
  await shop.start();
  people = await addStaff(database.transactions);
  desk = new RemedyHarness(database.transactions, shop);
  precedents = new ShowPrecedents(database.transactions, desk.feed.clock);
});
afterAll(async () => {
  await shop.stop();
  await database.drop();
});

const refund = (orderId: string, except: string | null = null) => precedents.of({ orderId, kind: 'refund', amountMinor: 5_000, lines: [], reasonCode: 'lost', except });

describe('what was done before', () => {
  it('is shown to who asks for the same again, whoever did it: on the order, and on the customer\'s other orders', async () => {
    const [order, other, strange] = [await desk.paidOrder(), await desk.paidOrder(), await desk.paidOrder()];
    await desk.db.query('update order_state set customer_id = $1 where order_id = any($2::uuid[])', [CUSTOMER, [order.orderId, other.orderId]]);
    const first = doneBy(await desk.propose.run(refundOf(order.orderId), people.ben));
    doneBy(await desk.propose.run(reshipOf(other.orderId), people.lena));
    doneBy(await desk.propose.run(refundOf(strange.orderId), people.ana));
    const found = await refund(order.orderId);
    expect(found?.duplicates).toMatchObject([
      { remedyId: first.id, number: `AP-${first.number}`, likeness: 'same', text: 'Refund €50.00 by ben', why: 'the same kind, for this order', state: 'proposed' },
      { orderId: other.orderId, likeness: 'near', text: 'Reship €200.00 by lena' },
    ]);
    expect((await refund(order.orderId, first.id))?.duplicates.map((one) => one.likeness)).toEqual(['near']);
    await desk.feed.take(desk.feed.event('payment.refunded', order.home, { amount: '20.00', currency: 'EUR' }, 1));
    expect((await refund(order.orderId))?.duplicates).toContainEqual(expect.objectContaining({ remedyId: null, number: null, orderName: `#${order.home}`, text: expect.stringContaining('Refund €20.00 by') }));
    expect(await refund('00000000-0000-5000-8000-000000000000')).toBeNull();
  });

  it('tells how people decided on the like, and not what lapsed, was called back or is of another reason', async () => {
    const ask = async (amountMinor: number, reasonCode = 'late') => doneBy(await desk.propose.run(refundOf((await desk.paidOrder()).orderId, { amountMinor, reasonCode }), people.ana));
    doneBy(await desk.approve(await ask(4_000), people.clara));
    const no = await ask(9_000);
    doneBy(await desk.decide.decline(no.id, 1, 'A carrier pays this', people.tomas, '00000000-0000-4000-8000-000000000001'));
    const back = doneBy(await desk.approve(await ask(5_000), people.clara));
    doneBy(await desk.decide.callBack(back.id, people.clara, '00000000-0000-4000-8000-000000000002'));
    doneBy(await desk.approve(await ask(5_000, 'damaged'), people.clara));
    const { orderId } = await desk.paidOrder();
    const found = await precedents.of({ orderId, kind: 'refund', amountMinor: 5_000, lines: [], reasonCode: 'late', except: null });
    expect(found).toMatchObject({ approved: 1, declined: 1, days: 180, similar: [{ decision: 'approved', decidedBy: 'clara', amount: { minor: 4_000 } }, { decision: 'declined', decidedBy: 'tomas', reason: 'A carrier pays this' }] });
    expect((await precedents.of({ orderId, kind: 'refund', amountMinor: 5_000, lines: [], reasonCode: null, except: null }))?.approved).toBe(2);
  });

  it('counts what became of what the asker asked for in thirty days, without the one at hand', async () => {
    const ask = async () => doneBy(await desk.propose.run(refundOf((await desk.paidOrder()).orderId), people.lena));
    const [old, approved, declined, here] = [await ask(), await ask(), await ask(), await ask()];
    const before = (await precedents.of({ orderId: here.orderId, kind: 'refund', amountMinor: 5_000, lines: [], reasonCode: null, except: here.id }))?.asker;
    await desk.db.query("update remedy set proposed_at = proposed_at - interval '31 days' where id = $1", [old.id]);
    doneBy(await desk.approve(approved, people.clara));
    doneBy(await desk.decide.decline(declined.id, 1, 'No', people.tomas, '00000000-0000-4000-8000-000000000009'));
    expect((await precedents.of({ orderId: here.orderId, kind: 'refund', amountMinor: 5_000, lines: [], reasonCode: null, except: here.id }))?.asker).toEqual({ asked: (before?.asked ?? 0) - 1, approved: (before?.approved ?? 0) + 1, days: 30 });
    expect((await refund(here.orderId))?.asker).toBeNull();
  });
});

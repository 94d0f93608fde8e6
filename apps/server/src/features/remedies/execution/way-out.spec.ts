import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { defaultRemedyPolicy, UNSEEN_AFTER, type LookUpFinding } from '@orderwatch/domain';
import { verifyAudit, type RemedyRecord } from '@orderwatch/db';
import { createTestDatabase, type TestDatabase } from '@orderwatch/db/testing';
import { addStaff, doneBy, refundOf, RemedyHarness, reshipOf, type Name, type People } from '../../../testing/remedy-harness.js';
import { ShopStandIn } from '../../../testing/shop-stand-in.js';
import { GIVE_UP_AFTER } from './execute-remedy.service.js';

const shop = new ShopStandIn();
let database: TestDatabase;
let people: People;
let desk: RemedyHarness;

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
  shop.trouble = 'none';
  shop.effects.length = 0;
  desk = new RemedyHarness(database.transactions, shop);
  await database.transactions.query(`update person set role = 'manager' where id = any($1::uuid[])`, [[people.clara.id, people.tomas.id, people.dora.id]]);
});

const by = (name: Name, mutationId = randomUUID()) => ({ actor: people[name], mutationId });

/** Asked for by ana, approved by clara, its call-back time over. */
async function due(isReship = false): Promise<RemedyRecord> {
  const { orderId } = await desk.paidOrder();
  const remedy = doneBy(await desk.propose.run(isReship ? reshipOf(orderId) : refundOf(orderId), people.ana));
  doneBy(await desk.approve(remedy, people.clara));
  desk.feed.now += defaultRemedyPolicy.callBack;
  return desk.read(remedy);
}

/** One of which nobody knows what came of it. `hasHappened`: the shop did it, and the reply was lost. */
async function lost(hasHappened: boolean): Promise<RemedyRecord> {
  const remedy = await due();
  shop.trouble = hasHappened ? 'reply_lost' : 'down';
  await desk.execute.run(remedy.id);
  desk.feed.now += GIVE_UP_AFTER + 1;
  await desk.execute.run(remedy.id);
  shop.trouble = 'none';
  const now = await desk.read(remedy);
  expect(now.remedy.state).toBe('needs_human');
  return now;
}
const lookUp = (remedy: RemedyRecord, finding: LookUpFinding, who: Name = 'tomas', reason = 'Looked in the shop') => desk.lookUp.run(remedy.id, finding, reason, by(who));

describe('a remedy that the shop said it did', () => {
  /** Carried out, by the shop's word, and nobody has seen it there for hours. */
  let hidden: typeof shop.effects = [];
  async function unseen(): Promise<RemedyRecord> {
    const remedy = await due();
    await desk.execute.run(remedy.id);
    hidden = shop.effects.splice(0);
    await desk.sweep.run();
    expect((await desk.read(remedy)).remedy.unseenAt).toBeNull(); // its time is not over
    desk.feed.now += UNSEEN_AFTER + 1;
    expect(await desk.execute.confirm(remedy.id)).toBe(false);
    await desk.sweep.run();
    await desk.sweep.run();
    return desk.read(remedy);
  }
  const ledger = async ({ orderId }: RemedyRecord) => (await desk.db.query<{ id: string }>('select id from remedy_ledger where order_id = $1', [orderId])).map((row) => row.id);

  it('and that is not to be seen there comes back to the inbox, once, and leaves it by itself when it is seen after all', async () => {
    const remedy = await unseen();
    expect(remedy.remedy).toMatchObject({ state: 'executed', unseenAt: desk.feed.now });
    expect(await desk.db.query(`select 1 from audit where target = $1 and action = 'remedy.unseen'`, [remedy.id])).toHaveLength(1);
    const inbox = async () => (await desk.store.inbox(desk.db, { open: 300, decided: 100 })).open.some((each) => each.id === remedy.id);
    expect(await inbox()).toBe(true);
    shop.effects.push(...hidden);
    expect(await desk.execute.confirm(remedy.id)).toBe(true);
    expect(await desk.read(remedy)).toMatchObject({ remedy: { state: 'confirmed', unseenAt: null } });
    expect(await inbox()).toBe(false);
  });

  it('is looked up by another: it is there, under whichever name, or it is not, and is then out of the books', async () => {
    const [there, again, gone] = [await unseen(), await unseen(), await unseen()];
    expect(await lookUp(there, { is: 'give_up' }, 'clara')).toMatchObject({ kind: 'not_allowed' });
    expect(doneBy(await lookUp(there, { is: 'happened', reference: '9123' }))).toMatchObject({ reference: '9123', remedy: { state: 'confirmed', unseenAt: null } });
    expect(await ledger(there)).toEqual(['9123']);
    const asked = doneBy(await lookUp(again, { is: 'retry' }));
    expect([await ledger(again), asked.idempotencyKey, asked.remedy]).toMatchObject([[], again.idempotencyKey, { state: 'proposed', approvals: [], unseenAt: null }]);
    doneBy(await desk.approve(asked, people.tomas));
    desk.feed.now += defaultRemedyPolicy.callBack;
    await desk.execute.run(again.id);
    expect([(await desk.read(again)).remedy.state, (await ledger(again)).length, shop.effects.length]).toEqual(['executed', 1, 1]);
    expect(doneBy(await lookUp(gone, { is: 'give_up' })).remedy.state).toBe('declined');
    expect(await ledger(gone)).toEqual([]);
    expect(await verifyAudit(desk.db)).toBeNull();
  });

  it('is not looked up while it is not missed', async () => {
    const remedy = await due();
    await desk.execute.run(remedy.id);
    expect(await lookUp(await desk.read(remedy), { is: 'give_up' })).toMatchObject({ kind: 'conflict' });
  });
});

describe('a remedy of which nobody knows what came of it', () => {
  it('keeps others from starting for the same loss until somebody has looked it up', async () => {
    const remedy = await lost(true);
    expect(await desk.propose.run(refundOf(remedy.orderId), people.ben)).toMatchObject({ kind: 'conflict' });
    expect(doneBy(await lookUp(remedy, { is: 'happened', reference: ' 9000 ' }))).toMatchObject({ reference: '9000', failure: null, remedy: { state: 'executed' } });
    expect(await desk.db.query('select id, amount_minor::text from remedy_ledger where order_id = $1', [remedy.orderId])).toEqual([{ id: '9000', amount_minor: '5000' }]);
    expect(await desk.db.query(`select 1 as n from order_event where order_id = $1 and type = 'remedy.executed'`, [remedy.orderId])).toHaveLength(1);
    expect(await desk.execute.confirm(remedy.id)).toBe(true);
    await desk.execute.run(remedy.id);
    expect(shop.effects).toHaveLength(1);
    expect((await desk.read(remedy)).remedy.state).toBe('confirmed');
    doneBy(await desk.propose.run(refundOf(remedy.orderId), people.ben));
    expect(await verifyAudit(desk.db)).toBeNull();
  });

  it('is asked for again under its old key: who was mistaken pays nobody twice', async () => {
    const remedy = await lost(true);
    const again = doneBy(await lookUp(remedy, { is: 'retry' }));
    expect(again).toMatchObject({ idempotencyKey: remedy.idempotencyKey, remedy: { state: 'proposed', revision: 2, approvals: [] } });
    await desk.execute.run(remedy.id);
    expect((await desk.read(remedy)).remedy.state).toBe('proposed');
    doneBy(await desk.approve(again, people.tomas));
    desk.feed.now += defaultRemedyPolicy.callBack;
    await desk.execute.run(remedy.id);
    expect(await desk.read(remedy)).toMatchObject({ reference: '9000', remedy: { state: 'executed' } });
    expect(shop.effects).toHaveLength(1);
  });

  it('is given up, and then anybody may ask anew', async () => {
    const remedy = await lost(false);
    expect(doneBy(await lookUp(remedy, { is: 'give_up' }))).toMatchObject({ declinedReason: 'Looked in the shop', remedy: { state: 'declined' } });
    doneBy(await desk.propose.run(refundOf(remedy.orderId), people.ben));
  });

  it('is looked up by another than asked or approved, as long as there is one', async () => {
    const remedy = await lost(false);
    for (const name of ['ana', 'lena', 'jonas', 'clara'] as const) expect(await lookUp(remedy, { is: 'give_up' }, name)).toMatchObject({ kind: 'not_allowed' });
    await desk.db.query(`update person set role = 'agent' where id = any($1::uuid[])`, [[people.tomas.id, people.dora.id]]);
    doneBy(await lookUp(remedy, { is: 'give_up' }, 'clara'));
    const [entry] = await desk.db.query<{ detail: string }>(`select detail from audit where target = $1 and action = 'remedy.looked_up'`, [remedy.id]);
    expect(JSON.parse(entry?.detail ?? '{}')).toMatchObject({ hadApproved: true, others: 0 });
  });

  it('is not what came of another one, and is looked up once', async () => {
    const remedy = await lost(true);
    doneBy(await lookUp(remedy, { is: 'happened', reference: '9000' }));
    expect(await lookUp(remedy, { is: 'happened', reference: '9000' })).toMatchObject({ kind: 'conflict' });
    const other = doneBy(await desk.propose.run(refundOf(remedy.orderId), people.ben));
    await desk.db.query(`update remedy set state = 'needs_human' where id = $1`, [other.id]);
    expect(await lookUp(other, { is: 'happened', reference: '9000' })).toMatchObject({ kind: 'conflict', message: expect.stringContaining(remedy.number) });
  });
});

describe('a remedy that failed', () => {
  it('is tried again with new approvals, on the facts of now', async () => {
    const remedy = await due();
    shop.trouble = 'refuses';
    await desk.execute.run(remedy.id);
    expect((await desk.read(remedy)).remedy.state).toBe('failed');
    shop.trouble = 'none';
    expect(await desk.revise.retry(remedy.id, 1, ' ', by('ana'))).toMatchObject({ kind: 'not_allowed' });
    const again = doneBy(await desk.revise.retry(remedy.id, 1, 'The shop is mended', by('ana')));
    doneBy(await desk.approve(again, people.clara));
    desk.feed.now += defaultRemedyPolicy.callBack;
    await desk.execute.run(remedy.id);
    expect(await desk.read(remedy)).toMatchObject({ failure: null, remedy: { state: 'executed' } });
    expect(shop.effects).toHaveLength(1);
  });

  it('is not tried again while another one makes good the same', async () => {
    const remedy = await due();
    shop.trouble = 'refuses';
    await desk.execute.run(remedy.id);
    doneBy(await desk.propose.run(refundOf(remedy.orderId), people.ben));
    expect(await desk.revise.retry(remedy.id, 1, 'Again', by('ana'))).toMatchObject({ kind: 'conflict' });
    expect((await desk.read(remedy)).remedy.state).toBe('failed');
  });
});

describe('the same loss', () => {
  it('is made good by one of two who ask at once, be it refund or reship', async () => {
    const { orderId } = await desk.paidOrder();
    const lines = [{ lineId: '2', quantity: 1 }];
    const answers = await Promise.all([desk.propose.run(refundOf(orderId, { lines }), people.ana), desk.propose.run(reshipOf(orderId), people.ben)]);
    expect(answers.map((a) => a.kind).sort()).toEqual(['conflict', 'done']);
    doneBy(await desk.propose.run(answers[0].kind === 'done' ? reshipOf(orderId, { lines: [{ lineId: '1', quantity: 1 }] }) : refundOf(orderId, { lines: [{ lineId: '1', quantity: 1 }] }), people.lena));
  });

  it('is one in the database too, whoever forgets to ask', async () => {
    const { orderId } = await desk.paidOrder();
    const hold = `insert into remedy_loss (order_id, loss, remedy_id) values ($1, 'line:2', $2)`;
    await desk.db.query(hold, [orderId, randomUUID()]);
    await expect(desk.db.query(hold, [orderId, randomUUID()])).rejects.toThrow('remedy_loss_pkey');
  });

  it('is free again when the remedy is declined, withdrawn, void or edited to another', async () => {
    const { orderId } = await desk.paidOrder();
    const first = doneBy(await desk.propose.run(reshipOf(orderId), people.ana));
    const lamp = { amountMinor: null, currency: null, lines: [{ lineId: '1', quantity: 1 }], reasonCode: 'lost', reason: 'It was the lamp', evidenceFactIds: [] };
    doneBy(await desk.revise.edit(first.id, 1, lamp, by('ana')));
    const refund = doneBy(await desk.propose.run(refundOf(orderId, { lines: [{ lineId: '2', quantity: 1 }] }), people.ben));
    expect(await desk.revise.edit(first.id, 2, { ...lamp, lines: [{ lineId: '2', quantity: 1 }] }, by('ana'))).toMatchObject({ kind: 'conflict' });
    doneBy(await desk.revise.withdraw(refund.id, 1, by('ben')));
    doneBy(await desk.revise.edit(first.id, 2, { ...lamp, lines: [{ lineId: '2', quantity: 1 }] }, by('ana')));
    doneBy(await desk.decide.decline(first.id, 3, 'no', people.clara, randomUUID()));
    expect(await desk.db.query('select loss from remedy_loss where order_id = $1', [orderId])).toEqual([]);
  });
});

describe('between asking and doing', () => {
  it('an edit undoes what was read before it', async () => {
    const { orderId } = await desk.paidOrder();
    const read = doneBy(await desk.propose.run(refundOf(orderId), people.ana));
    const edited = doneBy(await desk.revise.edit(read.id, 1, { amountMinor: 7_000, currency: 'EUR', lines: [], reasonCode: 'lost', reason: 'More was lost', evidenceFactIds: [] }, by('ana')));
    expect(edited).toMatchObject({ reason: 'More was lost', remedy: { revision: 2, amount: { minor: 7_000 } } });
    expect(await desk.approve(read, people.clara)).toMatchObject({ kind: 'conflict', message: 'It was edited since you opened it.' });
    expect(await desk.revise.edit(read.id, 1, { ...refundOf(orderId), amountMinor: 1 }, by('ana'))).toMatchObject({ kind: 'conflict' });
    expect(await desk.revise.edit(read.id, 2, { ...refundOf(orderId), amountMinor: 120_001 }, by('ana'))).toMatchObject({ kind: 'not_allowed' });
    doneBy(await desk.approve(edited, people.clara));
  });

  it('an approval goes with the role of who gave it', async () => {
    const remedy = await due();
    await desk.db.query(`update person set role = 'agent' where id = $1`, [people.clara.id]);
    await desk.execute.run(remedy.id);
    expect(await desk.read(remedy)).toMatchObject({ remedy: { state: 'proposed', revision: 2, approvals: [] } });
    expect(shop.effects).toHaveLength(0);
  });

  it('a question stops the clock, and stands with its answer', async () => {
    const { orderId } = await desk.paidOrder();
    const remedy = doneBy(await desk.propose.run(refundOf(orderId), people.ana));
    doneBy(await desk.revise.ask(remedy.id, 'Which parcel?', by('clara')));
    desk.feed.now += 2 * defaultRemedyPolicy.answerWithin;
    await desk.sweep.run();
    const answered = doneBy(await desk.revise.answer(remedy.id, 'The second', by('ana')));
    expect(answered).toMatchObject({ remedy: { state: 'proposed', expiresAt: desk.feed.now + defaultRemedyPolicy.answerWithin }, questions: [{ by: people.clara.id, text: 'Which parcel?', answer: 'The second', answeredBy: people.ana.id }] });
    desk.feed.now += defaultRemedyPolicy.answerWithin;
    await desk.sweep.run();
    expect((await desk.read(remedy)).remedy.state).toBe('declined');
  });
});

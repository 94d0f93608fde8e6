import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DAY, defaultRemedyPolicy, type RemedyPolicy } from '@orderwatch/domain';
import type { RemedyRecord, Transactions } from '@orderwatch/db';
import { createTestDatabase, type TestDatabase } from '@orderwatch/db/testing';
import { addStaff, doneBy, RemedyHarness, refundOf, reshipOf, type Name, type People } from '../../../testing/remedy-harness.js';
import { ShopStandIn } from '../../../testing/shop-stand-in.js';
import type { Proposal } from '../proposals/propose-remedy.service.js';
import { fixedPolicy } from '../policy/remedy-policy.js';

const id = randomUUID;

/** Ways around four eyes and limits that each were open once. */
describe('ways around approvals', () => {
  const shop = new ShopStandIn();
  let database: TestDatabase;
  let db: Transactions;
  let people: People;
  let desk: RemedyHarness;

  beforeAll(async () => {
    database = await createTestDatabase();
    db = database.transactions;
    await shop.start();
    people = await addStaff(db);
  });
  afterAll(async () => {
    await shop.stop();
    await database.drop();
  });
  beforeEach(async () => {
    await db.query('truncate delegation, remedy_cohort, remedy, remedy_approval, remedy_loss, change');
    desk = new RemedyHarness(db, shop);
  });

  const limited = (more: Partial<RemedyPolicy>): RemedyHarness => (desk = new RemedyHarness(db, shop, fixedPolicy({ ...defaultRemedyPolicy, ...more })));
  const propose = async (more: Partial<Proposal> = {}, by: Name = 'ana'): Promise<RemedyRecord> => doneBy(await desk.propose.run(refundOf((await desk.paidOrder()).orderId, more), people[by]));
  const name = async (by: Name, who: Name): Promise<void> => {
    const answer = await desk.delegate.name({ personId: people[who].id, reason: 'On holiday', from: desk.feed.now, until: desk.feed.now + DAY, mutationId: id() }, people[by]);
    if (answer.kind !== 'done') throw new Error(answer.reason);
  };
  const by = (who: Name, mutationId: string = id()) => ({ actor: people[who], mutationId });

  it('nobody answers a question and then decides on the answer, also when they are named afterwards', async () => {
    const [first, second] = [await propose(), await propose()];
    for (const remedy of [first, second]) doneBy(await desk.revise.ask(remedy.id, 'Is it really lost?', by('tomas')));
    doneBy(await desk.revise.answer(second.id, 'It is.', by('lena')));
    await name('clara', 'lena');
    expect(await desk.revise.answer(first.id, 'It is.', by('lena'))).toMatchObject({ kind: 'not_allowed' });
    expect(await desk.approve(await desk.read(second), people.lena)).toMatchObject({ kind: 'not_allowed' });
    expect(doneBy(await desk.approve(await desk.read(second), people.clara)).remedy.state).toBe('approved');
  });

  it('nobody approves more in a day by deciding in several names', async () => {
    limited({ approveWithinDay: 12_000 });
    await name('clara', 'tomas');
    await name('dora', 'tomas');
    for (const head of [null, people.clara.id]) doneBy(await desk.approve(await propose(), people.tomas, head));
    expect(await desk.approve(await propose(), people.tomas, people.dora.id)).toMatchObject({ kind: 'conflict', message: expect.stringContaining('24 hours') });
    doneBy(await desk.approve(await propose(), people.dora));
  });

  it('an act is not taken for done because another of the same order had its id', async () => {
    const { orderId } = await desk.paidOrder();
    const [refund, reship] = [doneBy(await desk.propose.run(refundOf(orderId), people.ana)), doneBy(await desk.propose.run(reshipOf(orderId), people.ana))];
    const mutationId = id();
    const read = ({ remedy }: RemedyRecord) => ({ revision: remedy.revision, amountMinor: remedy.amount?.minor ?? null });
    doneBy(await desk.decide.approve(refund.id, read(refund), people.clara, mutationId));
    expect(await desk.decide.approve(reship.id, read(reship), people.clara, mutationId)).toMatchObject({ kind: 'conflict' });
    expect(await desk.decide.decline(refund.id, 1, 'No', people.clara, mutationId)).toMatchObject({ kind: 'conflict' });
    expect(await desk.decide.approve(refund.id, read(refund), people.tomas, mutationId)).toMatchObject({ kind: 'conflict' });
    expect(await desk.decide.approve(refund.id, read(refund), people.clara, mutationId)).toMatchObject({ kind: 'done' });
    expect(await desk.revise.withdraw(reship.id, 1, by('ana', reship.mutationId ?? ''))).toMatchObject({ kind: 'conflict' });
  });

  it('a proposal is not taken for done because another one had its id', async () => {
    const { orderId } = await desk.paidOrder();
    const asked = refundOf(orderId);
    const { id: first } = doneBy(await desk.propose.run(asked, people.ana));
    expect(doneBy(await desk.propose.run(asked, people.ana)).id).toBe(first);
    expect(await desk.propose.run(reshipOf(orderId, { mutationId: asked.mutationId }), people.ana)).toMatchObject({ kind: 'conflict' });
    expect(await desk.propose.run(asked, people.lena)).toMatchObject({ kind: 'conflict' });
  });

  it('nobody asks for more in a day by asking for little and changing it the day after', async () => {
    limited({ askWithinDay: { agent: 12_000, lead: 0, manager: 0 }, askWithinDayThen: 'forbid' });
    const small = [await propose({ amountMinor: 100 }), await propose({ amountMinor: 100 }), await propose({ amountMinor: 100 })];
    desk.feed.now += DAY + 1;
    const change = { amountMinor: 5_000, currency: 'EUR', lines: [], reason: 'All of it', reasonCode: 'lost', evidenceFactIds: [] };
    const kinds: string[] = [];
    for (const remedy of small) kinds.push((await desk.revise.edit(remedy.id, 1, change, by('ana'))).kind);
    expect(kinds).toEqual(['done', 'done', 'not_allowed']);
  });

  it('nothing is carried out that somebody approved who was shut out since', async () => {
    await name('clara', 'lena');
    const remedy = doneBy(await desk.approve(await propose(), people.lena));
    await db.query('update person set disabled_at = now() where id = $1', [people.lena.id]);
    desk.feed.now += defaultRemedyPolicy.callBack;
    await desk.execute.run(remedy.id);
    await db.query('update person set disabled_at = null where id = $1', [people.lena.id]);
    expect((await desk.read(remedy)).remedy).toMatchObject({ state: 'proposed', approvals: [] });
  });
});

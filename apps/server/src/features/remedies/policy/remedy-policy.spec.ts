import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defaultRemedyPolicy } from '@orderwatch/domain';
import { RemedyPolicyStore, verifyAudit, type PolicyVersion } from '@orderwatch/db';
import { createTestDatabase, type TestDatabase } from '@orderwatch/db/testing';
import { addStaff, doneBy, refundOf, RemedyHarness, reshipOf, type People } from '../../../testing/remedy-harness.js';
import { ShopStandIn } from '../../../testing/shop-stand-in.js';
import { storedPolicies } from './remedy-policy.js';
import { ChangeRemedyPolicy, type PolicyAnswer } from './remedy-policy.service.js';

const HOLD = 30_000;
const shop = new ShopStandIn();
const policies = storedPolicies(HOLD);
let database: TestDatabase;
let people: People;
let desk: RemedyHarness;
let change: ChangeRemedyPolicy;

beforeAll(async () => {
  database = await createTestDatabase();
  await shop.start();
  people = await addStaff(database.transactions);
  desk = new RemedyHarness(database.transactions, shop, policies);
  change = new ChangeRemedyPolicy(database.transactions, new RemedyPolicyStore(), desk.feed.clock, policies);
});
afterAll(async () => {
  await shop.stop();
  await database.drop();
});

const made = (answer: PolicyAnswer): PolicyVersion => {
  if (answer.kind !== 'done') throw new Error(answer.reason);
  return answer.version;
};
const strict = { ...defaultRemedyPolicy, askerLimits: { agent: 4_000, lead: 25_000, manager: 100_000 }, askerLimitThen: 'forbid' };

describe('the limits of remedies', () => {
  it('are a draft until they were rehearsed on the past, and are brought in by another than made them', async () => {
    const { orderId } = await desk.paidOrder();
    const before = doneBy(await desk.propose.run(refundOf(orderId), people.ana));
    expect(before.policyVersion).toBe(0);
    const mutationId = randomUUID();
    const [draft, again] = [made(await change.draft(strict, 'Too much is asked for', people.jonas, mutationId)), made(await change.draft(strict, 'Too much is asked for', people.jonas, mutationId))];
    expect([draft.version, again.version, draft.state]).toEqual([1, 1, 'draft']);
    expect(await change.goLive(1, people.clara)).toMatchObject({ kind: 'not_allowed', reason: expect.stringContaining('Rehearse') });
    expect(made(await change.rehearse(1, people.clara)).rehearsal).toMatchObject({ tried: 1, changes: { forbidden: 1 }, examples: [{ number: `AP-${before.number}`, change: 'forbidden' }] });
    expect((await policies.current(desk.db)).version).toBe(0);
    expect(await change.goLive(1, people.jonas)).toMatchObject({ kind: 'not_allowed' });
    expect(made(await change.goLive(1, people.clara)).state).toBe('live');
    const other = await desk.paidOrder();
    expect(await desk.propose.run(refundOf(other.orderId), people.ana)).toMatchObject({ kind: 'not_allowed', reason: "Within the asker's limit: €50.00 of €40.00." });
    expect(doneBy(await desk.propose.run(refundOf(other.orderId), people.lena))).toMatchObject({ policyVersion: 1 });
    // What was asked for before is judged by what is in force when money goes.
    expect(await desk.approve(before, people.clara)).toMatchObject({ kind: 'conflict', message: expect.stringContaining("Within the asker's limit") });
    expect(await desk.approve(await desk.read(before), people.clara)).toMatchObject({ kind: 'conflict', message: expect.stringContaining('forbids it by now') });
    expect(await desk.read(before)).toMatchObject({ policyVersion: 1, remedy: { state: 'proposed', revision: 2 } });
    const actions = await desk.db.query<{ action: string; actor: string }>(`select action, actor from audit where action like 'policy.%' order by id`);
    expect(actions.map(({ action, actor }) => [action, actor])).toEqual([['policy.draft', people.jonas.id], ['policy.rehearse', people.clara.id], ['policy.live', people.clara.id]]);
    expect(await verifyAudit(desk.db)).toBeNull();
  });

  it('are one set at a time, and are refused in words when they make no sense', async () => {
    made(await change.draft(defaultRemedyPolicy, 'Back to the old ones', people.jonas, randomUUID()));
    made(await change.rehearse(2, people.jonas));
    made(await change.goLive(2, people.tomas));
    expect((await change.list()).map(({ version, state }) => [version, state])).toEqual([[2, 'live'], [1, 'retired']]);
    expect(await change.draft({ ...strict, answerWithin: 'soon' }, 'x', people.jonas, randomUUID())).toMatchObject({ kind: 'not_allowed', reason: expect.stringContaining('answerWithin') });
    expect(await change.draft(strict, ' ', people.jonas, randomUUID())).toMatchObject({ kind: 'not_allowed' });
  });

  it('say that more than was paid, all together, takes two: also when the shop gave the first part', async () => {
    const { orderId, home } = await desk.paidOrder();
    await desk.feed.take(desk.feed.event('payment.refunded', home, { amount: '1100.00', currency: 'EUR' }, 1));
    const remedy = doneBy(await desk.propose.run(reshipOf(orderId), people.ana));
    expect(remedy.remedy.approvalsNeeded).toBe(2);
    expect(remedy.checks).toContainEqual(expect.objectContaining({ name: 'Not more than paid, all together', verdict: 'fail', value: '€1300.00 of €1200.00' }));
  });

  it('say that a line sent again already takes two to be sent once more', async () => {
    const { orderId } = await desk.paidOrder();
    const first = doneBy(await desk.propose.run(reshipOf(orderId), people.ana));
    doneBy(await desk.approve(first, people.clara));
    desk.feed.now += HOLD;
    await desk.execute.run(first.id);
    const second = doneBy(await desk.propose.run(reshipOf(orderId), people.ben));
    expect(second.remedy.approvalsNeeded).toBe(2);
    expect(second.checks).toContainEqual(expect.objectContaining({ name: 'Not made good before', value: '1 of 1 × Shade made good already' }));
  });

  it('tell everybody of what waits too long, once, and let it lapse after that', async () => {
    const { orderId } = await desk.paidOrder();
    const remedy = doneBy(await desk.propose.run(refundOf(orderId), people.ana));
    desk.feed.now += defaultRemedyPolicy.escalateAfter;
    for (let i = 0; i < 2; i += 1) await desk.sweep.run();
    expect(await desk.read(remedy)).toMatchObject({ version: 2, escalatedAt: desk.feed.now, remedy: { state: 'proposed' } });
    desk.feed.now += defaultRemedyPolicy.answerWithin - defaultRemedyPolicy.escalateAfter;
    await desk.sweep.run();
    expect((await desk.read(remedy)).remedy.state).toBe('declined');
  });
});

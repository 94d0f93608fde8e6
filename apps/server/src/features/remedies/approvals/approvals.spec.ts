import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DAY, defaultRemedyPolicy, HOUR, type RemedyPolicy } from '@orderwatch/domain';
import { approvedInNameOf, CohortStore, lockPerson, verifyAudit, type RemedyRecord, type Transactions, type Tx } from '@orderwatch/db';
import { createTestDatabase, type TestDatabase } from '@orderwatch/db/testing';
import { addStaff, doneBy, RemedyHarness, refundOf, reshipOf, type Name, type People } from '../../../testing/remedy-harness.js';
import { ShopStandIn } from '../../../testing/shop-stand-in.js';
import type { BatchItem } from './approve-batch.service.js';
import type { Proposal } from '../proposals/propose-remedy.service.js';
import { fixedPolicy } from '../policy/remedy-policy.js';

const id = randomUUID;

describe('approvals', () => {
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
  const propose = async (more: Partial<Proposal> = {}, by: Name = 'ana', make = refundOf): Promise<RemedyRecord> => doneBy(await desk.propose.run(make((await desk.paidOrder()).orderId, more), people[by]));
  const changes = async (entity: string): Promise<unknown[]> => db.query('select entity_id, version from change where entity = $1 order by change.id', [entity]);
  const audited = async (target: string): Promise<string[]> => (await db.query<{ action: string }>('select action from audit where target = $1 order by audit.id', [target])).map((row) => row.action);

  describe('in a manager’s stead', () => {
    const name = async (by: Name = 'clara', who: Name = 'lena', more: { from?: number; until?: number } = {}): Promise<string> => {
      const answer = await desk.delegate.name({ personId: people[who].id, reason: 'On holiday', from: desk.feed.now, until: desk.feed.now + DAY, mutationId: id(), ...more }, people[by]);
      if (answer.kind !== 'done') throw new Error(answer.reason);
      return answer.id;
    };

    it('are given while the dates last, are said so everywhere, and count as one with the manager’s', async () => {
      const remedy = await propose({ amountMinor: 100_001 });
      expect(await desk.approve(remedy, people.lena)).toMatchObject({ kind: 'not_allowed' });
      const named = await name();
      const once = doneBy(await desk.approve(remedy, people.lena));
      expect(once.decisions).toMatchObject([{ personId: people.lena.id, onBehalfOf: people.clara.id, decision: 'approved' }]);
      expect(await db.query(`select detail::json ->> 'onBehalfOf' as head from audit where target = $1 and action = 'remedy.approved'`, [remedy.id])).toEqual([{ head: people.clara.id }]);
      expect(await desk.approve(once, people.clara)).toMatchObject({ kind: 'conflict', message: expect.stringContaining('in the same name') });
      expect(doneBy(await desk.approve(once, people.tomas)).remedy.state).toBe('approved');
      expect([await audited(named), await changes('delegation')]).toEqual([['delegation.make'], [{ entity_id: named, version: 1 }]]);
    });

    it('are over when the dates are, when it is ended, and when the manager is none any more', async () => {
      const remedy = await propose();
      const later = await name('clara', 'lena', { from: desk.feed.now + HOUR, until: desk.feed.now + DAY });
      expect((await desk.approve(remedy, people.lena)).kind).toBe('not_allowed');
      desk.feed.now += HOUR;
      await db.query(`update person set role = 'lead' where id = $1`, [people.clara.id]);
      expect((await desk.approve(remedy, people.lena)).kind).toBe('not_allowed');
      await db.query(`update person set role = 'manager' where id = $1`, [people.clara.id]);
      expect(await desk.delegate.end(later, people.tomas, id())).toMatchObject({ kind: 'not_allowed' });
      expect(await desk.delegate.end(later, people.clara, id())).toMatchObject({ kind: 'done' });
      expect((await desk.approve(remedy, people.lena)).kind).toBe('not_allowed');
      await name();
      desk.feed.now += DAY;
      expect((await desk.approve(remedy, people.lena)).kind).toBe('not_allowed');
    });

    it('do not execute when the manager’s role went meanwhile', async () => {
      await name();
      const remedy = doneBy(await desk.approve(await propose(), people.lena));
      await db.query(`update person set role = 'agent' where id = $1`, [people.clara.id]);
      desk.feed.now += defaultRemedyPolicy.callBack;
      await desk.execute.run(remedy.id);
      await db.query(`update person set role = 'manager' where id = $1`, [people.clara.id]);
      expect((await desk.read(remedy)).remedy).toMatchObject({ state: 'proposed', approvals: [] });
    });

    it('are never of what the manager or the delegate asked for', async () => {
      await name();
      expect(await desk.approve(await propose({}, 'clara'), people.lena)).toMatchObject({ kind: 'not_allowed' });
      expect(await desk.approve(await propose({}, 'lena'), people.lena)).toMatchObject({ kind: 'not_allowed' });
    });

    it('are named once however often it is sent, and by managers only', async () => {
      const asked = { personId: people.lena.id, reason: 'Away', from: desk.feed.now, until: desk.feed.now + DAY, mutationId: id() };
      const [a, b] = [await desk.delegate.name(asked, people.clara), await desk.delegate.name(asked, people.clara)];
      expect(a).toEqual(b);
      for (const who of ['ana', 'lena', 'jonas'] as const) expect(await desk.delegate.name({ ...asked, mutationId: id() }, people[who])).toMatchObject({ kind: 'not_allowed' });
      expect(await desk.delegate.list(people.clara)).toMatchObject([{ state: 'active', mayEnd: true, delegate: { name: 'lena' } }]);
      expect(await db.query('select 1 from delegation')).toHaveLength(1);
    });
  });

  describe('of several together', () => {
    const order = async (): Promise<{ orderId: string; evidenceFactIds: string[] }> => {
      const { orderId } = await desk.paidOrder();
      await db.query('update order_state set customer_id = gen_random_uuid() where order_id = $1', [orderId]);
      const [fact] = await db.query<{ fact_id: string }>('select fact_id from order_event where order_id = $1 limit 1', [orderId]);
      return { orderId, evidenceFactIds: [fact?.fact_id ?? ''] };
    };
    const clean = async (more: Partial<Proposal> = {}, by: Name = 'ana'): Promise<RemedyRecord> => {
      const { orderId, evidenceFactIds } = await order();
      return doneBy(await desk.propose.run(refundOf(orderId, { evidenceFactIds, amountMinor: 2_000, ...more }), people[by]));
    };
    const item = ({ id: remedyId, remedy }: RemedyRecord, more: Partial<BatchItem> = {}): BatchItem => ({ remedyId, revision: remedy.revision, amountMinor: remedy.amount?.minor ?? 0, currency: remedy.amount?.currency ?? '', factsHash: remedy.factsHash, ...more });
    const kinds = async (items: readonly BatchItem[], by: Name = 'clara', mutationId = id()): Promise<string[]> => {
      const outcomes = await desk.batch.run(items, items.length, people[by], mutationId);
      return typeof outcomes === 'string' ? [outcomes] : outcomes.map(({ answer }) => answer.kind);
    };

    it('decide on each by itself: one that is not clean, not as it was read, or one’s own stays behind', async () => {
      const [good, large, flagged, own, other] = [await clean(), await clean({ amountMinor: 7_501 }), await clean({ evidenceFactIds: [] }), await clean({}, 'clara'), await clean()];
      expect(await kinds([item(good), item(large), item(flagged), item(own), item(other, { factsHash: 'x' })])).toEqual(['done', 'conflict', 'conflict', 'not_allowed', 'conflict']);
      const states = await Promise.all([good, large, flagged, own, other].map(async (remedy) => (await desk.read(remedy)).remedy.state));
      expect(states).toEqual(['approved', 'proposed', 'proposed', 'proposed', 'proposed']);
      expect(await audited(good.id)).toEqual(['remedy.propose', 'remedy.approved']);
    });

    it('are done once however often it is sent', async () => {
      const [items, mutationId] = [[item(await clean()), item(await clean())], id()];
      expect([await kinds(items, 'clara', mutationId), await kinds(items, 'clara', mutationId)]).toEqual([['done', 'done'], ['done', 'done']]);
      expect(await db.query('select 1 from remedy_approval')).toHaveLength(2);
    });

    it('are nothing at all when the number typed is another, one is named twice, or there are too many', async () => {
      const one = item(await clean());
      expect(await desk.batch.run([one], 2, people.clara, id())).toBe('You typed 2; 1 are chosen.');
      expect(await desk.batch.run([one, one], 2, people.clara, id())).toContain('twice');
      expect(await desk.batch.run([], 0, people.clara, id())).toContain('1 to 50');
      expect(await desk.batch.run(Array.from({ length: 51 }, () => ({ ...one, remedyId: id() })), 51, people.clara, id())).toContain('1 to 50');
      expect(await db.query('select 1 from remedy_approval')).toHaveLength(0);
    });

    it('are judged as of now: what the policy, or the customer’s other orders, made worse meanwhile is read again first', async () => {
      const mutable = { policy: { ...defaultRemedyPolicy }, version: 1 };
      desk = new RemedyHarness(db, shop, { current: () => Promise.resolve(mutable) });
      const [kept, flagged, second, forbidden] = [await clean(), await clean(), await clean(), await clean()];
      expect(await kinds([item(kept)])).toEqual(['done']);
      mutable.policy = { ...mutable.policy, share: { above: 0.001, then: 'flag' } };
      expect(await kinds([item(flagged)])).toEqual(['conflict']);
      const read = await desk.read(flagged);
      expect(read).toMatchObject({ remedy: { state: 'proposed', revision: 2, approvalsNeeded: 1 } });
      expect(read.checks.find(({ name }) => name === 'Share of the order')?.verdict).toBe('fail');
      expect(await audited(flagged.id)).toEqual(['remedy.propose', 'remedy.rejudged']);
      expect(await kinds([item(read)])).toEqual(['conflict']); // it was read, and is none to decide together with others
      expect(doneBy(await desk.approve(read, people.clara)).remedy.state).toBe('approved');
      mutable.policy = { ...mutable.policy, share: defaultRemedyPolicy.share, secondApproverAbove: 1_000 };
      expect(await desk.approve(second, people.clara)).toMatchObject({ kind: 'conflict', message: expect.stringContaining('two managers') });
      expect(doneBy(await desk.approve(await desk.read(second), people.clara)).remedy).toMatchObject({ state: 'proposed', approvalsNeeded: 2 });
      mutable.policy = { ...mutable.policy, share: { above: 0.001, then: 'forbid' } };
      for (const times of [1, 2]) expect([times, await desk.approve(await desk.read(forbidden), people.clara)]).toMatchObject([times, { kind: 'conflict' }]);
      expect((await desk.read(forbidden)).remedy).toMatchObject({ state: 'proposed', revision: 2, approvals: [] });
    });

    it('leave out two who approve only each other', async () => {
      limited({ pairAbove: 1 });
      for (const [asker, approver] of [['clara', 'tomas'], ['tomas', 'clara']] as const) doneBy(await desk.approve(await propose({}, asker), people[approver]));
      expect(await kinds([item(await clean({}, 'tomas'))])).toEqual(['conflict']);
      doneBy(await desk.approve(await propose({}, 'ana'), people.clara));
      expect(await kinds([item(await clean({}, 'tomas'))])).toEqual(['done']);
    });
  });

  describe('within a cohort', () => {
    const storm = async (budgetMinor: number): Promise<string> => {
      const answer = await desk.cohorts.create({ cause: 'Memphis storm', kind: 'reship', reasonCode: 'lost', budget: { minor: budgetMinor, currency: 'EUR' }, until: desk.feed.now + DAY, mutationId: id() }, people.clara);
      if (answer.kind !== 'done') throw new Error(answer.reason);
      return answer.id;
    };
    const member = (cohortId: string, more: Partial<Proposal> = {}) => propose({ cohortId, ...more }, 'ana', reshipOf);

    it('stop at the budget, also when all come at once, and go on when another manager raises it', async () => {
      const cohortId = await storm(50_000);
      const members = [await member(cohortId), await member(cohortId), await member(cohortId)];
      const answers = await Promise.all(members.map((remedy, n) => desk.approve(remedy, n === 1 ? people.tomas : people.dora)));
      expect(answers.map((a) => a.kind).sort()).toEqual(['conflict', 'done', 'done']);
      expect(await desk.cohorts.one(cohortId, people.clara)).toMatchObject({ members: 3, waiting: 1, spent: { minor: 40_000 }, left: { minor: 10_000 }, sentence: '3 reships, Memphis storm, €100.00 of €500.00 left' });
      const waiting = await Promise.all(members.map((remedy) => desk.read(remedy)));
      expect([...(await desk.cohorts.barsOf(waiting)).values()]).toEqual([expect.stringContaining('€100.00 left of €500.00')]);
      const act = { id: cohortId, expectedVersion: 1, reason: 'More parcels', mutationId: id() };
      expect(await desk.cohorts.raise({ ...act, actor: people.clara }, 70_000)).toMatchObject({ kind: 'not_allowed', reason: expect.stringContaining('another manager') });
      expect(await desk.cohorts.raise({ ...act, actor: people.tomas }, 70_000)).toMatchObject({ kind: 'done' });
      expect(await desk.cohorts.raise({ ...act, actor: people.dora }, 90_000)).toMatchObject({ kind: 'not_allowed' });
      const left = members[answers.findIndex((a) => a.kind === 'conflict')];
      doneBy(await desk.approve(left ?? (members[0] as RemedyRecord), people.tomas));
      expect([await audited(cohortId), await changes('cohort')]).toEqual([['cohort.make', 'cohort.raise'], [{ entity_id: cohortId, version: 1 }, { entity_id: cohortId, version: 2 }]]);
    });

    it('are of its kind and reason, and of none that is over', async () => {
      const cohortId = await storm(50_000);
      const { orderId } = await desk.paidOrder();
      for (const wrong of [refundOf(orderId, { cohortId }), reshipOf(orderId, { cohortId, reasonCode: 'late' }), reshipOf(orderId, { cohortId: id() })]) expect((await desk.propose.run(wrong, people.ana)).kind).toBe('not_allowed');
      const remedy = await member(cohortId);
      expect(await desk.cohorts.close({ id: cohortId, expectedVersion: 1, reason: 'Over', actor: people.tomas, mutationId: id() })).toMatchObject({ kind: 'done' });
      expect(await desk.approve(remedy, people.tomas)).toMatchObject({ kind: 'conflict', message: 'Memphis storm is over.' });
    });
  });

  it('stop at what one name approves in a day, by themselves or by their delegate, also at once', async () => {
    limited({ approveWithinDay: 12_000 });
    await desk.delegate.name({ personId: people.lena.id, reason: 'Away', from: desk.feed.now, until: desk.feed.now + DAY, mutationId: id() }, people.clara);
    const remedies = [await propose(), await propose(), await propose()];
    const answers = await Promise.all(remedies.map((remedy, n) => desk.approve(remedy, n === 0 ? people.lena : people.clara)));
    expect(answers.map((a) => a.kind).sort()).toEqual(['conflict', 'done', 'done']);
    expect(await approvedInNameOf(db, people.clara.id, 'EUR', desk.feed.now - DAY)).toBe(10_000);
    const left = remedies[answers.findIndex((a) => a.kind === 'conflict')];
    doneBy(await desk.approve(left ?? (remedies[0] as RemedyRecord), people.tomas));
  });

  it('wait for whoever counts the same cohort, or approves in the same name', async () => {
    const made = await desk.cohorts.create({ cause: 'Memphis storm', kind: 'reship', reasonCode: 'lost', budget: { minor: 90_000, currency: 'EUR' }, until: desk.feed.now + DAY, mutationId: id() }, people.clara);
    const cohortId = made.kind === 'done' ? made.id : '';
    for (const lock of [(tx: Tx): Promise<unknown> => new CohortStore().lock(tx, cohortId), (tx: Tx): Promise<unknown> => lockPerson(tx, people.tomas.id)]) {
      const remedy = await propose({ cohortId }, 'ana', reshipOf);
      let [isDone, running] = [false, Promise.resolve() as Promise<unknown>];
      await db.run(async (tx) => {
        await lock(tx);
        running = desk.approve(remedy, people.tomas).finally(() => (isDone = true));
        const isWaiting = async (): Promise<boolean> => (await db.query(`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)).length > 0;
        while (!isDone && !(await isWaiting())) await new Promise((again) => setTimeout(again, 5));
        expect(isDone).toBe(false);
      });
      expect(await running).toMatchObject({ kind: 'done' });
    }
  });

  it('are not asked for beyond what a role may ask for in a day, also at once', async () => {
    limited({ askWithinDay: { agent: 12_000, lead: 0, manager: 0 }, askWithinDayThen: 'forbid' });
    const orders = [await desk.paidOrder(), await desk.paidOrder(), await desk.paidOrder()];
    const ask = ({ orderId }: { orderId: string }): Promise<string> => desk.propose.run(refundOf(orderId), people.ana).then((answer) => answer.kind);
    expect((await Promise.all(orders.map(ask))).sort()).toEqual(['done', 'done', 'not_allowed']);
    desk.feed.now += DAY + 1;
    expect(await ask(await desk.paidOrder())).toBe('done');
  });

  it('are of an exception to the policy only by two, and never of what cannot be', async () => {
    limited({ askerLimitThen: 'forbid' });
    const rule = "Within the asker's limit";
    const { orderId } = await desk.paidOrder();
    expect((await desk.propose.run(refundOf(orderId, { amountMinor: 20_000 }), people.ana)).kind).toBe('not_allowed');
    expect((await desk.propose.run(refundOf(orderId, { amountMinor: 20_000, exception: { rules: [rule], why: ' ' } }), people.ana)).kind).toBe('not_allowed');
    expect((await desk.propose.run(refundOf(orderId, { amountMinor: 130_000, exception: { rules: [rule, 'Not more than paid'], why: 'A good customer' } }), people.ana)).kind).toBe('not_allowed');
    const remedy = doneBy(await desk.propose.run(refundOf(orderId, { amountMinor: 20_000, exception: { rules: [rule], why: 'A good customer' } }), people.ana));
    expect(remedy).toMatchObject({ exception: { rules: [rule], why: 'A good customer' }, remedy: { approvalsNeeded: 2 } });
    expect(doneBy(await desk.approve(remedy, people.clara)).remedy.state).toBe('proposed');
    expect(doneBy(await desk.approve(remedy, people.tomas)).remedy.state).toBe('approved');
  });

  it('care for an upset customer only with their word and their history', async () => {
    const { orderId, home } = await desk.paidOrder();
    const care = async (evidenceFactIds: string[] = []): Promise<string> => (await desk.propose.run(refundOf(orderId, { reasonCode: 'care', evidenceFactIds }), people.ana)).kind;
    expect(await care()).toBe('not_allowed');
    await desk.feed.take(desk.feed.event('contact.received', home, { kind: 'not_received', channel: 'email', sentiment: 'angry' }, 1));
    const [fact] = await db.query<{ fact_id: string }>(`select fact_id from order_event where order_id = $1 and type = 'contact.received'`, [orderId]);
    expect(await care([fact?.fact_id ?? ''])).toBe('not_allowed'); // nobody knows the customer
    const customer = id();
    await db.query('update order_state set customer_id = $2 where order_id = any($1)', [[orderId, (await desk.paidOrder()).orderId], customer]);
    expect(await care([fact?.fact_id ?? ''])).toBe('done');
  });

  it('leave an audit that is whole', async () => {
    expect(await verifyAudit(db)).toBeNull();
  });
});

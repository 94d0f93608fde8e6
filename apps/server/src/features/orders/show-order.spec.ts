import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ConfigurationStore, CustomerStore, Sealer, type Transactions } from '@orderwatch/db';
import { createTestDatabase, type TestDatabase } from '@orderwatch/db/testing';
import { builtInStatusMap, canonicalJson, defaultRemedyPolicy, foldOrder, type Fact } from '@orderwatch/domain';
import type { Principal } from '../../platform/auth/principal.js';
import { maskEmail, maskName } from './order-view.js';
import { ShowOrderService } from './show-order.service.js';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 2, 20, 12);
const ORDER = '00000000-0000-5000-8000-00000000000a';
const CUSTOMER = '00000000-0000-5000-8000-00000000000c';
const ANA = '00000000-0000-4000-8000-0000000000a1';
const agent: Principal = { kind: 'person', id: ANA, name: 'Ana Novak', email: 'ana@x.test', role: 'agent' };

let database: TestDatabase;
let db: Transactions;
let service: ShowOrderService;

beforeAll(async () => {
  database = await createTestDatabase();
  db = database.transactions;
  const customers = new CustomerStore(new Sealer('a secret for tests only'));
  service = new ShowOrderService(db, new ConfigurationStore(), customers, { now: () => NOW }, { error: () => undefined });
  await db.run((tx) => customers.note(tx, [{ id: CUSTOMER, name: 'Erin Gallagher', email: 'erin@example.com', locale: 'en' }]));
  await db.query(`insert into connection (name, kind) values ('events', 'events')`);
  await db.query(`insert into person (id, email, name, role) values ($1, 'ana@x.test', 'Ana Novak', 'agent')`, [ANA]);
});
afterAll(() => database?.drop());
beforeEach(() => db.query('truncate order_state, order_event, case_history, case_item, remedy, remedy_approval, remedy_ledger, feed_silence'));

const base = (hoursAgo: number) => ({ id: randomUUID(), at: NOW - hoursAgo * HOUR, source: 'events', kind: 'events' as const });
const FACTS: readonly Fact[] = [
  { ...base(200), type: 'order.placed', data: { name: '#10290', promisedBy: '2026-03-18', customerId: CUSTOMER, total: { minor: 64_000, currency: 'EUR' }, lines: [{ id: '1', title: 'Lamp', quantity: 2 }] } },
  { ...base(199), type: 'payment.status', data: { code: 'captured' } },
  { ...base(150), type: 'shipment.status', data: { ref: { shipment: 'events/S1' }, code: 'accepted', fulfilmentId: 'events/F1', carrier: 'gls', facility: 'Linz', number: '123' } },
];

async function store(facts: readonly Fact[], receivedLate = 0): Promise<void> {
  const state = foldOrder(ORDER, facts, { statusMap: builtInStatusMap });
  await db.query(
    `insert into order_state (order_id, home, home_id, version, config_version, state, customer_id, announced) values ($1, 'events', 'home-10290', 3, 1, $2, $3, true)`,
    [ORDER, canonicalJson(state), CUSTOMER],
  );
  for (const fact of facts) {
    await db.query(
      `insert into order_event (order_id, fact_id, type, at, received_at, source, kind, data) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [ORDER, fact.id, fact.type, new Date(fact.at), new Date(fact.at + receivedLate), fact.source, fact.kind, canonicalJson(fact.data)],
    );
  }
}

/** Writes a version of the remedies' limits and makes it the one that counts. */
async function live(policy: string): Promise<void> {
  await db.query('delete from remedy_policy');
  await db.query(`insert into remedy_policy (version, policy, note, state, made_by, made_at, mutation_id) values (1, $1, 'so', 'live', $2, now(), $3)`, [policy, ANA, randomUUID()]);
}

describe('ShowOrderService', () => {
  it('shows tracks, timeline, facts, findings and the customer\'s view of one moment', async () => {
    await store(FACTS, 3 * HOUR);
    const order = await service.show(ORDER, agent);
    expect(order).toMatchObject({ name: '#10290', homeId: 'home-10290', shop: 'events', version: 3, total: { minor: 64_000 }, refundable: { minor: 64_000 }, feedsTotal: 1, customer: { name: 'Erin Gallagher', email: 'erin@example.com' } });
    expect(order?.tracks.map((t) => t.track)).toEqual(['order', 'payment', 'fulfilment', 'shipment', 'return']);
    expect(order?.timeline.map((t) => t.kind)).toEqual(['silence', 'expected', 'event', 'event', 'event']);
    expect(order?.timeline[2]).toMatchObject({ title: 'Picked up, Linz', toldLateSeconds: 3 * 3600, at: new Date(NOW - 150 * HOUR), lane: 'p1' });
    expect(order?.findings.map((f) => f.rule).sort()).toEqual(['no_movement', 'promise_missed']);
    expect(order?.customerSees.headline).toBe('Your parcel has not moved since 14 Mar.');
    expect(order?.lines).toMatchObject([{ title: 'Lamp', quantity: 2, status: 'on its way' }]);
    expect(order?.parcels).toMatchObject([{ label: 'Parcel 1', number: '123', limitHours: 48, elapsedHours: 150 }]);
    expect(order?.newestFactAt).toEqual(new Date(NOW - 147 * HOUR));
  });

  it('names people on the timeline, and leaves out findings that somebody settled', async () => {
    await store(FACTS);
    const first = await service.show(ORDER, agent);
    expect(first?.findings).toHaveLength(2);
    await db.query(
      `insert into case_item (order_id, state, rule, rules, severity, findings, since, opened_at, order_name, shop, acknowledged)
       values ($1, 'resolved', 'no_movement', '{no_movement}', 2, '[]', now(), now(), '#10290', 'events', $2)`,
      [ORDER, [`no_movement|parcel|events/S1|${NOW - 150 * HOUR}`]],
    );
    await db.query(`insert into case_history (order_id, at, actor, what, why) values ($1, $2, $3, 'noted', 'asked GLS')`, [ORDER, new Date(NOW - HOUR), ANA]);
    const order = await service.show(ORDER, agent);
    expect(order?.findings.map((f) => f.rule)).toEqual(['promise_missed']);
    expect(order?.timeline.find((t) => t.kind === 'person')).toMatchObject({ title: 'Note', detail: 'asked GLS', actor: 'Ana Novak' });
  });

  it('shows a remedy step by step, and does not offer a second one meanwhile', async () => {
    await store(FACTS);
    const offers = async () => Object.fromEntries((await service.show(ORDER, agent))?.allowedActions.map((a) => [a.action, a.allowed]) ?? []);
    expect(await offers()).toEqual({ refund: true, reship: true, credit: true });
    await db.query(
      `insert into remedy (order_id, id, kind, state, amount_minor, currency, reason_code, reason, facts_hash, facts, idempotency_key, proposed_by, proposed_at)
       values ($1, $2, 'refund', 'proposed', 12900, 'EUR', 'late', 'It is late', 'h', '{}', $3, $4, $5)`,
      [ORDER, randomUUID(), randomUUID(), ANA, new Date(NOW - HOUR)],
    );
    expect(await offers()).toEqual({ refund: false, reship: true, credit: true });
    const step = (await service.show(ORDER, agent))?.timeline.find((t) => t.kind === 'remedy');
    expect(step).toMatchObject({ title: 'Refund €129.00 proposed', actor: 'Ana Novak', lane: 'payment', detail: 'It is late' });
  });

  it('takes off what could still be refunded what the shop paid out and has not told of yet, and counts it once when it tells', async () => {
    await store(FACTS);
    const paidOut = (minor: number, reference: string) => db.query(
      `insert into remedy_ledger (order_id, id, at, kind, amount_minor, currency, source, remedy_id) values ($1, $2, $3, 'refund', $4, 'EUR', 'events', $5)`, [ORDER, reference, new Date(NOW - HOUR), minor, randomUUID()]);
    const refundable = async (at: number | null = null) => (await service.show(ORDER, agent, at))?.refundable?.minor;
    await paidOut(12_900, 'R1');
    expect([await refundable(), await refundable(NOW - 2 * HOUR)]).toEqual([51_100, 64_000]);
    expect((await service.show(ORDER, agent))?.facts.find((f) => f.name === 'Refundable now')?.value).toBe('€511.00');
    await db.query('truncate order_state, order_event');
    await store([...FACTS, { ...base(0), type: 'payment.refund', data: { code: 'refunded', refundId: 'R1', amount: { minor: 12_900, currency: 'EUR' } } }]);
    expect(await refundable()).toBe(51_100);
    await paidOut(51_100, 'R2');
    expect((await service.show(ORDER, agent))?.allowedActions.find((a) => a.action === 'refund')).toMatchObject({ allowed: false, why: 'all that was paid has been refunded' });
  });

  it('offers remedies under the limits that are live, and none while those cannot be read', async () => {
    await store(FACTS);
    const refund = async () => (await service.show(ORDER, agent))?.allowedActions.find((a) => a.action === 'refund');
    expect(await refund()).toMatchObject({ allowed: true, why: 'a manager must approve', limit: { minor: defaultRemedyPolicy.askerLimits.agent, currency: 'EUR' } });
    const { callBack: _, ...limits } = { ...defaultRemedyPolicy, secondApproverAbove: 10_000, askerLimits: { ...defaultRemedyPolicy.askerLimits, agent: 4_200 } };
    await live(JSON.stringify(limits));
    expect(await refund()).toMatchObject({ allowed: true, why: 'two managers must approve', limit: { minor: 4_200 } });
    await live(JSON.stringify({ ...limits, askerLimitThen: 'forbid' }));
    expect(await refund()).toMatchObject({ allowed: false, why: expect.stringContaining("Within the asker's limit") });
    await live('{}');
    expect(await refund()).toMatchObject({ allowed: false, limit: null });
    await db.query('delete from remedy_policy');
  });

  it('hides the customer from those who may not see one, and offers a program no money', async () => {
    await store(FACTS);
    const order = await service.show(ORDER, { kind: 'token', id: ANA, name: 'bot', scope: 'write' });
    expect(order?.customer).toEqual({ name: 'E. G.', email: 'e…@example.com', orders: 0, language: 'en' });
    expect(order?.allowedActions.some((a) => a.allowed)).toBe(false);
    expect(JSON.stringify(order)).not.toContain('Erin');
  });

  it('tells a program neither what was asked for nor what people wrote', async () => {
    await store(FACTS);
    await db.query(`insert into remedy (order_id, id, kind, state, amount_minor, currency, reason_code, reason, facts_hash, facts, idempotency_key, proposed_by, proposed_at)
      values ($1, $2, 'refund', 'proposed', 12900, 'EUR', 'late', 'Erin is angry', 'h', '{}', $3, $4, $5)`, [ORDER, randomUUID(), randomUUID(), ANA, new Date(NOW - HOUR)]);
    await db.query(`insert into case_history (order_id, at, actor, what, why) select $1, $2, $3, what, why from (values
      ('noted', 'Erin called'), ('resolved', 'moved_again: told Erin'), ('remedy_void', 'Erin again')) as h(what, why)`, [ORDER, new Date(NOW - HOUR), ANA]);
    const rows = async (who: Principal) => (await service.show(ORDER, who))?.timeline.filter((t) => t.kind === 'remedy' || t.kind === 'person') ?? [];
    expect(await rows(agent)).toHaveLength(4);
    const told = await rows({ kind: 'token', id: ANA, name: 'bot', scope: 'write' });
    expect(told.map((t) => t.title).sort()).toEqual(['Note', 'Resolved']);
    expect(JSON.stringify(told)).not.toContain('Erin');
  });

  it('says unknown while the feed is silent', async () => {
    await store(FACTS);
    await db.query(`insert into feed_silence (connection, from_at) values ('events', $1)`, [new Date(NOW - 120 * HOUR)]);
    const order = await service.show(ORDER, agent);
    expect(order?.tracks[3]).toMatchObject({ status: 'unknown' });
    expect(order?.parcels[0]?.feedLate).toBe(true);
    expect(order?.findings.map((f) => f.rule)).not.toContain('no_movement');
    expect(order?.customerSees.headline).toBe('No news from GLS since 14 Mar.');
  });

  it('shows the whole page as it was known at an earlier time: late news are not in it, nor what was done later', async () => {
    await store(FACTS);
    const late = { ...base(140), type: 'shipment.status' as const, data: { ref: { shipment: 'events/S1' }, code: 'delivered' } };
    await db.query('truncate order_state, order_event');
    await store([...FACTS, late]);
    await db.query('update order_event set received_at = $1 where fact_id = $2', [new Date(NOW - 20 * HOUR), late.id]);
    await db.query(`insert into feed_silence (connection, from_at, until_at) values ('events', $1, $2)`, [new Date(NOW - 60 * HOUR), new Date(NOW - 40 * HOUR)]);
    await db.query(`insert into case_history (order_id, at, actor, what, why) values ($1, $2, 'rule:no_movement', 'opened', null), ($1, $3, $4, 'noted', 'Erin called')`, [ORDER, new Date(NOW - 100 * HOUR), new Date(NOW - 10 * HOUR), ANA]);
    await db.query(`insert into remedy (order_id, id, kind, state, amount_minor, currency, reason_code, reason, facts_hash, facts, idempotency_key, proposed_by, proposed_at, executed_at)
      values ($1, $2, 'refund', 'executed', 12900, 'EUR', 'late', 'late', 'h', '{}', $3, $4, $5, $6)`, [ORDER, randomUUID(), randomUUID(), ANA, new Date(NOW - 90 * HOUR), new Date(NOW - 10 * HOUR)]);
    const shipment = async (hoursAgo: number | null) => (await service.show(ORDER, agent, hoursAgo === null ? null : NOW - hoursAgo * HOUR))?.tracks[3]?.status;
    expect([await shipment(null), await shipment(20), await shipment(30), await shipment(50)]).toEqual(['delivered', 'delivered', 'accepted', 'unknown']);
    const then = await service.show(ORDER, agent, NOW - 30 * HOUR);
    expect(then).toMatchObject({ knownAt: new Date(NOW - 30 * HOUR), generatedAt: new Date(NOW), allowedActions: [], feedsOnTime: 1, newestFactAt: new Date(NOW - 150 * HOUR) });
    expect(then?.findings.map((f) => f.rule).sort()).toEqual(['no_movement', 'promise_missed']);
    expect(then?.timeline.filter((t) => t.kind === 'remedy' || t.kind === 'person').map((t) => t.title)).toEqual(['Refund €129.00 proposed', 'Case opened']);
    expect(JSON.stringify(then)).not.toMatch(/Erin called|"delivered"/);
    expect(await service.show(ORDER, agent, NOW - 250 * HOUR)).toBeNull();
    expect(await service.show(ORDER, agent, NOW + HOUR)).toMatchObject({ knownAt: null });
  });

  it('names the moments worth looking back at', async () => {
    await store([...FACTS, { ...base(100), type: 'contact.received', data: { kind: 'not_received' } }], HOUR);
    const order = await service.show(ORDER, agent);
    expect(order?.moments).toMatchObject([{ kind: 'customer_wrote', at: new Date(NOW - 99 * HOUR), label: 'Customer: not received' }]);
  });

  it('finds nothing under an id that is none or unknown', async () => {
    expect(await service.show('#10290', agent)).toBeNull();
    expect(await service.show(randomUUID(), agent)).toBeNull();
  });
});

describe('masks', () => {
  it('leave enough to tell two apart and no more', () => {
    expect([maskName('Erin Gallagher'), maskName(null), maskName(' ')]).toEqual(['E. G.', null, '']);
    expect([maskEmail('erin@example.com'), maskEmail('nonsense'), maskEmail(null)]).toEqual(['e…@example.com', '…', null]);
  });
});

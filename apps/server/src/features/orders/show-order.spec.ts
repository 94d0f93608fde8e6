import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ConfigurationStore, CustomerStore, Sealer, type Transactions } from '@orderwatch/db';
import { createTestDatabase, type TestDatabase } from '@orderwatch/db/testing';
import { builtInStatusMap, canonicalJson, foldOrder, type Fact } from '@orderwatch/domain';
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
  service = new ShowOrderService(db, new ConfigurationStore(), customers, { now: () => NOW });
  await db.run((tx) => customers.note(tx, [{ id: CUSTOMER, name: 'Erin Gallagher', email: 'erin@example.com', locale: 'en' }]));
  await db.query(`insert into connection (name, kind) values ('events', 'events')`);
  await db.query(`insert into person (id, email, name, role) values ($1, 'ana@x.test', 'Ana Novak', 'agent')`, [ANA]);
});
afterAll(() => database?.drop());
beforeEach(() => db.query('truncate order_state, order_event, case_history, case_item, remedy, remedy_approval, feed_silence'));

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
    expect(await offers()).toEqual({ refund: true, reship: true });
    await db.query(
      `insert into remedy (order_id, id, kind, state, amount_minor, currency, reason_code, reason, facts_hash, facts, idempotency_key, proposed_by, proposed_at)
       values ($1, $2, 'refund', 'proposed', 12900, 'EUR', 'late', 'It is late', 'h', '{}', $3, $4, $5)`,
      [ORDER, randomUUID(), randomUUID(), ANA, new Date(NOW - HOUR)],
    );
    expect(await offers()).toEqual({ refund: false, reship: true });
    const step = (await service.show(ORDER, agent))?.timeline.find((t) => t.kind === 'remedy');
    expect(step).toMatchObject({ title: 'Refund €129.00 proposed', actor: 'Ana Novak', lane: 'payment', detail: 'It is late' });
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

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ClaimStore, verifyAudit, type ClaimRecord } from '@orderwatch/db';
import { createTestDatabase, type TestDatabase } from '@orderwatch/db/testing';
import { unpackState } from '@orderwatch/domain';
import { addStaff, RemedyHarness, type People, type TestPerson } from '../../../testing/remedy-harness.js';
import { ShopStandIn } from '../../../testing/shop-stand-in.js';
import { MoveClaim, type ClaimAnswer } from './move-claim.service.js';
import { readOrderNow } from '../order-facts.js';

const shop = new ShopStandIn();
const store = new ClaimStore();
let database: TestDatabase;
let people: People;
let desk: RemedyHarness;
let claims: MoveClaim;

beforeAll(async () => {
  database = await createTestDatabase();
  people = await addStaff(database.transactions);
  desk = new RemedyHarness(database.transactions, shop);
  claims = new MoveClaim(database.transactions, store, desk.feed.clock);
});
afterAll(() => database.drop());

const by = (person: TestPerson, mutationId = randomUUID()) => ({ ...person, mutationId });
const done = (answer: ClaimAnswer): ClaimRecord => {
  if (answer.kind !== 'done') throw new Error(JSON.stringify(answer));
  return answer.claim;
};

/** An order with one parcel, and a fact that proves something. */
async function sentOrder() {
  const { home, orderId } = await desk.paidOrder();
  await desk.feed.take(desk.feed.event('shipment.accepted', home, { shipmentId: `S-${home}`, carrier: 'gls', trackingNumber: `1${home}` }, 70));
  const [row] = await desk.db.query<{ state: string }>('select state from order_state where order_id = $1', [orderId]);
  const parcelId = Object.keys(unpackState(row?.state ?? '').parcels)[0] ?? '';
  const [fact] = await desk.db.query<{ id: string }>(`select fact_id as id from order_event where order_id = $1 and type = 'shipment.status'`, [orderId]);
  return { orderId, parcelId, factId: fact?.id ?? '', asked: { orderId, parcelId, kind: 'lost' as const, asked: { minor: 64_000, currency: 'EUR' }, note: 'No scan for ten days', deadline: desk.feed.now + 3 * 86_400_000 } };
}

describe('claims against carriers', () => {
  it('go from open to credited, once each, into ledger, history and audit; what the carrier pays covers nothing of the customer\'s', async () => {
    const { orderId, factId, asked } = await sentOrder();
    const first = by(people.ana);
    const open = done(await claims.open(asked, first));
    expect(done(await claims.open(asked, first)).id).toBe(open.id);
    expect(open).toMatchObject({ deadline: desk.feed.now + 3 * 86_400_000, carrier: 'gls', version: 1, claim: { state: 'open' } });
    expect(await claims.open(asked, by(people.ben))).toMatchObject({ kind: 'conflict', claim: { id: open.id } });
    expect(await claims.move(open.id, 1, { to: 'submitted', reference: 'GLS-1', proofs: ['no such fact'] }, by(people.ana))).toMatchObject({ kind: 'not_allowed' });
    const submit = by(people.ana);
    const step = { to: 'submitted' as const, reference: 'GLS-1', proofs: [factId] };
    const submitted = done(await claims.move(open.id, 1, step, submit));
    expect(done(await claims.move(open.id, 1, step, submit))).toEqual(submitted);
    expect(await claims.move(open.id, 1, { to: 'in_review' }, by(people.ben))).toMatchObject({ kind: 'conflict', message: 'Somebody else was faster.' });
    expect(done(await claims.move(open.id, 2, { to: 'credited', amount: { minor: 50_000, currency: 'EUR' } }, by(people.lena)))).toMatchObject({ version: 3, answeredAt: desk.feed.now, claim: { state: 'credited', reference: 'GLS-1' } });
    const { ledger } = (await readOrderNow(desk.db, orderId)) ?? {};
    expect(ledger).toMatchObject({ coveredMinor: 0, entries: [{ kind: 'claim', amount: { minor: 50_000 }, source: 'gls' }] });
    const acts = async (sql: string) => (await desk.db.query<{ act: string }>(sql, [orderId, open.id])).map((row) => row.act);
    expect(await acts(`select what as act from case_history where order_id = $1 and what like 'claim%' and $2::text is not null order by case_history.id`)).toEqual(['claim_open', 'claim_submitted', 'claim_credited']);
    expect(await acts(`select action as act from audit where target = $2 and $1::text is not null order by audit.id`)).toEqual(['claim.open', 'claim.submitted', 'claim.credited']);
    expect(await verifyAudit(desk.db)).toBeNull();
    done(await claims.open(asked, by(people.ben))); // what was answered keeps nobody from another
  });

  it('are one per parcel, whoever opens them at once, and are not opened on what is not there', async () => {
    const { asked } = await sentOrder();
    const answers = await Promise.all(Array.from({ length: 6 }, (_, n) => claims.open(asked, by(n % 2 ? people.ana : people.ben))));
    expect(answers.filter((answer) => answer.kind === 'done')).toHaveLength(1);
    expect(await claims.open({ ...asked, parcelId: 'none' }, by(people.ana))).toMatchObject({ kind: 'not_allowed', reason: 'The order has no such parcel.' });
    expect(await claims.open({ ...asked, orderId: randomUUID() }, by(people.ana))).toMatchObject({ kind: 'not_allowed' });
    expect(await claims.open({ ...(await sentOrder()).asked, note: ' ' }, by(people.ana))).toMatchObject({ kind: 'not_allowed' });
  });

  it('are left to who has the case, but for leads and managers', async () => {
    const { orderId, asked } = await sentOrder();
    await desk.db.query(`insert into case_item (order_id, state, rule, rules, severity, findings, since, opened_at, order_name, shop, owner_id, lease_until) values ($1, 'claimed', 'x', '{x}', 2, '[]', $3, $3, 'x', 'events', $2, $3)
      on conflict (order_id) do update set state = 'claimed', owner_id = excluded.owner_id, lease_until = excluded.lease_until`, [orderId, people.ben.id, new Date(desk.feed.now + 60_000)]);
    expect(await claims.open(asked, by(people.ana))).toEqual({ kind: 'not_allowed', reason: 'ben has claimed this case.' });
    done(await claims.open(asked, by(people.lena)));
  });
});

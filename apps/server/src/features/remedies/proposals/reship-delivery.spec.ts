import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ADDRESS_CHANGED } from '@orderwatch/connectors';
import { createTestDatabase, type TestDatabase } from '@orderwatch/db/testing';
import { DeliveryStore, Sealer, type RemedyRecord } from '@orderwatch/db';
import { addStaff, doneBy, RemedyHarness, reshipOf, type People } from '../../../testing/remedy-harness.js';
import { ShopStandIn } from '../../../testing/shop-stand-in.js';
import { ADDRESS_LOST, DeliveringOutlet } from '../execution/delivering-outlet.js';
import type { OutsideDirectory } from '../execution/outside-directory.js';
import { ReshipDelivery, type DeliveryAsked } from './reship-delivery.service.js';
import { deliveryShown } from './reship-delivery.resolver.js';
import type { ShopDirectory } from '../execution/shop-directory.js';
import { ShopifyOutlet } from '../execution/shopify-outlet.js';

const HOLD = 30_000;
const HOME = { firstName: 'Mara', lastName: 'Lind', address1: 'Hafenstr. 12', city: 'Hamburg', zip: '20457', countryCodeV2: 'DE' };
const OTHER = { name: 'Kim Berg', line1: 'Kade 3', city: 'Utrecht', postalCode: '3511', country: 'nl' };

describe('where a reship goes', () => {
  const shop = new ShopStandIn();
  const sealer = new Sealer('a secret for tests only');
  const store = new DeliveryStore(sealer);
  let database: TestDatabase;
  let people: People;
  let desk: RemedyHarness;
  let deliveries: ReshipDelivery;
  let orderId: string;

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
    Object.assign(shop, { trouble: 'none', shippingAddress: HOME });
    shop.effects.length = 0;
    shop.sent.length = 0;
    desk = new RemedyHarness(database.transactions, shop);
    const at = { connection: 'shopify', access: { baseUrl: shop.url, token: 't' } };
    const outlet = new DeliveringOutlet(desk.db, store, new ShopifyOutlet(desk.db, () => Promise.resolve(at)));
    desk.outlet.execute = (record) => outlet.execute(record);
    deliveries = new ReshipDelivery(desk.db, { shopOf: () => Promise.resolve(at) } as unknown as ShopDirectory, { systemOf: () => Promise.resolve(null), rivalsOf: () => Promise.resolve(['north', 'south']) } as unknown as OutsideDirectory, sealer);
    ({ orderId } = await desk.paidOrder());
  });

  async function asked(delivery: DeliveryAsked = {}): Promise<RemedyRecord> {
    const prepared = await deliveries.prepare(orderId, delivery);
    if (typeof prepared === 'string') throw new Error(prepared);
    return doneBy(await desk.propose.run(reshipOf(orderId, { delivery: prepared }), people.ana));
  }
  async function carriedOut(remedy: RemedyRecord): Promise<RemedyRecord> {
    doneBy(await desk.approve(remedy, people.clara));
    desk.feed.now += HOLD + 1;
    await desk.execute.run(remedy.id);
    return desk.read(remedy);
  }
  const customer = async (): Promise<string> => {
    const id = randomUUID();
    await desk.db.query('insert into customer (id, key) values ($1, $2)', [id, sealer.newPersonKey()]);
    await desk.db.query('update order_state set customer_id = $2 where order_id = $1', [orderId, id]);
    return id;
  };

  it('is the order’s own address as it was read, and nowhere in the clear', async () => {
    await customer();
    const remedy = await asked();
    expect((await store.open(desk.db, [remedy.id])).get(remedy.id)).toMatchObject({ addressOf: 'shop', isLost: false, address: { name: 'Mara Lind', line1: 'Hafenstr. 12', country: 'DE' } });
    const [row] = await desk.db.query<{ row: string }>('select (r.*)::text as row from remedy r where id = $1', [remedy.id]);
    expect(row?.row).not.toMatch(/Hafenstr|Lind|Hamburg/);
    expect(JSON.stringify(await desk.db.query('select * from audit where target = $1', [remedy.id]))).not.toMatch(/Hafenstr|Lind/);
    expect((await carriedOut(remedy)).remedy.state).toBe('executed');
  });

  it('is another one that was entered, with the service that was chosen, whatever the shop has', async () => {
    const remedy = await asked({ address: OTHER, service: 'Express' });
    shop.shippingAddress = { ...HOME, address1: 'Elbchaussee 1' };
    expect((await carriedOut(remedy)).remedy.state).toBe('executed');
    expect(shop.sent[0]).toMatchObject({ shippingAddress: { lastName: 'Berg', city: 'Utrecht', countryCode: 'NL' }, shippingLines: [{ title: 'Express' }] });
  });

  it('is asked for anew when the shop has another one than was approved; then the new one is what is read', async () => {
    const remedy = await asked();
    shop.shippingAddress = { ...HOME, address1: 'Elbchaussee 1' };
    const failed = await carriedOut(remedy);
    expect([failed.remedy.state, failed.failure, shop.sent.length]).toEqual(['failed', ADDRESS_CHANGED, 0]);
    const again = doneBy(await desk.revise.retry(remedy.id, failed.remedy.revision, 'The customer moved', { actor: people.ana, mutationId: randomUUID() }, await deliveries.renew(remedy.id, orderId)));
    expect([again.remedy.state, again.remedy.approvals]).toEqual(['proposed', []]);
    expect((await store.open(desk.db, [remedy.id])).get(remedy.id)?.address?.line1).toBe('Elbchaussee 1');
    expect((await carriedOut(again)).remedy.state).toBe('executed');
  });

  it('made already by an attempt whose answer got lost stays done, whatever the shop says by now', async () => {
    const remedy = await asked();
    shop.trouble = 'reply_lost';
    await carriedOut(remedy);
    Object.assign(shop, { trouble: 'none', shippingAddress: { ...HOME, address1: 'Elbchaussee 1' } });
    desk.feed.now += 60_000;
    await desk.execute.run(remedy.id);
    expect([(await desk.read(remedy)).remedy.state, shop.sent.length]).toEqual(['executed', 1]);
  });

  it('is asked of the approver again when it is edited', async () => {
    const remedy = await asked();
    doneBy(await desk.approve(remedy, people.clara));
    const prepared = await deliveries.prepare(orderId, { address: OTHER });
    const change = { amountMinor: null, currency: null, lines: remedy.lines, reason: 'To the neighbour', reasonCode: 'lost', evidenceFactIds: [], ...(typeof prepared === 'string' ? {} : { delivery: prepared }) };
    expect((await desk.revise.edit(remedy.id, 1, change, { actor: people.ana, mutationId: randomUUID() })).kind).toBe('conflict'); // approved: it is not changed under the approval
    const next = await asked2();
    const edited = doneBy(await desk.revise.edit(next.id, 1, change, { actor: people.ana, mutationId: randomUUID() }));
    expect(edited.remedy.revision).toBe(2);
    expect((await store.open(desk.db, [next.id])).get(next.id)).toMatchObject({ addressOf: 'other', address: { city: 'Utrecht' } });
    expect((await desk.approve({ ...edited, remedy: { ...edited.remedy, revision: 1 } }, people.clara)).kind).toBe('conflict');
  });
  async function asked2(): Promise<RemedyRecord> {
    ({ orderId } = await desk.paidOrder());
    return asked();
  }

  it('goes with its customer: erased, nothing is sent', async () => {
    const id = await customer();
    const remedy = await asked({ address: OTHER });
    await desk.db.query('update customer set key = null where id = $1', [id]);
    const failed = await carriedOut(remedy);
    expect([failed.failure, shop.sent.length]).toEqual([ADDRESS_LOST, 0]);
  });

  it('is not known while the shop cannot be asked, and shown only to who may see it', async () => {
    shop.trouble = 'down';
    const unknown = await asked();
    const open = (await store.open(desk.db, [unknown.id])).get(unknown.id);
    expect(deliveryShown(open, 'manager')).toEqual({ of: 'unknown', address: [], service: null, masked: false, lost: false });
    shop.trouble = 'none';
    expect(await deliveries.basisOf(orderId)).toMatchObject({ way: 'shop', rivals: ['north', 'south'] });
    expect((await carriedOut(unknown)).remedy.state).toBe('executed');
    const known = await asked2();
    const shown = deliveryShown((await store.open(desk.db, [known.id])).get(known.id), 'admin');
    expect(shown).toMatchObject({ masked: true, address: ['•••', 'Hamburg', 'DE'] });
  });
});

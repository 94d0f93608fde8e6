import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@orderwatch/db/testing';
import { Sealer, OutsideSystemStore, type OutsideSystem, type RemedyRecord } from '@orderwatch/db';
import { OutsideStandIn } from '../../../testing/outside-stand-in.js';
import { addStaff, doneBy, refundOf, RemedyHarness, reshipOf, type People } from '../../../testing/remedy-harness.js';
import { ShopStandIn } from '../../../testing/shop-stand-in.js';
import { QUIET_PERIOD } from './execute-remedy.service.js';
import { pickSystem, rivalsAmong } from './outside-directory.js';
import { RoutedOutlet } from './routed-outlet.js';
import type { ShopifyShop } from './shopify-outlet.js';

const HOLD = 30_000;

describe('reships through the warehouse', () => {
  const shop = new ShopStandIn();
  const outside = new OutsideStandIn();
  let database: TestDatabase;
  let people: People;
  let desk: RemedyHarness;
  let warehouse: OutsideSystem | null;
  let order: { readonly home: string; readonly orderId: string };

  beforeAll(async () => {
    database = await createTestDatabase();
    await Promise.all([shop.start(), outside.start()]);
    people = await addStaff(database.transactions);
  });
  afterAll(async () => {
    await Promise.all([shop.stop(), outside.stop()]);
    await database.drop();
  });
  beforeEach(async () => {
    shop.trouble = 'none';
    shop.effects.length = 0;
    Object.assign(outside, { trouble: 'none', original: null });
    outside.orders.length = 0;
    desk = new RemedyHarness(database.transactions, shop);
    warehouse = outside.system('shipstation');
    const at: ShopifyShop = { connection: 'shopify', access: { baseUrl: shop.url, token: 't' } };
    const routed = new RoutedOutlet(desk.db, () => Promise.resolve(at), { ofHome: () => Promise.resolve(warehouse), named: (name) => Promise.resolve(warehouse?.name === name ? warehouse : null) });
    desk.outlet.execute = (record) => routed.execute(record);
    desk.outlet.isConfirmed = (record) => routed.isConfirmed(record);
    order = await desk.paidOrder();
    outside.original = order.home;
  });

  /** Approved, and its call-back time over. */
  async function due(asked = reshipOf(order.orderId)): Promise<RemedyRecord> {
    const remedy = doneBy(await desk.propose.run(asked, people.ana));
    doneBy(await desk.approve(remedy, people.clara));
    desk.feed.now += HOLD;
    return remedy;
  }

  it('are made once though the reply is lost, and confirmed by a look there', async () => {
    const remedy = await due();
    outside.trouble = 'reply_lost';
    await desk.execute.run(remedy.id);
    expect((await desk.read(remedy)).remedy.state).toBe('executing');
    outside.trouble = 'none';
    desk.feed.now += QUIET_PERIOD;
    for (let i = 0; i < 3; i += 1) await desk.execute.run(remedy.id);
    const orderNumber = `${order.home}-R${remedy.number}`;
    expect(outside.orders).toMatchObject([{ orderNumber, orderKey: `orderwatch-${remedy.id}`, orderStatus: 'awaiting_shipment', shipTo: { street1: 'Road 1' }, items: [{ lineItemKey: '2', sku: 'S', name: 'Shade', quantity: 1 }] }]);
    expect(shop.effects).toHaveLength(0);
    expect(await desk.read(remedy)).toMatchObject({ reference: orderNumber, remedy: { state: 'executed' } });
    expect(await desk.execute.confirm(remedy.id)).toBe(true);
  });

  it('wait while the warehouse is down, and fail when it refuses', async () => {
    const remedy = await due();
    outside.trouble = 'down';
    await desk.execute.run(remedy.id);
    expect((await desk.read(remedy)).remedy.state).toBe('executing');
    outside.trouble = 'refuses';
    desk.feed.now += QUIET_PERIOD;
    await desk.execute.run(remedy.id);
    expect(await desk.read(remedy)).toMatchObject({ failure: 'ShipStation answered 400', remedy: { state: 'failed' } });
  });

  it('fail when nobody knows where the order went', async () => {
    outside.original = null;
    const remedy = await due();
    await desk.execute.run(remedy.id);
    expect(await desk.read(remedy)).toMatchObject({ failure: 'Neither the shop nor ShipStation knows where this order went.', remedy: { state: 'failed' } });
  });

  it('are not made a second time when the warehouse is connected between two attempts', async () => {
    const remedy = await due();
    warehouse = null;
    shop.trouble = 'reply_lost';
    await desk.execute.run(remedy.id);
    shop.trouble = 'none';
    warehouse = outside.system('shipstation');
    desk.feed.now += QUIET_PERIOD;
    await desk.execute.run(remedy.id);
    expect([shop.effects.length, outside.orders.length]).toEqual([1, 0]);
    expect(await desk.read(remedy)).toMatchObject({ reference: shop.effects[0]?.id, remedy: { state: 'executed' } });
  });

  it('are not made a second time, by the shop, when the warehouse is disconnected between two attempts', async () => {
    const remedy = await due();
    outside.trouble = 'reply_lost';
    await desk.execute.run(remedy.id);
    outside.trouble = 'none';
    const connected = warehouse;
    warehouse = null;
    desk.feed.now += QUIET_PERIOD;
    await desk.execute.run(remedy.id);
    expect([shop.effects.length, outside.orders.length]).toEqual([0, 1]);
    expect((await desk.read(remedy)).failure).toMatch(/not connected any more/);
    warehouse = connected;
    desk.feed.now += 2 * QUIET_PERIOD;
    await desk.execute.run(remedy.id);
    expect([shop.effects.length, outside.orders.length]).toEqual([0, 1]);
    expect(await desk.read(remedy)).toMatchObject({ remedy: { state: 'executed' } });
  });

  it('are no way for money', async () => {
    const remedy = await due(refundOf(order.orderId));
    await desk.execute.run(remedy.id);
    expect([shop.effects.length, outside.orders.length]).toEqual([1, 0]);
  });

  it('go through the system that is for their home; between two nobody chooses', () => {
    const [all, own] = [outside.system('shipstation'), { ...outside.system('shipstation'), serves: 'shop-two' }];
    expect(pickSystem([all, own], 'shop-two', ['shipstation'])).toBe(own);
    expect(pickSystem([all, own], 'events', ['shipstation'])).toBe(all);
    expect(pickSystem([all, { ...all, name: 'second' }], 'events', ['shipstation'])).toBeNull();
    expect(rivalsAmong([all, { ...all, name: 'second' }], 'events', ['shipstation'])).toEqual([all.name, 'second'].sort());
    expect(rivalsAmong([all, own], 'shop-two', ['shipstation'])).toEqual([]);
    expect(pickSystem([all], 'events', ['gorgias', 'zendesk'])).toBeNull();
  });

  it('keep the secrets of outside systems sealed', async () => {
    const store = new OutsideSystemStore(new Sealer('a secret for tests only'));
    const system: OutsideSystem = { ...outside.system('shipstation'), access: { baseUrl: 'https://x.test', account: 'key', secret: 'hush-hush-hush' } };
    expect(await store.add(desk.db, system)).toBe(true);
    expect(await store.add(desk.db, system)).toBe(false);
    expect(await store.list(desk.db)).toEqual([system]);
    const [row] = await desk.db.query<{ secrets: Buffer }>('select secrets from outside_system');
    expect(row?.secrets.includes('hush')).toBe(false);
  });

  it('go where and how it was approved, and nowhere when the shop has another address by now', async () => {
    const address = { name: 'Kim Berg', company: '', line1: 'Kade 3', line2: '', city: 'Utrecht', region: '', postalCode: '3511', country: 'NL', phone: '' };
    const execute = desk.outlet.execute.bind(desk.outlet);
    desk.outlet.execute = (record) => execute({ ...record, delivery: { addressOf: 'other', address, service: 'Express', isLost: false } });
    const remedy = await due();
    await desk.execute.run(remedy.id);
    expect(outside.orders).toMatchObject([{ shipTo: { name: 'Kim Berg', street1: 'Kade 3', country: 'NL' }, requestedShippingService: 'Express' }]);
    shop.shippingAddress = { firstName: 'Mara', lastName: 'Lind', address1: 'Road 9', city: 'Hamburg', zip: '20457', countryCodeV2: 'DE' };
    desk.outlet.execute = (record) => execute({ ...record, delivery: { addressOf: 'shop', address, service: null, isLost: false } });
    const other = await desk.paidOrder();
    const changed = await due(reshipOf(other.orderId));
    await desk.execute.run(changed.id);
    shop.shippingAddress = null;
    expect([(await desk.read(changed)).remedy.state, outside.orders.length]).toEqual(['failed', 1]);
  });
});

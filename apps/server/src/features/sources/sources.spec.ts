import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ConfigurationStore, InboxStore, Sealer, verifyAudit, type Transactions } from '@orderwatch/db';
import { createTestDatabase, type TestDatabase } from '@orderwatch/db/testing';
import type { Principal } from '../../platform/auth/principal.js';
import { FeedHarness } from '../../testing/feed-harness.js';
import { ReplayService } from './replay.service.js';
import { ShowDeliveryService } from './show-delivery.service.js';
import { ShowHealthService } from './show-health.service.js';
import { ShowStuckService } from './show-stuck.service.js';

const sealer = new Sealer('a secret for tests only');
const person = (role: 'agent' | 'admin'): Principal => ({ kind: 'person', id: randomUUID(), name: 'Ana', email: 'ana@x.test', role });

let database: TestDatabase;
let db: Transactions;
let feed: FeedHarness;

beforeAll(async () => {
  database = await createTestDatabase();
  db = database.transactions;
});
afterAll(() => database?.drop());
beforeEach(async () => {
  await db.query('truncate connection, inbox, delivery_key, order_state, order_event, parcel_state, case_item, case_history, handle, unlinked_event, customer, customer_handle, change, feed_health, feed_hour, feed_silence, audit');
  await db.query(`insert into connection (name, kind) values ('events', 'events')`);
  feed = new FeedHarness(db, sealer);
  await feed.pipeline.registry.start();
});

const health = () => new ShowHealthService(db, new InboxStore(sealer), feed.clock).show();
const replayer = () => new ReplayService(feed.pipeline.replay, db, feed.clock);

describe('health and replay', () => {
  it('shows a dead letter by its cause, predicts what a replay would do, and does it', async () => {
    await feed.take(feed.event('order.placed', '1', { name: '#1' }, 1), feed.event('order.placed', '2', { name: '#2' }, 1, 'wms'));
    const before = await health();
    expect(before.deadLetterGroups).toMatchObject([{ cause: 'unknown_connection', connection: 'wms', letters: 1 }]);
    await db.query(`insert into connection (name, kind) values ('wms', 'events')`);
    await feed.pipeline.registry.refresh();
    const ask = { ids: null, connection: 'wms', cause: null, mutationId: randomUUID() };
    expect(await replayer().run({ ...ask, dryRun: true }, person('agent'))).toMatchObject({ dryRun: true, tried: 1, wouldChange: 1, stillFail: 0 });
    expect((await health()).deadLetterGroups).toHaveLength(1);
    expect(await replayer().run({ ...ask, dryRun: false }, person('agent'))).toMatchObject({ dryRun: false, tried: 1, wouldChange: 1 });
    expect((await health()).deadLetterGroups).toEqual([]);
    expect(await db.query('select home_id from order_state order by 1')).toEqual([{ home_id: '1' }, { home_id: '2' }]);
    expect(await db.query('select action from audit')).toEqual([{ action: 'delivery.replay' }]);
    expect(await verifyAudit(db)).toBeNull();
  });

  it('says what still fails and why, and refuses ids that are none', async () => {
    await feed.take({ connection: 'events', headers: {}, body: Buffer.from('{"nonsense"'), keys: ['x'] });
    const result = await replayer().run({ dryRun: true, mutationId: randomUUID() }, person('agent'));
    expect(result).toMatchObject({ tried: 1, stillFail: 1, wouldChange: 0 });
    expect(result.causes).toHaveLength(1);
    await expect(replayer().run({ ids: ['1; drop table inbox'], dryRun: true, mutationId: randomUUID() }, person('agent'))).rejects.toThrow('number');
  });

  it('begins with a sentence that does not call the unheard normal', async () => {
    expect((await health()).sentence).toBe('0 of 1 source normal. Order feed not heard yet.');
    await feed.take(feed.event('order.placed', '1', { name: '#1' }, 0));
    expect((await health()).sentence).toBe('The one source is normal.');
    await db.query(`update feed_health set silent_since = $1`, [new Date(feed.now - 47 * 60_000)]);
    const { sentence, sources } = await health();
    expect(sentence).toBe('0 of 1 source normal. Order feed silent 47 min.');
    expect(sources[0]).toMatchObject({ connection: 'events', state: 'silent', eventsLastHour: 1 });
  });
});

describe('raw delivery', () => {
  it('shows the body to those who may see customers, masked to the others, with what was read from it', async () => {
    await feed.take(feed.event('order.placed', '1', { name: '#1', customer: { id: 'c', name: 'Erin Gallagher', email: 'erin@example.com' } }, 1), feed.event('shipment.in_transit', '1', { shipmentId: 'S', carrier: 'gls' }, 1));
    const [first, second] = await db.query<{ id: string }>('select id::text as id from inbox order by id');
    const showing = new ShowDeliveryService(db, sealer, new ConfigurationStore());
    const whole = await showing.show(first?.id ?? '', person('agent'));
    expect(whole?.body).toContain('Erin Gallagher');
    const masked = await showing.show(first?.id ?? '', person('admin'));
    expect(masked?.body).not.toMatch(/Erin|erin@/);
    expect(masked?.body).toContain('#1');
    expect(masked?.checksum).toBe(whole?.checksum);
    expect((await showing.show(second?.id ?? '', person('agent')))?.trace).toMatchObject([{ type: 'shipment.status', code: 'in_transit', status: 'In transit' }]);
    expect(await showing.show('0', person('agent'))).toBeNull();
  });

  it('cuts what is larger than the screen can take', async () => {
    await feed.take(feed.event('order.placed', '1', { name: '#1', tags: [`x${'y'.repeat(100_000)}`] }, 1));
    const [row] = await db.query<{ id: string }>('select id::text as id from inbox');
    const shown = await new ShowDeliveryService(db, sealer, new ConfigurationStore()).show(row?.id ?? '', person('agent'));
    expect(shown).toMatchObject({ truncated: true });
    expect(shown?.body).toHaveLength(64 * 1024);
  });
});

describe('stuck parcels', () => {
  it('follow from what came in', async () => {
    await feed.take(
      feed.event('order.placed', '1', { name: '#1', currency: 'EUR', total: '64.00' }, 240),
      feed.event('shipment.in_transit', '1', { shipmentId: 'S1', carrier: 'GLS', facility: 'Linz', rawStatus: 'hub' }, 120),
      feed.event('shipment.delivered', '2', { shipmentId: 'S2', carrier: 'GLS' }, 120),
    );
    const stuck = await new ShowStuckService(db, feed.clock).show({});
    expect(stuck.rows).toMatchObject([{ orderName: '#1', facility: 'Linz', status: 'In transit', limitHours: 48, feedLate: false, value: { minor: 6400, currency: 'EUR' } }]);
    expect(stuck.rows[0]?.caseNumber).toMatch(/^EX-\d+$/);
    expect(stuck.groups).toMatchObject([{ count: 1, feedLate: 0 }]);
  });
});

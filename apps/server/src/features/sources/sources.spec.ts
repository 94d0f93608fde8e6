import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ConfigurationStore, InboxStore, Sealer, verifyAudit, type Transactions } from '@orderwatch/db';
import { createTestDatabase, type TestDatabase } from '@orderwatch/db/testing';
import type { Principal } from '../../platform/auth/principal.js';
import { FeedHarness } from '../../testing/feed-harness.js';
import { LanePaces } from './lane-paces.js';
import { ReplayService } from './replay.service.js';
import { ShowDeliveryService } from './show-delivery.service.js';
import { ShowHealthService } from './show-health.service.js';
import { ShowStuckService } from './show-stuck.service.js';
import { TryMappingService } from './try-mapping.service.js';

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
  const showing = () => new ShowDeliveryService(db, sealer, new ConfigurationStore(), feed.clock);
  const placed = () => feed.event('order.placed', '1', { name: '#1', customer: { id: 'c', name: 'Erin Gallagher', email: 'erin@example.com' } }, 1);
  const ids = async () => (await db.query<{ id: string }>('select id::text as id from inbox order by id')).map((row) => row.id);

  it('shows the body without personal data to everybody, with what was read from it', async () => {
    await feed.take(placed(), feed.event('shipment.in_transit', '1', { shipmentId: 'S', carrier: 'gls' }, 1));
    const [first = '', second = ''] = await ids();
    for (const role of ['agent', 'admin'] as const) {
      const masked = await showing().show(first, person(role));
      expect(masked).toMatchObject({ masked: true, canUnmask: role === 'agent', origin: 'live' });
      expect(masked?.body).not.toMatch(/Erin|erin@/);
      expect(masked?.body).toContain('#1');
    }
    expect((await showing().show(second, person('agent')))?.trace).toMatchObject([{ type: 'shipment.status', code: 'in_transit', status: 'In transit', customerSees: 'Your parcel is on its way.', mapVersion: 1 }]);
    expect(await showing().show('0', person('agent'))).toBeNull();
    expect(await db.query('select 1 from audit')).toEqual([]);
  });

  it('shows personal data for a reason, and keeps who looked and why', async () => {
    await feed.take(placed());
    const [first = ''] = await ids();
    const ana = person('agent');
    expect(await showing().unmask(first, ' ', randomUUID(), ana)).toMatchObject({ reason: 'Say why the personal data is needed.' });
    expect(await showing().unmask('0', 'The carrier asks', randomUUID(), ana)).toMatchObject({ reason: 'The bytes of this delivery are no longer kept.' });
    expect(await db.query('select 1 from audit')).toEqual([]);
    const seen = await showing().unmask(first, 'The carrier asks', randomUUID(), ana);
    expect(seen).toMatchObject({ delivery: { masked: false, body: expect.stringContaining('Erin Gallagher') } });
    const [entry] = await db.query<{ actor: string; action: string; target: string; detail: string }>('select actor, action, target, detail from audit');
    expect(entry).toMatchObject({ actor: ana.id, action: 'delivery.unmask', target: first });
    expect(JSON.parse(entry?.detail ?? '')).toMatchObject({ reason: 'The carrier asks', connection: 'events' });
    expect(entry?.detail).not.toContain('Erin');
    expect(await verifyAudit(db)).toBeNull();
  });

  it('tries today\'s mapping, says what would be told otherwise, and writes nothing', async () => {
    await feed.take(feed.event('shipment.in_transit', '1', { shipmentId: 'S', carrier: 'gls' }, 1));
    const [first = ''] = await ids();
    const trial = () => new TryMappingService(db, sealer, new InboxStore(sealer), feed.pipeline, new ConfigurationStore(), feed.clock).run(first);
    expect(await trial()).toMatchObject({ outcome: 'done', facts: [{ verdict: 'same', trace: { code: 'in_transit', status: 'In transit' } }] });
    await db.query(`update order_event set code = 'lost'`);
    expect((await trial())?.facts.map((fact) => fact.verdict)).toEqual(['changed']);
    await db.query(`update order_event set fact_id = 'another'`);
    expect((await trial())?.facts.map((fact) => fact.verdict)).toEqual(['new', 'gone']);
    expect(await db.query('select fact_id, code from order_event')).toEqual([{ fact_id: 'another', code: 'lost' }]);
  });

  it('cuts what is larger than the screen can take', async () => {
    await feed.take(feed.event('order.placed', '1', { name: '#1', tags: [`x${'y'.repeat(100_000)}`] }, 1));
    const [row] = await db.query<{ id: string }>('select id::text as id from inbox');
    const shown = await showing().show(row?.id ?? '', person('agent'));
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
    const stuck = await new ShowStuckService(db, new LanePaces(db, new ConfigurationStore(), feed.clock, { warn: () => undefined }), feed.clock).show({});
    expect(stuck.rows).toMatchObject([{ orderName: '#1', facility: 'Linz', status: 'In transit', limitHours: 48, feedLate: false, value: { minor: 6400, currency: 'EUR' } }]);
    expect(stuck.rows[0]?.caseNumber).toMatch(/^EX-\d+$/);
    expect(stuck.groups).toMatchObject([{ count: 1, feedLate: 0, lanes: [{ lane: 'in_transit', label: 'In transit', count: 1 }] }]);
    expect(stuck).toMatchObject({ lateFeeds: [], unknown: 0, medianSeconds: 120 * 3600, rows: [{ lane: 'in_transit', usual: null, nextExpectedAt: null, caseState: 'new' }] });
  });

  it('say by when the next scan was to be expected there, once enough parcels have gone that way', async () => {
    const walked = Array.from({ length: 20 }, (_, i) => [
      feed.event('shipment.in_transit', `w${i}`, { shipmentId: `W${i}`, carrier: 'GLS', facility: 'Linz' }, 40),
      feed.event('shipment.out_for_delivery', `w${i}`, { shipmentId: `W${i}`, carrier: 'GLS', facility: 'Wien' }, 40 - 1 - i),
    ]).flat();
    await feed.take(...walked, feed.event('order.placed', '1', { name: '#1' }, 240), feed.event('shipment.in_transit', '1', { shipmentId: 'S1', carrier: 'GLS', facility: 'Linz' }, 120));
    const { rows } = await new ShowStuckService(db, new LanePaces(db, new ConfigurationStore(), feed.clock, { warn: () => undefined }), feed.clock).show({});
    expect(rows).toMatchObject([{ orderName: '#1', usual: { p50Hours: 10, p90Hours: 18, scans: 20, of: 'lane' } }]);
    expect(rows[0]?.nextExpectedAt?.getTime()).toBe((rows[0]?.silentSince.getTime() ?? 0) + 18 * 3_600_000);
  });
});

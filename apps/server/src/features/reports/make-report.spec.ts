import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConfigurationStore, Sealer } from '@orderwatch/db';
import { createTestDatabase, type TestDatabase } from '@orderwatch/db/testing';
import { FeedHarness } from '../../testing/feed-harness.js';
import { MakeReportService } from './make-report.service.js';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

describe('MakeReportService', () => {
  it('counts what came in, and compares with the day before', async () => {
    const db = database.transactions;
    await db.query(`insert into connection (name, kind) values ('events', 'events')`);
    const feed = new FeedHarness(db, new Sealer('a secret for tests only'));
    await feed.pipeline.registry.start();
    const report = () => new MakeReportService(db, new ConfigurationStore(), feed.clock).make(28);
    expect(await report()).toMatchObject({ openCases: 0, carriers: [], statuses: [], detectedBeforeContact: null });
    const promisedBy = new Date(feed.now - 48 * 3_600_000).toISOString();
    await feed.take(
      feed.event('order.placed', '1', { name: '#1', promisedBy }, 240),
      feed.event('shipment.in_transit', '1', { shipmentId: 'S1', carrier: 'GLS' }, 120),
      feed.event('order.placed', '2', { name: '#2', promisedBy }, 240),
      feed.event('shipment.delivered', '2', { shipmentId: 'S2', carrier: 'GLS' }, 120),
    );
    feed.now += 1000;
    const told = await report();
    expect(told.carriers).toMatchObject([{ onTime: 1, total: 2, share: 0.5 }]);
    expect(told.carriers[0]?.low).toBeGreaterThan(0);
    expect(told).toMatchObject({ openCases: 1, opened: 1, resolved: 0, zone: 'UTC', detectedBeforeContact: 1 });
    expect(told.flow).toHaveLength(28);
    const shipments = told.statuses.filter((s) => s.track === 'shipment').map((s) => [s.label, s.count, s.change]);
    expect(shipments.sort()).toEqual([['Delivered', 1, 1], ['In transit', 1, 1]]);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { builtInStatusMap } from '@orderwatch/domain';
import fc from 'fast-check';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';
import type { Transactions } from '../transactions.js';
import { readScanGaps } from './scan-gaps.js';
import { HEAT_DAYS } from './stuck-places.js';
import { stuckParcels, type StuckParcel } from './stuck.js';
import { addOrder, addParcel, ago, DAY, HOUR, insertRow, NOW } from './testing/rows.js';

let database: TestDatabase;
let db: Transactions;

beforeAll(async () => {
  database = await createTestDatabase();
  db = database.transactions;
});
beforeEach(() => db.query('truncate order_state, order_event, parcel_state, case_item, feed_health, connection'));
afterAll(() => database?.drop());

const LIMIT = 2 * DAY;
const parcel = fc.record({
  carrier: fc.constantFrom('dhl', 'gls', null), facility: fc.constantFrom('Leipzig', 'Linz', 'Łódź', null), status: fc.constantFrom('in_transit', 'out_for_delivery', null),
  feed: fc.constantFrom('events', 'easypost'), hours: fc.integer({ min: 49, max: 24 * 20 }),
});

describe('places of stuck parcels', () => {
  it('add up under every question, and pages by place hold each row once, place by place, the unknown last', async () => {
    await fc.assert(fc.asyncProperty(fc.array(parcel, { minLength: 1, maxLength: 14 }), async (parcels) => {
      await db.query('truncate order_state, parcel_state, feed_health');
      await insertRow(db, 'feed_health', { connection: 'easypost', silent_since: ago(5 * DAY) });
      const order = await addOrder(db);
      for (const { hours, ...more } of parcels) await addParcel(db, order, { ...more, silent_from: ago(hours * HOUR), stuck_at: ago(hours * HOUR - LIMIT) });
      const isLate = (p: (typeof parcels)[number]): boolean => p.feed === 'easypost' && p.hours * HOUR - LIMIT < 5 * DAY;
      for (const asked of [{}, { carrier: 'dhl' }, { carrier: 'unknown' }, { carrier: 'gls', facility: 'Linz' }, { carrier: 'gls', facility: 'Linz', lane: 'in_transit' }, { lane: 'out_for_delivery' }]) {
        for (const includeFeedLate of [false, true]) {
          const meant = parcels.filter((p) => (!('carrier' in asked) || (p.carrier ?? 'unknown') === asked.carrier) && (!('facility' in asked) || p.facility === asked.facility) && (!('lane' in asked) || (p.status ?? 'in_transit') === asked.lane));
          const listed = meant.filter((p) => includeFeedLate || !isLate(p));
          const rows: StuckParcel[] = [];
          let after: string | null = null;
          do {
            const page = await stuckParcels(db, { now: NOW, ...asked, includeFeedLate, byPlace: true, first: 3, after });
            rows.push(...page.rows);
            expect(page).toMatchObject({ total: listed.length, unknown: meant.filter(isLate).length });
            expect(page.ages).toEqual(Array.from({ length: HEAT_DAYS }, (_, day) => listed.filter((p) => Math.min(HEAT_DAYS - 1, Math.floor(p.hours / 24)) === day).length));
            const hours = listed.map((p) => p.hours).sort((a, b) => a - b);
            expect(page.medianSeconds).toBe(hours.length === 0 ? null : (hours[Math.ceil(hours.length / 2) - 1] ?? 0) * 3600);
            after = page.hasMore ? page.endCursor : null;
          } while (after !== null);
          expect(rows.map((row) => row.parcelId)).toHaveLength(listed.length);
          expect(new Set(rows.map((row) => row.parcelId)).size).toBe(listed.length);
          const places = rows.map((row) => JSON.stringify([row.feedLate, row.carrier, row.facility]));
          expect(places.filter((place, i) => place !== places[i - 1])).toHaveLength(new Set(places).size);
          expect(rows.map((row) => row.feedLate)).toEqual([...rows.map((row) => row.feedLate)].sort());
        }
      }
      const { groups, lateFeeds } = await stuckParcels(db, { now: NOW });
      for (const place of groups) {
        expect(place.lanes.reduce((n, lane) => n + lane.count, 0)).toBe(place.count);
        expect(place.heat.reduce((n, day) => n + day, 0)).toBe(place.count);
      }
      expect(groups.reduce((n, place) => n + place.feedLate, 0)).toBe(parcels.filter(isLate).length);
      expect(lateFeeds).toMatchObject([{ connection: 'easypost', silentSince: ago(5 * DAY), parcels: parcels.filter(isLate).length }]);
    }), { numRuns: 12 });
  });
});

describe('readScanGaps', () => {
  const scan = (order_id: string, code: string, hours: number, more: Readonly<Record<string, unknown>> = {}, source = 'events') =>
    insertRow(db, 'order_event', { order_id, fact_id: `${source} ${code} ${hours}`, type: 'shipment.status', code, at: ago((100 - hours) * HOUR), received_at: NOW, source, kind: 'events', data: JSON.stringify({ ref: { shipment: 'events/S1' }, code, ...more }) });

  it('goes from scan to scan of one parcel as one source told them, and knows where it was', async () => {
    const order = await addOrder(db);
    await addParcel(db, order, { carrier: 'dhl', last_movement_at: NOW });
    await scan(order, 'label_created', 0);
    await scan(order, 'accepted', 1, { facility: 'Leipzig' });
    await scan(order, 'in_transit', 5);
    await scan(order, 'in_transit', 6, {}, 'other');
    await scan(order, 'out_for_delivery', 20, { facility: 'Linz' });
    await scan(order, 'delivered', 24);
    await scan(order, 'returning', 90);
    expect(await readScanGaps(db, { statusMap: builtInStatusMap })).toEqual([
      { carrier: 'dhl', facility: 'Leipzig', status: 'accepted', gap: 4 * HOUR },
      { carrier: 'dhl', facility: 'Leipzig', status: 'in_transit', gap: 15 * HOUR },
      { carrier: 'dhl', facility: 'Linz', status: 'out_for_delivery', gap: 4 * HOUR },
    ]);
  });
});

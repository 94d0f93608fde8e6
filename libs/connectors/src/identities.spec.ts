import { describe, expect, it } from '@jest/globals';
import { splitEvents } from './events/split.js';
import { readJson } from './json.js';
import { CONNECTORS } from './registry.js';
import { signedHeaders } from './testing/sign.js';

const NOW = Date.UTC(2026, 0, 5);
const SECRET = `whsec_${Buffer.from('a secret of 24 bytes, ok').toString('base64')}`;

describe('what makes two events two', () => {
  const keys = (...events: object[]) => events.map((more) => splitEvents(Buffer.from(JSON.stringify({ specversion: '1.0', id: '1', source: 's', type: 'order.placed', subject: 'A', time: '2026-01-05T08:00:00Z', data: {}, ...more })))[0]?.deliveryKey);

  it('is source and id together: not one of them, nor their letters in a row', () => {
    expect(new Set(keys({}, { source: 't' }, { id: '2' }, { source: 's1', id: '' }, { source: 's', id: '11' }, { source: 's1', id: '1' })).size).toBe(6);
    expect(keys({}, { time: '2026-01-05T09:00:00Z' })).toEqual([keys({})[0], keys({})[0]]);
  });

  it('is the time of a scan as well: a parcel comes through one place twice', () => {
    const scan = (datetime: string) => ({ status: 'in_transit', status_detail: 'departed_facility', message: 'Departed', datetime, tracking_location: { city: 'Köln' } });
    const body = Buffer.from(JSON.stringify({ object: 'Tracker', carrier: 'UPS', tracking_code: '1Z1', status: 'in_transit', tracking_details: [scan('2026-01-04T08:00:00Z'), scan('2026-01-05T08:00:00Z')] }));
    const mapped = CONNECTORS.easypost.map({ connection: 'easypost', topic: undefined, headers: {}, body });
    const ids = mapped.outcome === 'understood' ? mapped.facts.map(({ fact }) => fact.id) : [];
    expect([ids.length, new Set(ids).size]).toEqual([2, 2]);
  });
});

describe('the signed time of a delivery', () => {
  it.each([[-301, false], [-299, true], [299, true], [301, false], [86_400, false]])('%i s from now: %p', (seconds, genuine) => {
    const body = Buffer.from('{}');
    const headers = signedHeaders('events', SECRET, body, NOW + seconds * 1_000);
    expect(CONNECTORS.events.verify({ connection: 'events', topic: undefined, headers, body }, [SECRET], NOW).genuine).toBe(genuine);
  });
});

describe('nesting', () => {
  it.each([[64, true], [65, false], [500, false], [100_000, false]])('of %i levels is read: %p', (levels, ok) => {
    for (const [open, close] of [['[', ']'], ['{"a":', '}']] as const) expect(readJson(Buffer.from(`${open.repeat(levels)}1${close.repeat(levels)}`)).ok).toBe(ok);
  });
});

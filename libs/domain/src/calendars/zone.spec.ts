import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DAY, HOUR } from '../shared/time.js';
import { addBusinessTime, endOf, fromLocal, zoneOffset } from './zone.js';

const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'America/St_Johns'];
const instants = fc.integer({ min: Date.UTC(2015, 0), max: Date.UTC(2035, 0) });

describe('zones', () => {
  it('agrees with what the platform shows, to the second around a change', () => {
    const format = (zone: string) => new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
    fc.assert(fc.property(fc.constantFrom(...ZONES), instants, (zone, at) => {
      const shown = Date.parse(`${format(zone).format(at).replace(' ', 'T')}Z`);
      expect(Math.floor((at + zoneOffset(zone, at)) / 1000) * 1000).toBe(shown);
    }), { numRuns: 500 });
    expect(zoneOffset('Europe/Berlin', Date.UTC(2026, 2, 29, 0, 59, 59, 999))).toBe(HOUR);
    expect(zoneOffset('Europe/Berlin', Date.UTC(2026, 2, 29, 1))).toBe(2 * HOUR);
  });

  it('goes from the wall clock to the instant and back, but for the hour that does not exist', () => {
    fc.assert(fc.property(fc.constantFrom(...ZONES), instants, (zone, at) => {
      const local = at + zoneOffset(zone, at);
      const back = fromLocal(zone, local);
      expect(back + zoneOffset(zone, back)).toBe(local);
    }), { numRuns: 500 });
  });

  it('ends a date when the day has ended there, a date-time at its instant', () => {
    expect(endOf('2026-03-29', 'Europe/Berlin')).toBe(Date.parse('2026-03-29T22:00:00Z'));
    expect(endOf('2026-03-29T10:00:00+02:00', 'Europe/Berlin')).toBe(Date.parse('2026-03-29T08:00:00Z'));
    expect(endOf('soon', 'UTC')).toBeUndefined();
  });

  it('counts no Saturday and no Sunday as business time', () => {
    const friday = Date.parse('2026-01-09T12:00:00Z');
    expect(addBusinessTime(friday, DAY, 'UTC')).toBe(Date.parse('2026-01-12T12:00:00Z'));
    expect(addBusinessTime(Date.parse('2026-01-10T12:00:00Z'), DAY, 'UTC')).toBe(Date.parse('2026-01-13T00:00:00Z'));
  });
});

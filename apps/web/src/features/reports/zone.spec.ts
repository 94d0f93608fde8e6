import { describe, expect, it } from '@jest/globals';
import { addDays, dayLabel, dayOf, startOfDay } from './zone';

describe('startOfDay', () => {
  it('is midnight of the zone, before, on and after the nights the clocks change', () => {
    const start = (day: string, zone = 'Europe/Berlin'): string => startOfDay(day, zone).toISOString();
    expect(start('2026-03-29')).toBe('2026-03-28T23:00:00.000Z');
    expect(start('2026-03-30')).toBe('2026-03-29T22:00:00.000Z');
    expect(start('2026-10-25')).toBe('2026-10-24T22:00:00.000Z');
    expect(start('2026-10-26')).toBe('2026-10-25T23:00:00.000Z');
    expect(start('2026-11-20', 'America/Los_Angeles')).toBe('2026-11-20T08:00:00.000Z');
    expect(start('2026-11-20', 'UTC')).toBe('2026-11-20T00:00:00.000Z');
  });
});

describe('days', () => {
  it('counts and names them without regard to where the screen stands', () => {
    expect(addDays('2026-10-24', 2)).toBe('2026-10-26');
    expect(dayLabel('2026-11-16')).toBe('16 Nov');
    expect(dayOf('2026-11-19T23:30:00Z', 'Europe/Berlin')).toBe('2026-11-20');
  });
});

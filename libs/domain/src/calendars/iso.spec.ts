import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isKnownZone, isoIn } from './iso.js';

describe('isoIn', () => {
  it.each([
    ['UTC', '2026-03-29T01:00:00.999Z', '2026-03-29T01:00:00+00:00'], ['Europe/Berlin', '2026-03-29T00:59:59Z', '2026-03-29T01:59:59+01:00'],
    ['Europe/Berlin', '2026-03-29T01:00:00Z', '2026-03-29T03:00:00+02:00'], ['Asia/Kolkata', '2026-01-01T00:00:00Z', '2026-01-01T05:30:00+05:30'],
    ['America/St_Johns', '2026-01-01T00:00:00Z', '2025-12-31T20:30:00-03:30'],
  ])('says in %s what %s is', (zone, instant, told) => {
    expect(isoIn(zone, Date.parse(instant))).toBe(told);
  });

  it('is always the same instant again', () => {
    const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Chatham');
    const instants = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2040, 0, 1) });
    fc.assert(fc.property(zones, instants, (zone, at) => Date.parse(isoIn(zone, at)) === Math.floor(at / 1000) * 1000));
  });
});

describe('isKnownZone', () => {
  it('knows zones, and nothing else', () => {
    expect(['UTC', 'Europe/Berlin'].map(isKnownZone)).toEqual([true, true]);
    expect(['', 'Mars/Base', 'Europe/Berlin; drop table', '../etc'].map(isKnownZone)).toEqual([false, false, false, false]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { fieldText, instantOf } from './zoned';

const iso = (text: string, zone: string): string => new Date(instantOf(text, zone) ?? 0).toISOString();

describe('instantOf', () => {
  it('reads a time by the clocks of the zone that is shown', () => {
    expect([iso('2026-11-18T14:05', 'UTC'), iso('2026-11-18T14:05', 'Europe/Vienna'), iso('2026-11-18T14:05', 'America/Los_Angeles')]).toEqual(['2026-11-18T14:05:00.000Z', '2026-11-18T13:05:00.000Z', '2026-11-18T22:05:00.000Z']);
  });
  it('means the later of an hour that comes twice, and moves on one that does not come', () => {
    expect(iso('2026-10-25T02:30', 'Europe/Vienna')).toBe('2026-10-25T01:30:00.000Z');
    expect(iso('2026-03-29T02:30', 'Europe/Vienna')).toBe('2026-03-29T01:30:00.000Z');
  });
  it('gives back what it was given, also through both changes of the clocks', () => {
    for (const zone of ['Europe/Vienna', 'Australia/Lord_Howe', 'Asia/Kolkata']) {
      for (let at = Date.UTC(2026, 2, 27); at < Date.UTC(2026, 11, 1); at += 3_600_000 * 7) {
        const there = instantOf(fieldText(at, zone), zone);
        expect(fieldText(there ?? 0, zone)).toBe(fieldText(at, zone));
      }
    }
  });
  it('knows no instant for what is no time', () => {
    expect([instantOf('', 'UTC'), instantOf('yesterday', 'UTC')]).toEqual([undefined, undefined]);
  });
});

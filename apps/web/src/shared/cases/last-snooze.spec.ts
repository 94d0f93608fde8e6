import { describe, expect, it } from '@jest/globals';
import { rememberSnooze, repeatedSnooze } from './last-snooze';

const friday = new Date(2026, 10, 20, 10);

describe('repeatedSnooze', () => {
  it('has nothing to repeat at first', () => expect(repeatedSnooze(friday)).toBeUndefined());

  it('means the same from now on, not the same instant', () => {
    rememberSnooze({ until: new Date(2026, 10, 18, 9).toISOString(), condition: 'carrier_scan', preset: 'tomorrow' });
    expect(repeatedSnooze(friday)).toEqual({ until: new Date(2026, 10, 21, 9).toISOString(), condition: 'carrier_scan', preset: 'tomorrow' });
  });

  it('repeats a time written by hand only while it is ahead', () => {
    rememberSnooze({ until: new Date(2026, 10, 21, 9).toISOString(), condition: null });
    expect(repeatedSnooze(friday)?.until).toBe(new Date(2026, 10, 21, 9).toISOString());
    expect(repeatedSnooze(new Date(2026, 10, 22))).toBeUndefined();
  });

  it('does not put a case off until after a promise it does not have', () => {
    rememberSnooze({ until: new Date(2026, 10, 25, 9).toISOString(), condition: null, preset: 'promise' });
    expect(repeatedSnooze(friday)).toBeUndefined();
    expect(repeatedSnooze(friday, new Date(2026, 10, 22, 18).toISOString())?.until).toBe(new Date(2026, 10, 23, 9).toISOString());
  });
});

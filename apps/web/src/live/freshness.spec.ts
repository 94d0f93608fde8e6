import { describe, expect, it } from '@jest/globals';
import { answerState, ClockOffset, connectionState, nextCheck, type Connection } from './freshness';

const heard = 1_000_000;
const connection = (more: Partial<Connection> = {}): Connection => ({
  isConnected: true,
  heardAt: heard,
  isCatchingUp: false,
  isOnline: true,
  unreachableSince: undefined,
  startedAt: heard - 60_000,
  ...more,
});
const after = (seconds: number, more: Partial<Connection> = {}) => connectionState(connection(more), heard + seconds * 1000);

describe('connectionState', () => {
  it('is live up to 25 s after a beat, catches up until 30 s, then is stale', () => {
    expect([0, 24.9, 25, 29.9, 30, 600].map((s) => after(s).state)).toEqual(['live', 'live', 'catching-up', 'catching-up', 'stale', 'stale']);
    expect(after(31).since).toBe(heard);
  });
  it('catches up while it reconnects or fetches what it missed', () => {
    expect(after(2, { isConnected: false }).state).toBe('catching-up');
    expect(after(2, { isCatchingUp: true }).state).toBe('catching-up');
  });
  it('is offline without a network, or when neither socket nor request gets through', () => {
    expect(after(2, { isOnline: false }).state).toBe('offline');
    expect(after(2, { unreachableSince: heard + 1000, isConnected: false }).state).toBe('offline');
    expect(after(2, { unreachableSince: heard + 1000 }).state).toBe('live');
  });
  it('becomes stale when it has never heard anything', () => {
    const never = connection({ heardAt: undefined, startedAt: heard, isConnected: false });
    expect(connectionState(never, heard + 5000).state).toBe('catching-up');
    expect(connectionState(never, heard + 30_000).state).toBe('stale');
  });
  it('says when to look again', () => {
    expect(nextCheck(connection(), heard)).toBe(25_000);
    expect(nextCheck(connection(), heard + 26_000)).toBe(4000);
    for (const s of [0, 10, 24, 26]) {
      const now = heard + s * 1000;
      const then = now + nextCheck(connection(), now);
      expect(connectionState(connection(), then - 1).state).toBe(connectionState(connection(), now).state);
      expect(connectionState(connection(), then).state).not.toBe(connectionState(connection(), now).state);
    }
  });
});

describe('answerState', () => {
  const live = { state: 'live' } as const;
  it('is stale when the answer is older than two minutes, though the socket is up', () => {
    expect(answerState(live, { at: heard, isFailed: false }, heard + 120_000).state).toBe('live');
    expect(answerState(live, { at: heard, isFailed: false }, heard + 120_001)).toEqual({ state: 'stale', since: heard });
  });
  it('says that the last refresh failed, unless something worse is known', () => {
    expect(answerState(live, { at: heard, isFailed: true }, heard).state).toBe('error');
    expect(answerState({ state: 'offline', since: 1 }, { at: heard, isFailed: true }, heard).state).toBe('offline');
  });
});

describe('ClockOffset', () => {
  it('trusts the beat that was least delayed', () => {
    const offset = new ClockOffset();
    const server = Date.parse('2026-11-20T09:00:00.000Z');
    for (const delay of [40, 3, 900]) offset.add(new Date(server).toISOString(), server - 5000 + delay);
    expect(offset.ms).toBe(4997);
  });
  it('forgets, so that a corrected clock is followed', () => {
    const offset = new ClockOffset();
    const server = Date.parse('2026-11-20T09:00:00.000Z');
    offset.add(new Date(server).toISOString(), server - 60_000);
    for (let i = 0; i < 6; i += 1) offset.add(new Date(server).toISOString(), server);
    expect(offset.ms).toBe(0);
  });
});

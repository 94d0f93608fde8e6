import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';
import { PersonStore } from './person.store.js';
import { SessionStore } from './session.store.js';

const IDLE = 30;
const LONGEST = 480;

describe('sessions', () => {
  let database: TestDatabase;
  let sessions: SessionStore;
  let person: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    sessions = new SessionStore(database.transactions, IDLE, LONGEST);
    const people = new PersonStore(database.transactions);
    await people.add({ email: 'one@sessions.test', name: 'One', role: 'agent', password: null });
    person = (await people.byEmail('one@sessions.test'))?.id ?? '';
  });
  afterAll(() => database.drop());

  const begin = async (): Promise<Buffer> => {
    const hash = randomBytes(32);
    await sessions.add(hash, person);
    return hash;
  };
  /** So many seconds pass for that session. */
  const pass = (hash: Buffer, seconds: number) =>
    database.transactions.query('update session set last_seen_at = last_seen_at - make_interval(secs => $2), expires_at = expires_at - make_interval(secs => $2) where token_hash = $1', [hash, seconds]);
  const isLive = async (hash: Buffer): Promise<boolean> => (await sessions.live([hash])).length === 1;
  const exists = async (hash: Buffer): Promise<boolean> => (await database.transactions.query('select 1 from session where token_hash = $1', [hash])).length === 1;

  it('end when nobody did anything for so long', async () => {
    const hash = await begin();
    await pass(hash, IDLE - 5);
    expect(await isLive(hash)).toBe(true);
    expect((await sessions.live([hash]))[0]?.restedSeconds).toBeCloseTo(IDLE - 5, -1);
    await pass(hash, 6);
    expect(await isLive(hash)).toBe(false);
  });

  it('end at the latest after so long, whatever is done', async () => {
    const hash = await begin();
    for (let passed = 0; passed < LONGEST - 20; passed += 20) {
      await pass(hash, 20);
      expect(await sessions.hands(hash, 0)).not.toBeNull();
      expect(await isLive(hash)).toBe(true);
    }
    await pass(hash, 21);
    expect(await sessions.hands(hash, 0)).toBeNull();
    expect(await isLive(hash)).toBe(false);
  });

  it('go on from when hands were last at work, and say what is left', async () => {
    const hash = await begin();
    await pass(hash, 25);
    const left = await sessions.hands(hash, 10);
    expect(left?.idleMs).toBeGreaterThan(19_000);
    expect(left?.idleMs).toBeLessThanOrEqual(20_000);
    expect(left?.lastMs).toBeGreaterThan(454_000);
    expect(left?.lastMs).toBeLessThanOrEqual(455_000);
  });

  it('are not cut short by a window that has seen no hands for longer, or none at all', async () => {
    const hash = await begin();
    await pass(hash, 5);
    for (const rested of [28, null, 1_000_000]) {
      const left = await sessions.hands(hash, rested);
      expect(left?.idleMs).toBeGreaterThan(23_000);
      expect(left?.idleMs).toBeLessThanOrEqual(25_000);
    }
  });

  it('do not come back: what is over stays over, whoever says that they worked', async () => {
    const hash = await begin();
    await pass(hash, IDLE + 1);
    expect(await sessions.hands(hash, 0)).toBeNull();
    expect(await isLive(hash)).toBe(false);
  });

  it('are forgotten once they are over, and no sooner', async () => {
    const [idle, old, live] = [await begin(), await begin(), await begin()];
    await pass(idle, IDLE + 1);
    await pass(old, LONGEST + 1);
    await sessions.touch(old);
    await pass(live, IDLE - 5);
    await sessions.prune();
    expect([await exists(idle), await exists(old), await exists(live)]).toEqual([false, false, true]);
  });
});

import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { DatabaseClock } from './clock.js';
import type { Queryable } from './transactions.js';

const HOUR = 3_600_000;

/** A database that answers only which time it is there. */
class Database implements Queryable {
  asked = 0;
  isAway = false;
  /** What an answer has to wait for on its way back, by its number. */
  onTheWay: (answer: number) => void = () => undefined;

  constructor(public ms: number) {}

  async query<T>(): Promise<T[]> {
    this.asked += 1;
    if (this.isAway) throw new Error('away');
    const { ms } = this;
    this.onTheWay(this.asked);
    return [{ ms }] as T[];
  }

  prepared<T>(): Promise<T[]> {
    return this.query<T>();
  }
}

const trueNow = Date.now;
let clock: DatabaseClock | undefined;

afterEach(() => {
  Date.now = trueNow;
  jest.restoreAllMocks();
  clock?.stop();
});

describe('the database\'s clock', () => {
  it('is what the database says, whatever this machine believes', async () => {
    Date.now = () => trueNow() + 36 * HOUR;
    const said = Date.UTC(2026, 9, 25, 0, 59, 59);
    clock = await DatabaseClock.start(new Database(said));
    expect(clock.now() - said).toBeGreaterThanOrEqual(-1);
    expect(clock.now() - said).toBeLessThan(HOUR);
    const before = clock.now();
    Date.now = () => trueNow() - 36 * HOUR;
    expect(clock.now()).toBeGreaterThanOrEqual(before);
    expect(clock.now() - before).toBeLessThan(HOUR);
  });

  it('follows the database, and carries on while it is away', async () => {
    const database = new Database(0);
    clock = await DatabaseClock.start(database, 1);
    database.isAway = true;
    const asked = database.asked;
    while (database.asked < asked + 3) await new Promise((again) => setTimeout(again, 1));
    expect(clock.now()).toBeGreaterThanOrEqual(0);
    expect(clock.now()).toBeLessThan(HOUR);
    database.ms = 5 * HOUR;
    database.isAway = false;
    while (clock.now() < HOUR) await new Promise((again) => setTimeout(again, 1));
    expect(clock.now()).toBeLessThan(6 * HOUR);
  });

  it('believes the answer that came fastest: one that waited would put it behind by half of that', async () => {
    let passed = 0;
    jest.spyOn(performance, 'now').mockImplementation(() => passed);
    const database = new Database(0);
    const ways = [200, 2, 300, 400, 500];
    // There, as much time passes as here; only the way back is slow.
    database.onTheWay = (answer) => {
      passed += ways[answer - 1] ?? 0;
      database.ms = passed;
    };
    clock = await DatabaseClock.start(database);
    expect(clock.now()).toBe(passed - 1);
  });
});

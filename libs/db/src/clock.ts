import type { Queryable } from './transactions.js';

/** The time, injected everywhere: the demo history runs the real use cases at past instants. */
export interface Clock {
  now(): number;
}

/** The clock of this machine. It may be wrong, and it may jump. */
export const systemClock: Clock = { now: () => Date.now() };

/** How often the database is asked: an oscillator drifts by a few milliseconds in that time. */
const EVERY_MS = 30_000;

/** Questions a look; the answer that came back fastest is believed. One alone may have waited for a busy process, and half of that is its error. */
const QUESTIONS = 5;

/**
 * The database's clock, carried on by this process's monotonic one between looks. Leases, deadlines, holds and what else one
 * process decides and another must respect are told by it: processes share a database, not a clock.
 */
export class DatabaseClock implements Clock {
  /** Database time minus monotonic time, milliseconds. */
  private ahead = 0;
  private timer: NodeJS.Timeout | undefined;

  private constructor(private readonly db: Queryable) {}

  /** Asks once before anybody may ask it. */
  static async start(db: Queryable, everyMs = EVERY_MS): Promise<DatabaseClock> {
    const clock = new DatabaseClock(db);
    await clock.look();
    // When the database is away, nothing is decided either; the monotonic clock carries on.
    clock.timer = setInterval(() => void clock.look().catch(() => undefined), everyMs);
    clock.timer.unref();
    return clock;
  }

  now(): number {
    return Math.floor(performance.now() + this.ahead);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** An answer was true somewhere between question and answer: in the middle, as far as anybody knows. */
  private async look(): Promise<void> {
    let fastest = Infinity;
    let ahead = this.ahead;
    for (let question = 0; question < QUESTIONS; question += 1) {
      const asked = performance.now();
      const [row] = await this.db.query<{ ms: number }>('select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms');
      const answered = performance.now();
      if (!row || answered - asked >= fastest) continue;
      fastest = answered - asked;
      ahead = row.ms - (asked + answered) / 2;
    }
    this.ahead = ahead;
  }
}

import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.js';

/** A wall clock for a server process, which can be wrong and can jump. Durations in that process stay true. */
export class ShiftedClock {
  /** For {@link ServerProcess}: what it loads, and its environment. */
  readonly preload = [join(ROOT, 'libs/rig/dist/preload/clock.js')];
  readonly env: Readonly<Record<string, string>>;
  private ms = 0;

  /** `file`: where its offset lies, one of its own; `zone`: an IANA time zone for the process. */
  constructor(
    private readonly file: string,
    zone = 'UTC',
  ) {
    this.env = { RIG_CLOCK: file, TZ: zone };
    this.shift(0);
  }

  /** Milliseconds by which it is fast. */
  get offset(): number {
    return this.ms;
  }

  /** From now on (within 50 ms) it is fast by so many milliseconds; negative: slow. */
  shift(ms: number): void {
    this.ms = Math.round(ms);
    writeFileSync(`${this.file}.new`, String(this.ms));
    renameSync(`${this.file}.new`, this.file);
  }

  /** From now on it is that instant there. */
  set(instant: number): void {
    this.shift(instant - Date.now());
  }
}

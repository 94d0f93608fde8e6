import type { Clock } from '@orderwatch/db';

/** A clock that somebody else moves; it never goes back. */
export class HandClock implements Clock {
  constructor(private at: number) {}

  now(): number {
    return this.at;
  }

  moveTo(at: number): void {
    this.at = Math.max(this.at, Math.round(at));
  }
}

/** Reproducible chance (Park and Miller's generator). */
export class Chance {
  constructor(private state: number) {}

  /** From 0 up to, not including, 1. */
  next(): number {
    this.state = (this.state * 48_271) % 2_147_483_647;
    return this.state / 2_147_483_647;
  }

  between(from: number, to: number): number {
    return from + this.next() * (to - from);
  }

  pick<T>(list: readonly T[]): T | undefined {
    return list[Math.floor(this.next() * list.length)];
  }
}

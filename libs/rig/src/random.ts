import { createHash } from 'node:crypto';

/** A seeded source of chance (sfc32): what a run did can be done again from its seed. */
export class Random {
  private readonly state: Int32Array;

  constructor(...labels: readonly (string | number)[]) {
    const hash = createHash('sha256').update(labels.join('\u001f')).digest();
    this.state = Int32Array.from([0, 4, 8, 12], (at) => hash.readInt32LE(at));
  }

  /** A number in [0, 1). */
  next(): number {
    const [a = 0, b = 0, c = 0, d = 0] = this.state;
    const t = (a + b + d) | 0;
    this.state.set([b ^ (b >>> 9), (c + (c << 3)) | 0, (((c << 21) | (c >>> 11)) + t) | 0, (d + 1) | 0]);
    return (t >>> 0) / 4294967296;
  }

  /** A whole number in [0, below). */
  below(below: number): number {
    return Math.floor(this.next() * below);
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }

  /** The same items in another order. */
  shuffle<T>(items: readonly T[]): T[] {
    const shuffled = [...items];
    for (let i = shuffled.length - 1; i > 0; i -= 1) {
      const j = this.below(i + 1);
      [shuffled[i], shuffled[j]] = [shuffled[j] as T, shuffled[i] as T];
    }
    return shuffled;
  }
}

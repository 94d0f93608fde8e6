import { createHash } from 'node:crypto';

/** A seeded source of chance (sfc32). The same labels give the same numbers on every machine, so a demo can be repeated to the byte. */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private d: number;

  constructor(...labels: readonly (string | number)[]) {
    const hash = createHash('sha256').update(labels.join('\u001f')).digest();
    this.a = hash.readUInt32LE(0);
    this.b = hash.readUInt32LE(4);
    this.c = hash.readUInt32LE(8);
    this.d = hash.readUInt32LE(12);
  }

  /** A number in [0, 1). */
  next(): number {
    const t = (((this.a + this.b) | 0) + this.d) | 0;
    this.d = (this.d + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + t) | 0;
    return (t >>> 0) / 4294967296;
  }

  /** A number in [low, high). */
  between(low: number, high: number): number {
    return low + this.next() * (high - low);
  }

  /** A whole number in [low, high]. */
  int(low: number, high: number): number {
    return Math.floor(this.between(low, high + 1));
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.int(0, items.length - 1)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }

  /** Picks by weight; weights need not add up to anything. */
  weighted<T extends { readonly weight: number }>(items: readonly T[]): T {
    let left = this.next() * items.reduce((sum, item) => sum + item.weight, 0);
    for (const item of items) {
      left -= item.weight;
      if (left < 0) return item;
    }
    return this.pick(items);
  }

  digits(count: number): string {
    let text = '';
    for (let i = 0; i < count; i += 1) text += String(this.int(i === 0 ? 1 : 0, 9));
    return text;
  }
}

/** A 64-bit id beyond 2^53, as Shopify's are, derived from what it names. */
export function longId(...labels: readonly string[]): string {
  const hash = createHash('sha256').update(labels.join('\u001f')).digest();
  return (1_000_000_000_000_000_001n + (hash.readBigUInt64LE(0) % 8_000_000_000_000_000_000n)).toString();
}

/** A UUID derived from what it names, so that a retry carries the id of the first try. */
export function stableUuid(...labels: readonly string[]): string {
  const hex = createHash('sha256').update(labels.join('\u001f')).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Hex digits derived from what they name, for vendors' opaque ids. */
export function stableHex(length: number, ...labels: readonly string[]): string {
  return createHash('sha256').update(labels.join('\u001f')).digest('hex').slice(0, length);
}

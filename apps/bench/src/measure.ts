/** One figure of one run: ours or the floor's. */
export interface Sample {
  readonly value: number;
  /** CPU milliseconds per event (or per request) of the server and of PostgreSQL together, where it was taken. */
  readonly cpuMsPerEvent?: number;
}

/** One line of the table. */
export interface Line {
  /** `B1`, or `B4 P99 open loop` where a measure has several lines. */
  readonly name: string;
  readonly unit: string;
  /** What the ratio is of: ours / floor. */
  readonly better: 'higher' | 'lower';
  readonly must: number | null;
  readonly aim: number | null;
  readonly ours: readonly Sample[];
  readonly floor: readonly Sample[];
  /** Set when the limit is one of ours itself and not of the ratio (B6, B12). */
  readonly absolute?: boolean;
  /** What a reader has to know of this line: what was left out, what the floor is. */
  readonly note?: string;
}

/** One measure: everything it needs it starts itself, and ends again. */
export interface Measure {
  /** `B1` … `B13`, and `UI`. */
  readonly id: string;
  readonly title: string;
  run(options: MeasureOptions): Promise<readonly Line[]>;
}

export interface MeasureOptions {
  /** Alternating pairs; the ratio of a line is the median of the pairs' ratios. */
  readonly pairs: number;
  /** Shorter runs on less data: to see that a measure works, not to quote it. */
  readonly isQuick: boolean;
  /** One line of progress. */
  readonly say: (text: string) => void;
}

/** Runs both sides in alternation, and swaps who begins, so that drift of the machine falls on both. */
export async function alternate<T>(pairs: number, ours: () => Promise<T>, floor: () => Promise<T>): Promise<{ readonly ours: readonly T[]; readonly floor: readonly T[] }> {
  const results: { ours: T[]; floor: T[] } = { ours: [], floor: [] };
  for (let pair = 0; pair < pairs; pair += 1) {
    const sides = pair % 2 === 0 ? (['floor', 'ours'] as const) : (['ours', 'floor'] as const);
    for (const side of sides) results[side].push(await (side === 'ours' ? ours() : floor()));
  }
  return results;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = Number.NaN, high = Number.NaN] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return (low + high) / 2;
}

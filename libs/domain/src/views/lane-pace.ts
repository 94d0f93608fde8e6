/** From one scan of a parcel to its next: what the earlier one said, and how long it took. */
export interface ScanGap {
  readonly carrier: string;
  readonly facility: string | null;
  /** Shipment status after the earlier scan: the leg of the way. */
  readonly status: string;
  /** Milliseconds. */
  readonly gap: number;
}

/** How long parcels usually wait there for their next scan, in milliseconds. */
export interface UsualPace {
  readonly p50: number;
  readonly p90: number;
  /** Gaps it rests on. */
  readonly scans: number;
  /** What they have in common: carrier, place and leg; carrier and leg; or the carrier alone, when too few were seen nearer by. */
  readonly of: 'lane' | 'leg' | 'carrier';
}

/** Fewer gaps than this say nothing of what is usual. */
export const ENOUGH_GAPS = 20;

type Lane = Omit<ScanGap, 'gap'>;

const LEVELS = ['lane', 'leg', 'carrier'] as const;
const keyOf = (of: UsualPace['of'], { carrier, facility, status }: Lane): string => JSON.stringify({ lane: [carrier, facility, status], leg: [carrier, status], carrier: [carrier] }[of]);

/** The smallest value that at least that share of them does not exceed. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/** Answers from gaps that were seen what is usual, from the nearest of its surroundings of which enough is known. */
export function usualPaces(gaps: readonly ScanGap[]): (lane: Lane) => UsualPace | null {
  const levels = LEVELS.map((of) => {
    const known = new Map<string, number[]>();
    for (const gap of gaps) {
      const key = keyOf(of, gap);
      const list = known.get(key);
      if (list) list.push(gap.gap);
      else known.set(key, [gap.gap]);
    }
    const paces = new Map<string, UsualPace>();
    for (const [key, list] of known) {
      if (list.length < ENOUGH_GAPS) continue;
      list.sort((a, b) => a - b);
      paces.set(key, { p50: quantile(list, 0.5), p90: quantile(list, 0.9), scans: list.length, of });
    }
    return { of, paces };
  });
  return (lane) => {
    for (const { of, paces } of levels) {
      const pace = paces.get(keyOf(of, lane));
      if (pace) return pace;
    }
    return null;
  };
}

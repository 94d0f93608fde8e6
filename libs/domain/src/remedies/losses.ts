import type { Remedy, RemedyLine, RemedyState } from './remedy.js';

const HOLDING: ReadonlySet<RemedyState> = new Set(['proposed', 'approved', 'executing', 'needs_human']);

/** Whether a remedy in this state keeps others from starting for the same loss. What was carried out is in the ledger instead. */
export function holdsLosses(state: RemedyState): boolean {
  return HOLDING.has(state);
}

/** What the remedy makes good, as keys of which each belongs to one open remedy of the order: its lines, and its kind for what names none. */
export function lossesOf({ kind }: Pick<Remedy, 'kind'>, lines: readonly RemedyLine[]): string[] {
  return [`kind:${kind}`, ...[...new Set(lines.map((line) => line.lineId))].sort().map((id) => `line:${id}`)];
}

import type { OrderState } from '../order/state.js';
import { contradictionEntries, expectedEntries, silenceEntries } from './timeline-gaps.js';
import { eventEntries } from './timeline-events.js';
import { entry, type TimelineEntry } from './timeline-entry.js';
import { historyEntries, remedyEntries, type HistoryView, type RemedyStep } from './timeline-people.js';
import type { ToldFact, ViewContext } from './view-context.js';

export interface TimelineInput {
  readonly heard: readonly ToldFact[];
  readonly history: readonly HistoryView[];
  readonly remedies: readonly RemedyStep[];
}

/** This many routine scans in a row, with nothing else on their lane between them, become one row. */
export const FOLD_FROM = 4;

/** Everything that happened, did not happen, should happen, and contradicts itself; newest first. */
export function timeline(state: OrderState, input: TimelineInput, context: ViewContext): TimelineEntry[] {
  const contradictions = contradictionEntries(state, input.heard, context);
  const told = new Set(contradictions.map((c) => c.id));
  // The customer's word stands in the contradiction; a second row would say it twice.
  const events = eventEntries(state, input.heard, context).filter((e) => !told.has(`contradiction:${e.id}`));
  const confirmed = new Set(input.heard.flatMap(({ fact }) => (fact.type === 'remedy.executed' ? [fact.data.remedyId] : [])));
  const steps = input.remedies.filter((s) => s.step !== 'confirmed' || !confirmed.has(s.remedyId));
  const rows = [
    ...events, ...contradictions, ...silenceEntries(state, events, context), ...expectedEntries(state, context),
    ...historyEntries(input.history), ...remedyEntries(steps),
  ];
  rows.sort(newestFirst);
  return foldRoutine(rows);
}

/** At one instant: what is expected above what is, the silence above what broke it; then by id, so that every answer is alike. */
const STANDING: Readonly<Record<string, number>> = { expected: 0, silence: 1, contradiction: 2 };

/** Acts of one instant stand in the order they were done, which their running number tells. */
function laterAct(a: string, b: string): number {
  const [x, y] = [a, b].map((id) => (id.startsWith('history:') ? Number(id.slice(8)) : Number.NaN));
  return x === undefined || y === undefined || Number.isNaN(x) || Number.isNaN(y) ? 0 : y - x;
}

function newestFirst(a: TimelineEntry, b: TimelineEntry): number {
  return b.sortAt - a.sortAt || (STANDING[a.kind] ?? 3) - (STANDING[b.kind] ?? 3) || laterAct(a.id, b.id) || (a.id < b.id ? -1 : 1);
}

/** Folds runs of routine rows, lane by lane. The newest row of a lane stays: it is what is true now. */
export function foldRoutine(rows: readonly TimelineEntry[]): TimelineEntry[] {
  const runs: TimelineEntry[][] = [];
  const open = new Map<string, TimelineEntry[]>();
  const seen = new Set<string>();
  for (const row of rows) {
    const foldable = row.routine && row.kind === 'event' && !row.future && seen.has(row.lane);
    if (row.kind === 'event') seen.add(row.lane);
    const run = open.get(row.lane);
    if (!foldable) open.delete(row.lane);
    else if (run) run.push(row);
    else {
      const started = [row];
      open.set(row.lane, started);
      runs.push(started);
    }
  }
  const folded = new Map<TimelineEntry, TimelineEntry | null>();
  for (const run of runs.filter((r) => r.length >= FOLD_FROM)) {
    const newest = run[0];
    const oldest = run.at(-1);
    if (!newest || !oldest) continue;
    for (const row of run) folded.set(row, null);
    folded.set(newest, foldOf(run, newest, oldest));
  }
  return rows.flatMap((row) => {
    const fold = folded.get(row);
    return fold === undefined ? [row] : fold === null ? [] : [fold];
  });
}

function foldOf(run: readonly TimelineEntry[], newest: TimelineEntry, oldest: TimelineEntry): TimelineEntry {
  const place = (row: TimelineEntry): string | undefined => row.title.split(', ')[1];
  const [from, to] = [place(oldest), place(newest)];
  const scans = run.every((r) => r.tone === 'movement') ? 'routine scans' : 'routine news';
  const way = from !== undefined && to !== undefined && from !== to ? `, ${from} to ${to}` : '';
  return entry({
    id: `fold:${oldest.id}`, kind: 'folded', at: oldest.at, untilAt: newest.at, sortAt: newest.sortAt, lane: newest.lane, title: `${run.length} ${scans}${way}`,
    count: run.length, folded: run, source: newest.source, sourceLabel: newest.sourceLabel,
  });
}

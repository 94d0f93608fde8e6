import { type Line, median, type Sample } from './measure.js';

/** What is printed and kept of a line. */
export interface Row {
  readonly name: string;
  readonly unit: string;
  readonly ours: number;
  readonly floor: number | null;
  readonly ratio: number;
  /** Lowest and highest ratio of a pair. */
  readonly spread: readonly [number, number];
  readonly must: number | null;
  readonly aim: number | null;
  readonly verdict: 'aim' | 'must' | 'missed' | 'no limit';
  readonly cpuMsPerEvent: number | null;
  readonly floorCpuMsPerEvent: number | null;
  readonly note: string | null;
}

const cpu = (samples: readonly Sample[]): number | null => {
  const known = samples.flatMap((sample) => (sample.cpuMsPerEvent === undefined ? [] : [sample.cpuMsPerEvent]));
  return known.length > 0 ? median(known) : null;
};

export function rowOf(line: Line): Row {
  const ratios = line.absolute ? line.ours.map((sample) => sample.value) : line.ours.map((sample, i) => sample.value / (line.floor[i]?.value ?? Number.NaN));
  const ratio = median(ratios);
  const holds = (limit: number | null): boolean => limit !== null && (line.better === 'higher' ? ratio >= limit : ratio <= limit);
  const verdict = line.must === null && line.aim === null ? 'no limit' : holds(line.aim) ? 'aim' : holds(line.must) ? 'must' : 'missed';
  return {
    name: line.name, unit: line.unit, ours: median(line.ours.map((s) => s.value)), floor: line.floor.length > 0 ? median(line.floor.map((s) => s.value)) : null, ratio, spread: [Math.min(...ratios), Math.max(...ratios)],
    must: line.must, aim: line.aim, verdict, cpuMsPerEvent: cpu(line.ours), floorCpuMsPerEvent: cpu(line.floor), note: line.note ?? null,
  };
}

const number = (value: number | null): string => {
  if (value === null || Number.isNaN(value)) return '–';
  if (value >= 1000) return value.toLocaleString('en', { maximumFractionDigits: 0 });
  return value.toLocaleString('en', { maximumSignificantDigits: 3 });
};

const HEAD = ['line', 'unit', 'ours', 'floor', 'ratio', 'spread', 'must', 'aim', 'holds', 'CPU ms/ev', 'floor'];

/** A table for a terminal. */
export function table(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.name, row.unit, number(row.ours), number(row.floor), number(row.ratio), `${number(row.spread[0])}…${number(row.spread[1])}`, number(row.must), number(row.aim), row.verdict, number(row.cpuMsPerEvent), number(row.floorCpuMsPerEvent),
  ]);
  const widths = HEAD.map((head, i) => Math.max(head.length, ...cells.map((row) => row[i]?.length ?? 0)));
  const line = (row: readonly string[]): string => row.map((cell, i) => (i < 2 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ').trimEnd();
  const notes = rows.flatMap((row) => (row.note ? [`  ${row.name}: ${row.note}`] : []));
  return [line(HEAD), ...cells.map(line), ...(notes.length > 0 ? ['', ...notes] : [])].join('\n');
}

import type { Tone } from '@orderwatch/ui';
import { formatDuration } from '@orderwatch/ui';
import { carrierName } from '../../shared/carriers';
import { plural } from '../../shared/format';
import type { DeadLetterGroup, ReplayResult, Source } from './api';

interface StateLook {
  label: string;
  /** Undefined: normal, drawn quietly. */
  tone: Tone | undefined;
  /** What needs a person stands first. */
  rank: number;
}

const looks: Readonly<Record<string, StateLook>> = {
  silent: { label: 'Silent', tone: 'red', rank: 0 },
  failing: { label: 'Failing', tone: 'red', rank: 1 },
  late: { label: 'Late', tone: 'amber', rank: 2 },
  unknown: { label: 'Unknown', tone: 'neutral', rank: 3 },
  paused: { label: 'Paused', tone: 'line', rank: 4 },
  ok: { label: 'OK', tone: undefined, rank: 5 },
};

/** A state this screen does not know is not called good. */
export const stateLook = (state: string): StateLook => looks[state] ?? { label: state, tone: 'neutral', rank: 3 };

export const bySeverity = (sources: readonly Source[]): Source[] => [...sources].sort((a, b) => stateLook(a.state).rank - stateLook(b.state).rank || a.label.localeCompare(b.label));

/** What follows from the sources' state, under the sentence. */
export const consequence = (sources: readonly Source[], groups: readonly DeadLetterGroup[]): string => {
  const held = sources.reduce((n, source) => n + source.ordersHeld, 0);
  const dead = groups.reduce((n, group) => n + group.letters, 0);
  const silent = sources.filter((source) => source.state === 'silent' || source.state === 'late').map((source) => source.label);
  const parts = [
    held > 0 ? `${plural(held, 'order')} show${held === 1 ? 's' : ''} “unknown, feed late”; the rules that depend on ${silent.join(', ') || 'them'} hold.` : '',
    dead > 0 ? `${plural(dead, 'delivery', 'deliveries')} could not be understood and ${dead === 1 ? 'is' : 'are'} kept for replay.` : '',
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(' ') : 'No rule holds and nothing waits for replay.';
};

const short = (seconds: number): string => (seconds < 60 ? `${Math.round(seconds)}` : formatDuration(seconds * 1000).replace(/ (min|h|d).*$/, ''));

/** "4 / 11 min": two figures under one unit, that of the larger. */
export const lagText = (p50: number | null, p95: number | null): string => {
  if (p50 === null || p95 === null) return '–';
  if (p95 < 60) return `${short(p50)} / ${short(p95)} s`;
  if (p95 < 3600) return `${Math.round(p50 / 60)} / ${Math.round(p95 / 60)} min`;
  if (p95 < 86_400) return `${formatDuration(p50 * 1000)} / ${formatDuration(p95 * 1000)}`;
  return `${(p50 / 86_400).toFixed(p50 < 10 * 86_400 ? 1 : 0)} / ${(p95 / 86_400).toFixed(p95 < 10 * 86_400 ? 1 : 0)} d`;
};

/** Causes are names of ours ("not_json") or sentences of the reader; both are shown as words. */
export const causeWords = (cause: string): string => (/^[a-z0-9_]+$/.test(cause) ? cause.replaceAll('_', ' ').replace(/^./, (c) => c.toUpperCase()).replace('json', 'JSON') : cause);

/** "royal_mail:RM1GB" → "Royal Mail RM1GB". */
export const handleWords = (handle: string): string => {
  const colon = handle.indexOf(':');
  return colon < 0 ? handle : `${carrierName(handle.slice(0, colon))} ${handle.slice(colon + 1)}`;
};

/** "in_transit/departed_facility" → "In transit, departed facility". */
export const codeWords = (code: string): string => code.replaceAll('_', ' ').replaceAll('/', ', ').replace(/^./, (c) => c.toUpperCase());

export const keyOf = (group: Pick<DeadLetterGroup, 'connection' | 'cause'>): string => `${group.connection} ${group.cause}`;

/** Shares of a replay's outcome for the bar, largest figures first in meaning: changes, nothing to do, still failing. */
export const replayParts = (result: ReplayResult): { id: string; n: number; text: string }[] => [
  { id: 'change', n: result.wouldChange, text: result.dryRun ? 'would change state' : 'changed state' },
  { id: 'applied', n: result.alreadyApplied, text: 'already applied' },
  { id: 'fail', n: result.stillFail, text: result.stillFail === 1 ? 'still fails' : 'still fail' },
];

import { formatDuration, type Tone } from '@orderwatch/ui';
import { carrierName } from '../../shared/carriers';
import { listText } from '../../shared/format';
import { t } from '../../shared/i18n';
import { unitWords } from '../../shared/unit-words';
import type { DeadLetterGroup, ReplayResult, Source } from './api';

interface Look {
  /** Undefined: normal, drawn quietly. */
  tone: Tone | undefined;
  /** What needs a person stands first. */
  rank: number;
}

const looks = {
  silent: { tone: 'red', rank: 0 },
  failing: { tone: 'red', rank: 1 },
  late: { tone: 'amber', rank: 2 },
  unknown: { tone: 'neutral', rank: 3 },
  paused: { tone: 'line', rank: 4 },
  ok: { tone: undefined, rank: 5 },
} as const satisfies Readonly<Record<string, Look>>;

const isKnown = (state: string): state is keyof typeof looks => Object.hasOwn(looks, state);

/** A state this screen does not know is not called good. */
export const stateLook = (state: string): Look & { label: string } => (isKnown(state) ? { ...looks[state], label: t(`health:state.${state}`) } : { label: state, tone: 'neutral', rank: 3 });

export const bySeverity = (sources: readonly Source[]): Source[] => [...sources].sort((a, b) => stateLook(a.state).rank - stateLook(b.state).rank || a.label.localeCompare(b.label));

/** What follows from the sources' state, under the sentence. */
export const consequence = (sources: readonly Source[], groups: readonly DeadLetterGroup[]): string => {
  const held = sources.reduce((n, source) => n + source.ordersHeld, 0);
  const dead = groups.reduce((n, group) => n + group.letters, 0);
  const silent = sources.filter((source) => source.state === 'silent' || source.state === 'late').map((source) => source.label);
  const parts = [
    held === 0 ? '' : silent.length > 0 ? t('health:then.held', { count: held, sources: listText(silent) }) : t('health:then.heldSome', { count: held }),
    dead > 0 ? t('health:then.dead', { count: dead }) : '',
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(' ') : t('health:then.nothing');
};

const short = (seconds: number): string => String(Math.round(seconds));

/** "4 / 11 min": two figures under one unit, that of the larger. */
export const lagText = (p50: number | null, p95: number | null): string => {
  if (p50 === null || p95 === null) return '–';
  if (p95 < 60) return t('health:two.seconds', { p50: short(p50), p95: short(p95) });
  if (p95 < 3600) return t('health:two.minutes', { p50: Math.round(p50 / 60), p95: Math.round(p95 / 60) });
  if (p95 < 86_400) return `${formatDuration(p50 * 1000, unitWords())} / ${formatDuration(p95 * 1000, unitWords())}`;
  const days = (seconds: number): string => (seconds / 86_400).toFixed(seconds < 10 * 86_400 ? 1 : 0);
  return t('health:two.days', { p50: days(p50), p95: days(p95) });
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
  { id: 'change', n: result.wouldChange, text: result.dryRun ? t('health:part.wouldChange') : t('health:part.changed') },
  { id: 'applied', n: result.alreadyApplied, text: t('health:part.applied') },
  { id: 'fail', n: result.stillFail, text: t('health:part.fail', { count: result.stillFail }) },
];

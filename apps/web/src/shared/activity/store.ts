import { useSyncExternalStore } from 'react';
import { announce } from '../announce';
import { t } from '../i18n';
import { undoOnServer } from './undo';
import { keepForSession, keptForSession } from './kept';
import type { Activity, ActivityReport, UndoOutcome } from './types';

/** More than a day's acts of one person; the oldest go first, failures last. */
const KEPT = 200;

let entries: readonly Activity[] = keptForSession();
const undoing = new Set<string>();
/** Own acts that were sent and have no answer yet, with when, the last at the end; of these, what is to be undone once it has one. */
const begun = new Map<string, number>();
const undoneLater = new Set<string>();
const listeners = new Set<() => void>();

let last = 0;

/** Now, and never the same twice. */
const instant = (): number => {
  last = Math.max(Date.now(), last + 1);
  return last;
};

const set = (next: readonly Activity[]): void => {
  entries = next;
  keepForSession(entries);
  for (const listener of listeners) listener();
};

const shortened = (all: readonly Activity[]): readonly Activity[] => {
  if (all.length <= KEPT) return all;
  const oldest = all.findLastIndex((entry) => entry.result.state === 'done' || entry.result.state === 'undone');
  return all.filter((_, i) => i !== (oldest < 0 ? all.length - 1 : oldest));
};

/** The sentence that is said for a report; nothing while a job is on its way. */
const sentence = ({ what, undo, result }: ActivityReport): string | undefined => {
  if (result.state === 'running') return undefined;
  if (result.state === 'failed') return result.message ? `${what}: ${result.message}` : what;
  return undo !== undefined && result.state === 'done' ? t('frame:activity.saidWithUndo', { what }) : what;
};

/** An own act is on its way: until it is reported or ended, it is the one that undoing means. */
export const begin = (mutationId: string): void => void begun.set(mutationId, instant());

/** An own act is over, whether or not there was something to report. */
export const end = (mutationId: string): void => {
  begun.delete(mutationId);
  undoneLater.delete(mutationId);
};

/** Where it stands by when it was done: answers overtake each other, and the last act is the one that was done last. */
const placed = (next: Activity): readonly Activity[] => {
  const place = entries.findIndex(({ at }) => at <= next.at);
  return place < 0 ? [...entries, next] : entries.toSpliced(place, 0, next);
};

/** Reports an own act and says its result: the one message that it is worth. The newest stands first. */
export const record = (report: ActivityReport): void => {
  const { isSilent = false, ...entry } = report;
  const before = entries.find((each) => each.mutationId === report.mutationId);
  const next: Activity = { ...before, ...entry, at: before?.at ?? begun.get(report.mutationId) ?? instant() };
  set(before ? entries.map((each) => (each === before ? next : each)) : shortened(placed(next)));
  const said = isSilent ? undefined : sentence(report);
  if (said !== undefined) announce(said, report.result.state === 'failed' ? 'assertive' : 'polite');
  if (report.result.state === 'running') return;
  begun.delete(report.mutationId);
  if (undoneLater.delete(report.mutationId)) void undo(next);
};

export const canUndo = (entry: Activity): boolean => entry.undo !== undefined && entry.result.state === 'done' && !undoing.has(entry.mutationId);

const attempt = async (entry: Activity): Promise<UndoOutcome> => {
  try {
    return await (typeof entry.undo === 'function' ? entry.undo() : undoOnServer(entry.mutationId));
  } catch (error) {
    return { isUndone: false, message: error instanceof Error ? error.message : undefined };
  }
};

/** Undoes one act. What cannot be undone any more says why and offers it no longer. */
export const undo = async (entry: Activity): Promise<void> => {
  if (!canUndo(entry)) return;
  undoing.add(entry.mutationId);
  const { isUndone, message } = await attempt(entry);
  undoing.delete(entry.mutationId);
  const { undo: _undo, ...rest } = entry;
  if (isUndone) record({ ...rest, undo: undefined, result: { state: 'undone', message }, isSilent: true });
  else record({ ...rest, undo: undefined, result: { ...entry.result, message: message ?? t('frame:activity.notUndone') }, isSilent: true });
  if (isUndone) announce(t('frame:activity.saidUndone', { what: entry.what }));
  else announce(t('frame:activity.saidNotUndone', { what: entry.what, why: message ?? '' }), 'assertive');
};

export const undoable = (): Activity | undefined => entries.find(canUndo);

/** Undoes the last own act that can be; one that has no answer yet as soon as it has. */
export const undoLast = (): void => {
  const onItsWay = [...begun.keys()].at(-1);
  if (onItsWay !== undefined) {
    undoneLater.add(onItsWay);
    return;
  }
  const entry = undoable();
  if (entry) void undo(entry);
  else announce(t('frame:activity.nothingToUndo'));
};

export const dismiss = (mutationId: string): void => set(entries.filter((entry) => entry.mutationId !== mutationId));

/** Everything that is over and did not fail. */
export const dismissDone = (): void => set(entries.filter((entry) => entry.result.state === 'failed' || entry.result.state === 'running'));

/** Another person's session begins: nothing of the former one's is left. */
export const forgetActivity = (): void => {
  begun.clear();
  undoneLater.clear();
  set([]);
};

export const activity = (): readonly Activity[] => entries;

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useActivity = (): readonly Activity[] => useSyncExternalStore(subscribe, activity);

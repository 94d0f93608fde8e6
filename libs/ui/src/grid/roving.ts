import { moveTo } from './anchoring';

/** Where the keyboard is: on a line, or on one of the stops (cells and their controls) inside it. */
export interface RovingState {
  lineAt: number;
  lineCount: number;
  /** Null while the line itself has the keyboard. */
  stopAt: number | null;
  stopCount: number;
  /** Lines in a page. */
  page: number;
  /** Undefined on a row. */
  isGroupOpen?: boolean | undefined;
  /** The head above this line, if it is in a group. */
  parentAt?: number | undefined;
  isRtl?: boolean | undefined;
}

export type RovingMove = { to: 'line'; index: number } | { to: 'stop'; index: number } | { to: 'toggle' };

const line = (index: number): RovingMove => ({ to: 'line', index });
const stop = (index: number): RovingMove => ({ to: 'stop', index });

const sideways = (isForward: boolean, { lineAt, stopAt, stopCount, isGroupOpen, parentAt }: RovingState): RovingMove | undefined => {
  if (stopAt !== null) {
    const next = stopAt + (isForward ? 1 : -1);
    return next < 0 ? line(lineAt) : stop(Math.min(next, stopCount - 1));
  }
  if (isForward) {
    if (isGroupOpen === false) return { to: 'toggle' };
    return stopCount > 0 ? stop(0) : undefined;
  }
  if (isGroupOpen === true) return { to: 'toggle' };
  return parentAt === undefined ? undefined : line(parentAt);
};

/**
 * What a key does to the place of the keyboard; undefined when it does nothing. Rows come first: right goes into the cells and left comes
 * back out; in a tree left also closes a head or goes up to it.
 */
export const rove = (key: string, state: RovingState): RovingMove | undefined => {
  const { lineAt, lineCount, stopAt, stopCount, page } = state;
  if (key === 'ArrowRight' || key === 'ArrowLeft') {
    if (lineAt < 0) return undefined;
    return sideways((key === 'ArrowRight') !== (state.isRtl ?? false), state);
  }
  if (stopAt !== null) {
    if (key === 'Home') return stop(0);
    if (key === 'End') return stop(stopCount - 1);
    if (key === 'Escape') return line(lineAt);
  }
  const to = moveTo(key, lineAt, lineCount, page);
  return to === undefined ? undefined : line(to);
};

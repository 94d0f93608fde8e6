import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** Below this many lines all are in the document, so that find-in-page, print and assistive technology see them. */
export const ALL_DRAWN = 200;

/** Lines drawn beyond what can be seen, on either side. */
const BEYOND = 8;
/** The window moves in steps of so many lines: scrolling renders seldom. */
const STEP = 4;

interface WindowOptions {
  count: number;
  /** Pixels. */
  rowHeight: number;
  /** Pixels of the scroller that are not for rows. */
  headHeight: number;
  roomAbove: number;
  /** A line that is never taken out of the document: the one with the keyboard. */
  keepAt: number;
  /** The heads of groups above a line, which stay in sight with it. */
  headsOf: (index: number) => readonly number[];
  scroller: RefObject<HTMLElement | null>;
}

interface Shown {
  first: number;
  /** Lines that fit on the screen. */
  fits: number;
}

export interface GridWindow {
  /** The list is short enough for all of it to be in the document; what is out of sight follows by and by. */
  isAll: boolean;
  /** Lines to draw. */
  indices: readonly number[];
  /** Whether a line is in sight, or a few lines from it. */
  isNear: (index: number) => boolean;
  /** The last line that can be seen, or is just out of sight. */
  lastSeen: number;
  /** Draws for the scroller's position at once, after it was moved by us: the browser's own event comes a frame too late. */
  sync: () => void;
}

/** So many lines out of sight come into the document, or leave it, at a time: each time a small part of a frame. */
const PART = 16;
/** They come when nothing else is to be done, and after so many milliseconds in any case. */
const AT_LATEST_MS = 250;

const whenIdle = (run: () => void): (() => void) => {
  if (typeof requestIdleCallback !== 'function') {
    const timer = setTimeout(run, PART);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(run, { timeout: AT_LATEST_MS });
  return () => cancelIdleCallback(handle);
};

/** How many lines from the top are in the document besides those in sight. It follows what is wanted in small parts. */
const useDrawnByParts = (wanted: number): number => {
  const [drawn, setDrawn] = useState(0);
  useEffect(() => {
    if (drawn === wanted) return;
    return whenIdle(() => setDrawn(drawn < wanted ? Math.min(wanted, drawn + PART) : Math.max(wanted, drawn - PART)));
  }, [drawn, wanted]);
  return drawn;
};

const range = (from: number, to: number): number[] => Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);

/** Which lines of a long list are in the document. All lines have one height, so that nothing has to be measured. */
export const useWindow = ({ count, rowHeight, headHeight, roomAbove, keepAt, headsOf, scroller }: WindowOptions): GridWindow => {
  const [shown, setShown] = useState<Shown>({ first: 0, fits: 24 });
  /** Where the list stood, in rows of the height it had. */
  const stood = useRef({ rowHeight, rows: 0 });
  const sync = useCallback(() => {
    const view = scroller.current;
    if (!view) return;
    stood.current = { rowHeight, rows: (view.scrollTop - roomAbove) / rowHeight };
    const first = Math.max(0, Math.floor((view.scrollTop - roomAbove) / rowHeight / STEP) * STEP);
    const fits = Math.max(1, Math.ceil((view.clientHeight - headHeight) / rowHeight));
    setShown((old) => (old.first === first && old.fits === fits ? old : { first, fits }));
  }, [scroller, roomAbove, rowHeight, headHeight]);
  // Other heights, the same rows on the screen.
  useLayoutEffect(() => {
    if (stood.current.rowHeight !== rowHeight && scroller.current) scroller.current.scrollTop = roomAbove + stood.current.rows * rowHeight;
  }, [scroller, roomAbove, rowHeight]);
  useLayoutEffect(sync, [sync]);
  useEffect(() => {
    const view = scroller.current;
    if (!view) return;
    const observer = new ResizeObserver(sync);
    observer.observe(view);
    view.addEventListener('scroll', sync, { passive: true });
    return () => {
      observer.disconnect();
      view.removeEventListener('scroll', sync);
    };
  }, [scroller, sync]);

  const isAll = count <= ALL_DRAWN;
  const fromTop = Math.min(count, useDrawnByParts(isAll ? count : 0));
  const lastSeen = Math.min(count - 1, shown.first + shown.fits + STEP);
  const from = Math.max(0, Math.min(shown.first, count - shown.fits) - BEYOND);
  const to = Math.min(count, shown.first + shown.fits + STEP + BEYOND);
  const isNear = (index: number): boolean => index >= shown.first && index < shown.first + shown.fits + STEP;
  if (fromTop === count) return { isAll, indices: range(0, count), isNear, lastSeen, sync };
  const kept = [...headsOf(from), keepAt].filter((index) => index >= 0 && index < count);
  const indices = [...new Set([...range(0, fromTop), ...kept, ...range(from, to)])].sort((a, b) => a - b);
  return { isAll, indices, isNear, lastSeen, sync };
};

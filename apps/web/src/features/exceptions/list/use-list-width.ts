import { useState } from 'react';

/** Widths of the list beside an open panel and without one, pixels; zero: not measured yet. */
interface Widths {
  measured: number;
  beside: number;
  alone: number;
}

/** A measurement counts for what is on the screen now; when it is another one than before, the window or the panel has another width, too. */
export const measuredNow = (before: Widths, measured: number, isBeside: boolean): Widths => {
  const which = isBeside ? 'beside' : 'alone';
  const isAnother = before[which] !== 0 && before[which] !== measured;
  return { ...(isAnother ? { beside: 0, alone: 0 } : before), measured, [which]: measured };
};

/**
 * The width of the list, as it will be once it is laid out: the browser tells it a frame after the panel beside it has come or gone, and the
 * columns would be laid out twice.
 */
export const useListWidth = (measured: number, isBeside: boolean): number => {
  const [widths, setWidths] = useState<Widths>({ measured: 0, beside: 0, alone: 0 });
  const now = measured === widths.measured ? widths : measuredNow(widths, measured, isBeside);
  if (now !== widths) setWidths(now);
  return (isBeside ? now.beside : now.alone) || measured;
};

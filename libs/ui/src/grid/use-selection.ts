import { useCallback, useEffect, useRef } from 'react';
import { rangeSelected, toggled, toggledAll, type Selection } from './selection';

interface SelectionOptions {
  selectedIds: Selection | undefined;
  onSelectedChange: ((ids: Selection) => void) | undefined;
  /** Rows as they are shown, without those folded away. */
  shown: readonly string[];
  goneIds: ReadonlySet<string> | undefined;
}

const nothing: Selection = new Set();

export interface GridSelection {
  toggle: (id: string) => void;
  toggleMany: (ids: readonly string[]) => void;
  /** From the row where the range began, or `from` when none has, to a row. */
  extend: (from: string, to: string) => void;
  selectShown: () => void;
  /** Forgets where a range began. */
  endRange: () => void;
}

/** The acts of selection. Their identity never changes, so that rows do not render for them. */
export const useSelection = (options: SelectionOptions): GridSelection => {
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  const began = useRef<{ from: string; base: Selection } | null>(null);
  const canSelect = useCallback((id: string): boolean => !latest.current.goneIds?.has(id), []);
  const endRange = useCallback(() => {
    began.current = null;
  }, []);
  const toggle = useCallback((id: string) => {
    const { selectedIds = nothing, onSelectedChange } = latest.current;
    began.current = null;
    if (canSelect(id) || selectedIds.has(id)) onSelectedChange?.(toggled(selectedIds, id));
  }, [canSelect]);
  const toggleMany = useCallback((ids: readonly string[]) => {
    const { selectedIds = nothing, onSelectedChange } = latest.current;
    began.current = null;
    onSelectedChange?.(toggledAll(selectedIds, ids.filter(canSelect)));
  }, [canSelect]);
  const extend = useCallback((from: string, to: string) => {
    const { selectedIds = nothing, onSelectedChange, shown } = latest.current;
    began.current ??= { from: shown.includes(from) ? from : to, base: selectedIds };
    onSelectedChange?.(rangeSelected({ ...began.current, order: shown, to, canSelect }));
  }, [canSelect]);
  const selectShown = useCallback(() => {
    const { selectedIds = nothing, onSelectedChange, shown } = latest.current;
    began.current = null;
    onSelectedChange?.(new Set([...selectedIds, ...shown.filter(canSelect)]));
  }, [canSelect]);
  return { toggle, toggleMany, extend, selectShown, endRange };
};

import { useState } from 'react';
import type { GridGrouping } from './queue-grid.types';

type Paths = ReadonlyMap<string, readonly string[]>;

interface Held {
  order: readonly string[];
  by: string | undefined;
  paths: Paths;
}

const isLonger = (longer: readonly string[], shorter: readonly string[]): boolean => longer.length > shorter.length && shorter.every((id, i) => longer[i] === id);

/**
 * The group of each row, held together with the order: a row whose owner changes stays in its place until changes are applied, like every
 * other row.
 */
export const useHeldPaths = <Row>(order: readonly string[], rowsById: ReadonlyMap<string, Row>, grouping: GridGrouping<Row> | undefined): Paths | undefined => {
  const [held, setHeld] = useState<Held>({ order: [], by: undefined, paths: new Map() });
  if (!grouping) return undefined;
  if (held.order === order && held.by === grouping.by) return held.paths;
  const kept = held.by === grouping.by && isLonger(order, held.order) ? held.paths : new Map<string, readonly string[]>();
  const paths = new Map<string, readonly string[]>();
  for (const id of order) {
    const row = rowsById.get(id);
    paths.set(id, kept.get(id) ?? (row === undefined ? [] : grouping.pathOf(row)));
  }
  setHeld({ order, by: grouping.by, paths });
  return paths;
};

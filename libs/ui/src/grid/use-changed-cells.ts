import { useEffect, useRef, useState } from 'react';

const SHOWN_MS = 2000;

export interface Signed<Row> {
  id: string;
  signature?: ((row: Row) => string) | undefined;
}

/** Marks `rowId/columnId` for two seconds after the cell's signature changed while the row was on the list. */
export const useChangedCells = <Row>(
  rowsById: ReadonlyMap<string, Row>,
  columns: readonly Signed<Row>[],
): ReadonlySet<string> => {
  const seen = useRef(new Map<string, string>());
  const lastRows = useRef<ReadonlyMap<string, Row>>(new Map());
  const [changed, setChanged] = useState<ReadonlySet<string>>(new Set());

  useEffect(() => {
    if (lastRows.current === rowsById) return;
    const before = lastRows.current;
    lastRows.current = rowsById;
    const found: string[] = [];
    for (const [id, row] of rowsById) {
      if (before.get(id) === row) continue;
      for (const column of columns) {
        if (!column.signature) continue;
        const key = `${id}/${column.id}`;
        const now = column.signature(row);
        const was = seen.current.get(key);
        if (was !== undefined && was !== now && before.has(id)) found.push(key);
        seen.current.set(key, now);
      }
    }
    if (found.length === 0) return;
    setChanged((set) => new Set([...set, ...found]));
    setTimeout(() => {
      setChanged((set) => {
        const rest = new Set(set);
        for (const key of found) rest.delete(key);
        return rest;
      });
    }, SHOWN_MS);
  }, [rowsById, columns]);

  return changed;
};

import { useEffect, useRef, useState } from 'react';
import { ChangedCells, changesOf, type Signed } from './changed-cells';

const SHOWN_MS = 2000;

/** Marks for two seconds the cells that change while their row is on the list. */
export const useChangedCells = <Row>(rowsById: ReadonlyMap<string, Row>, columns: readonly Signed<Row>[], quietIds?: ReadonlySet<string>): ChangedCells => {
  const [marks] = useState(() => new ChangedCells());
  const last = useRef(rowsById);
  useEffect(() => {
    if (last.current === rowsById) return;
    const found = changesOf(last.current, rowsById, columns);
    last.current = rowsById;
    for (const id of quietIds ?? []) found.delete(id);
    if (found.size === 0) return;
    marks.mark(found);
    setTimeout(() => marks.unmark(found), SHOWN_MS);
  }, [marks, rowsById, columns, quietIds]);
  return marks;
};

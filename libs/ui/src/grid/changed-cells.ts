interface Mark {
  /** Ids of the columns that have just changed, with spaces between. */
  columns: string;
  /** The news that marked the row last: only that one takes the mark away again. */
  by: Found;
}

/** Row id → ids of columns with spaces between. */
export type Found = ReadonlyMap<string, string>;

/** The marks of a list's rows. Each row listens to its own: a mark that comes or goes draws one row, not the list. */
export class ChangedCells {
  private readonly marks = new Map<string, Mark>();
  private readonly listeners = new Map<string, Set<() => void>>();

  /** Columns of the row that have just changed, with spaces between; empty when none has. */
  of(id: string): string {
    return this.marks.get(id)?.columns ?? '';
  }

  subscribe(id: string, listener: () => void): () => void {
    const set = this.listeners.get(id) ?? new Set();
    this.listeners.set(id, set.add(listener));
    return () => {
      set.delete(listener);
      if (set.size === 0) this.listeners.delete(id);
    };
  }

  mark(found: Found): void {
    for (const [id, columns] of found) {
      this.marks.set(id, { columns, by: found });
      this.tell(id);
    }
  }

  /** Takes away what `mark` set with the very same news. */
  unmark(found: Found): void {
    for (const id of found.keys()) {
      if (this.marks.get(id)?.by !== found) continue;
      this.marks.delete(id);
      this.tell(id);
    }
  }

  private tell(id: string): void {
    for (const listener of this.listeners.get(id) ?? []) listener();
  }
}

export interface Signed<Row> {
  id: string;
  signature?: ((row: Row) => string) | undefined;
}

/** Which columns of which rows say something else than before; rows that are new to the list are no news. */
export const changesOf = <Row>(before: ReadonlyMap<string, Row>, after: ReadonlyMap<string, Row>, columns: readonly Signed<Row>[]): Map<string, string> => {
  const found = new Map<string, string>();
  for (const [id, row] of after) {
    const was = before.get(id);
    if (was === undefined || was === row) continue;
    const ids = columns.filter(({ signature }) => signature !== undefined && signature(was) !== signature(row)).map((column) => column.id);
    if (ids.length > 0) found.set(id, ids.join(' '));
  }
  return found;
};

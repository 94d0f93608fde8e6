import type { Queryable, Tx } from '@orderwatch/db';

/** Who reads the changes for the sockets of this process. */
export interface Reader {
  wake(): void;
  readBehind(db: Pick<Queryable, 'prepared'>): boolean;
}

/** "Something will be committed": tells the reader of this process with the commit; other processes are told by NOTIFY. */
export class LiveWake {
  private reader: Reader | undefined;

  /** In a process without sockets nobody does. */
  wakes(reader: Reader | undefined): void {
    this.reader = reader;
  }

  /** Once in every transaction that changes what people look at. */
  announce(tx: Tx): void {
    const { reader } = this;
    if (!reader) return;
    let isRead = false;
    tx.behindCommit((db) => (isRead = reader.readBehind(db)));
    tx.onCommit(() => {
      if (!isRead) reader.wake();
    });
  }
}

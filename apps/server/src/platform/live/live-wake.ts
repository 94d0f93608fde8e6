import type { Tx } from '@orderwatch/db';
import type { ChangeReader } from './change-reader.js';

/** "Something will be committed": tells the reader of this process with the commit; other processes are told by NOTIFY. */
export class LiveWake {
  private reader: ChangeReader | undefined;

  /** In a process without sockets nobody does. */
  wakes(reader: ChangeReader | undefined): void {
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

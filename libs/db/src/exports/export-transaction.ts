import type { Transactions, Tx } from '../transactions.js';

export interface SlowRead {
  /** How long the reader may take between two statements, milliseconds. */
  readonly waitMs: number;
  /** When nobody wants it any more: the statement that runs is stopped, and the transaction ends. */
  readonly signal: AbortSignal;
}

/**
 * A transaction that only reads, at the pace of whoever takes what is read. Since it writes nothing it has no number of its own, and holds
 * the live feed back from nothing, however long it takes.
 */
export function readSlowly<T>(db: Transactions, { waitMs, signal }: SlowRead, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.run(async (tx) => {
    signal.throwIfAborted();
    await tx.query('set transaction read only');
    await tx.query(`set local idle_in_transaction_session_timeout = ${Math.round(waitMs)}`);
    const [backend] = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
    let stopping: Promise<unknown> | undefined;
    const stop = (): void => {
      stopping = db.query('select pg_cancel_backend($1::int)', [backend?.pid]).catch(() => undefined);
    };
    signal.addEventListener('abort', stop, { once: true });
    try {
      signal.throwIfAborted();
      return await work(tx);
    } finally {
      signal.removeEventListener('abort', stop);
      // The connection goes to nobody else before: the statement stopped must be ours.
      await stopping;
    }
  });
}

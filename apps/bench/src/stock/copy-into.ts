import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type pg from 'pg';

/** What pg's connection can do beyond its types (pg-protocol's messages of COPY). */
interface CopyConnection {
  readonly stream: Writable;
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

/** `COPY … FROM STDIN` in text form, on a connection of its own: rows by the hundred thousand, which no statement with parameters takes as fast. */
export class CopyInto {
  private readonly started = Promise.withResolvers<CopyConnection>();
  private readonly ended = Promise.withResolvers<undefined>();

  constructor(private readonly text: string) {}

  static begin(client: pg.Client, table: string, columns: readonly string[]): CopyInto {
    const copy = new CopyInto(`copy ${table} (${columns.join(', ')}) from stdin`);
    client.query(copy as unknown as pg.Submittable);
    return copy;
  }

  /** Resolves when there is room for more. */
  async write(chunk: Buffer): Promise<void> {
    const connection = await Promise.race([this.started.promise, this.ended.promise]);
    if (!connection) throw new Error('the COPY has ended');
    connection.sendCopyFromChunk(chunk);
    if (connection.stream.writableNeedDrain) await Promise.race([once(connection.stream, 'drain'), this.ended.promise]);
  }

  async end(): Promise<void> {
    (await Promise.race([this.started.promise, this.ended.promise]))?.endCopyFrom();
    await this.ended.promise;
  }

  // What pg calls.
  submit(connection: CopyConnection): void {
    this.ended.promise.catch(() => undefined);
    connection.query(this.text);
  }

  handleCopyInResponse(connection: CopyConnection): void {
    this.started.resolve(connection);
  }

  handleCommandComplete(): void {
    // What follows says that it is ready.
  }

  handleReadyForQuery(): void {
    this.ended.resolve(undefined);
  }

  handleError(error: Error): void {
    this.ended.reject(error);
  }
}

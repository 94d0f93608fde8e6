import type pg from 'pg';
import type { DataSource } from 'typeorm';
import { codeOf } from './database-errors.js';
import { StatementRound, type Answer } from './statement-round.js';

/** Runs statements that are planned once per connection: the fixed ones of the hot path, which travel together. */
export interface PreparedQueryable {
  /** Rows of one statement. Values are cast by the statement (`$1::bigint[]`); bigint comes back as text, timestamptz as Date. */
  prepared<T = Record<string, unknown>>(sql: string, params?: readonly unknown[]): Promise<T[]>;
}

/** Runs statements: a transaction, or the database outside of one. */
export interface Queryable extends PreparedQueryable {
  /** The same, planned for its values. */
  query<T = Record<string, unknown>>(sql: string, params?: readonly unknown[]): Promise<T[]>;
}

/** One transaction. What it is made of stays inside libs/db. */
export interface Tx extends Queryable {
  /** Runs once the transaction is committed (not when it is rolled back); must not throw. */
  onCommit(work: () => void): void;
  /**
   * Runs when the commit is about to be sent; must not throw. What is asked of the `db` it is given travels right behind the commit,
   * sees what that made visible, and fails with it.
   */
  behindCommit(ask: (db: PreparedQueryable) => void): void;
  /**
   * A write whose answer nobody needs before the commit: it travels with it, and the transaction fails with it. What is read
   * afterwards in the transaction sees it.
   */
  defer(write: Promise<unknown>): void;
  /** Waits for what was deferred so far, and fails with it: where a part of a transaction may be taken back alone. */
  settle(): Promise<void>;
}

async function rowsOf<T>(client: pg.ClientBase, sql: string, params: readonly unknown[]): Promise<T[]> {
  const result = await client.query({ text: sql, values: [...params] });
  return result.rows as T[];
}

/** So much is sent at once, bytes: the database works on it while the rest is made. */
const MUCH = 32_768;

/** Statements of one connection; those of one moment travel together. */
class Sender implements PreparedQueryable {
  private round: StatementRound | undefined;

  /** `isAlone`: outside of a transaction. */
  constructor(
    private readonly client: pg.ClientBase,
    private readonly isAlone = false,
  ) {}

  ask(sql: string, params: readonly unknown[] = []): Promise<Answer> {
    if (!this.round) {
      this.round = new StatementRound(this.isAlone);
      process.nextTick(() => this.send());
    }
    const { round } = this;
    const answer = round.add(sql, params);
    if (round.bytes > MUCH) this.send();
    return answer;
  }

  async prepared<T>(sql: string, params?: readonly unknown[]): Promise<T[]> {
    return (await this.ask(sql, params)).rows as T[];
  }

  /** A statement planned for its values. */
  query<T>(sql: string, params: readonly unknown[]): Promise<T[]> {
    this.send();
    return rowsOf<T>(this.client, sql, params);
  }

  send(): void {
    const { round } = this;
    this.round = undefined;
    if (round) this.client.query(round as unknown as pg.Submittable);
  }
}

/** in_failed_sql_transaction: said of every statement after the one that failed. */
const ABORTED = '25P02';

class ClientTx implements Tx {
  readonly hooks: (() => void)[] = [];
  readonly followers: ((db: PreparedQueryable) => void)[] = [];
  readonly deferred: Promise<unknown>[] = [];
  private failure: unknown;

  constructor(private readonly sender: Sender) {}

  query<T>(sql: string, params: readonly unknown[] = []): Promise<T[]> {
    return this.noted(this.sender.query<T>(sql, params));
  }

  prepared<T>(sql: string, params: readonly unknown[] = []): Promise<T[]> {
    return this.noted(this.sender.prepared<T>(sql, params));
  }

  /** Statements already sent fail after the one that failed; which of them is heard of first is chance. */
  because(error: unknown): unknown {
    return codeOf(error) === ABORTED ? (this.failure ?? error) : error;
  }

  private noted<T>(result: Promise<T>): Promise<T> {
    result.catch((error: unknown) => {
      if (codeOf(error) !== ABORTED) this.failure ??= error;
    });
    return result;
  }

  onCommit(work: () => void): void {
    this.hooks.push(work);
  }

  behindCommit(ask: (db: PreparedQueryable) => void): void {
    this.followers.push(ask);
  }

  defer(write: Promise<unknown>): void {
    // Told by the commit; until then its failure is nobody's.
    write.catch(() => undefined);
    this.deferred.push(write);
  }

  async settle(): Promise<void> {
    const results = await Promise.allSettled(this.deferred.splice(0));
    const failed = results.find((result) => result.status === 'rejected');
    if (!failed) return;
    const error = this.because(failed.reason);
    this.failure = undefined;
    throw error;
  }
}

class RolledBack<T> extends Error {
  constructor(readonly value: T) {
    super('rolled back on purpose');
  }
}

/** The one way to the database: statements, and transactions that commit when the work resolves. */
export class Transactions implements Queryable {
  constructor(private readonly source: DataSource) {}

  async run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const { value, hooks } = await this.withClient(async (client) => {
      const sender = new Sender(client);
      const tx = new ClientTx(sender);
      // Sent with the first statements of the work, as the commit is with the last.
      const begun = sender.ask('begin');
      try {
        const [value] = await Promise.all([work(tx), begun]);
        const committed = sender.ask('commit');
        for (const ask of tx.followers) ask(sender);
        const [{ command }] = await Promise.all([committed, ...tx.deferred]);
        // A transaction in which something failed answers a commit with a rollback, and no error.
        if (command !== 'COMMIT') throw new Error('the transaction was rolled back, since a statement of it had failed');
        return { value, hooks: tx.hooks };
      } catch (error) {
        // What was not sent yet must not begin anew after it.
        sender.send();
        await client.query('rollback').catch(() => undefined);
        throw tx.because(error);
      }
    });
    for (const hook of hooks) hook();
    return value;
  }

  /** Does the work, takes it back, and answers what it came to. */
  async rehearse<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    try {
      return await this.run(async (tx): Promise<T> => {
        const value = await work(tx);
        await Promise.all((tx as ClientTx).deferred);
        throw new RolledBack(value);
      });
    } catch (error) {
      if (error instanceof RolledBack) return error.value as T;
      throw error;
    }
  }

  query<T>(sql: string, params: readonly unknown[] = []): Promise<T[]> {
    return this.withClient((client) => rowsOf<T>(client, sql, params));
  }

  prepared<T>(sql: string, params: readonly unknown[] = []): Promise<T[]> {
    return this.withClient((client) => new Sender(client, true).prepared<T>(sql, params));
  }

  async close(): Promise<void> {
    if (this.source.isInitialized) await this.source.destroy();
  }

  private async withClient<T>(work: (client: pg.ClientBase) => Promise<T>): Promise<T> {
    const runner = this.source.createQueryRunner();
    try {
      return await work((await runner.connect()) as pg.ClientBase);
    } finally {
      await runner.release();
    }
  }
}

let cursors = 0;

/** Reads under one unchanging picture of the database, a few rows at a time. */
export async function* cursor<T>(tx: Tx, sql: string, params: readonly unknown[], batch = 2_000): AsyncGenerator<T[]> {
  cursors += 1;
  const name = `orderwatch_cursor_${cursors}`;
  await tx.query(`declare ${name} no scroll cursor for ${sql}`, params);
  for (;;) {
    const rows = await tx.query<T>(`fetch ${batch} from ${name}`);
    if (rows.length > 0) yield rows;
    if (rows.length < batch) break;
  }
  await tx.query(`close ${name}`);
}

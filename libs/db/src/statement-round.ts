import { hash } from 'node:crypto';
import pg from 'pg';

/** What pg keeps to itself of a connection. */
interface Connection {
  readonly stream: { cork(): void; uncork(): void };
  parse(query: { readonly name: string; readonly text: string }): void;
  bind(config: { readonly statement: string; readonly values: readonly unknown[] }): void;
  describe(portal: { readonly type: 'P' }): void;
  execute(portal?: undefined): void;
  close(what: { readonly type: 'S'; readonly name: string }): void;
  sync(): void;
}

/** How the rows of a statement read; a prepared statement keeps it, or fails. */
interface Shape {
  readonly names: readonly string[];
  readonly parsers: readonly ((text: string) => unknown)[];
}

/** What a connection has been told to prepare, and what it said of it; undefined while nothing was heard yet, and after a failure. */
type Prepared = Map<string, Shape | undefined>;

interface Statement {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
  readonly rows: Record<string, unknown>[];
  shape: Shape | undefined;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

export interface Answer {
  readonly rows: Record<string, unknown>[];
  /** What was done: `INSERT 0 3`, `COMMIT`. */
  readonly command: string;
}

// pg's pipeline takes queries of its own class only, and keeps to itself how it makes parameters of values.
const Query = pg.Query as unknown as new (config: { readonly text: string }) => object;
const { prepareValue } = (pg as unknown as { readonly utils: { prepareValue(value: unknown): unknown } }).utils;
const NOTHING: Shape = { names: [], parsers: [] };
const preparedBy = new WeakMap<Connection, Prepared>();
const names = new Map<string, string>();

function nameOf(sql: string): string {
  let name = names.get(sql);
  if (!name) {
    name = hash('sha256', sql, 'base64url').slice(0, 24);
    names.set(sql, name);
  }
  return name;
}

/**
 * Statements that travel together: one write, one answer. Sent one by one, each costs a system call, a wake-up and a flush on both
 * sides, which for one event is more than the work itself. The first that fails makes the later ones fail with its error: the
 * database does not look at them. A prepared statement's columns are asked for once per connection.
 */
export class StatementRound extends Query {
  private readonly statements: Statement[] = [];
  private connection: Connection | undefined;
  private at = 0;
  private readonly done: (() => void)[] = [];
  /** Of the parameters so far. */
  bytes = 0;

  /**
   * `isAlone`: outside of a transaction, so that the end of the round commits it. The database says what each statement did before that,
   * and a backend that is told to die in between sends what it has said so far: nothing of it is so until the end is heard of.
   */
  constructor(private readonly isAlone = false) {
    super({ text: '' });
  }

  add(text: string, params: readonly unknown[]): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const values = params.map(prepareValue);
      for (const value of values) if (typeof value === 'string' || Buffer.isBuffer(value)) this.bytes += value.length;
      this.statements.push({ name: nameOf(text), text, values, rows: [], shape: undefined, resolve, reject });
    });
  }

  /** Called by pg: writes everything at once. */
  submit(connection: Connection): null {
    this.connection = connection;
    const prepared = preparedBy.get(connection) ?? new Map<string, Shape | undefined>();
    preparedBy.set(connection, prepared);
    connection.stream.cork();
    for (const statement of this.statements) {
      const { name, text, values } = statement;
      statement.shape = prepared.get(name);
      if (!statement.shape) {
        // Whether an earlier try got as far as preparing it is not known.
        if (prepared.has(name)) connection.close({ type: 'S', name });
        connection.parse({ name, text });
        prepared.set(name, undefined);
      }
      connection.bind({ statement: name, values });
      if (!statement.shape) connection.describe({ type: 'P' });
      connection.execute();
    }
    connection.sync();
    connection.stream.uncork();
    return null;
  }

  handleRowDescription({ fields }: { readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[] }): void {
    const statement = this.statements[this.at];
    if (statement) statement.shape = { names: fields.map((f) => f.name), parsers: fields.map((f) => pg.types.getTypeParser(f.dataTypeID, 'text')) };
  }

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    const statement = this.statements[this.at];
    if (!statement?.shape) return;
    const { names: columns, parsers } = statement.shape;
    const row: Record<string, unknown> = {};
    for (let i = 0; i < fields.length; i += 1) {
      const text = fields[i] ?? null;
      row[columns[i] ?? ''] = text === null ? null : parsers[i]?.(text);
    }
    statement.rows.push(row);
  }

  handleCommandComplete({ text: command }: { readonly text: string }): void {
    const statement = this.statements[this.at];
    if (!statement || !this.connection) return;
    this.at += 1;
    preparedBy.get(this.connection)?.set(statement.name, statement.shape ?? NOTHING);
    const resolve = (): void => statement.resolve({ rows: statement.rows, command });
    if (this.isAlone) this.done.push(resolve);
    else resolve();
  }

  handleError(error: unknown): void {
    const failed = this.statements[this.at];
    if (failed && this.connection) preparedBy.get(this.connection)?.set(failed.name, undefined);
    for (const statement of this.isAlone ? this.statements : this.statements.slice(this.at)) statement.reject(error);
    this.at = this.statements.length;
  }

  handleReadyForQuery(): void {
    for (const resolve of this.done) resolve();
  }
}

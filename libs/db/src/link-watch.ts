import type { Socket } from 'node:net';
import pg from 'pg';

export interface LinkWatchOptions {
  /** How to reach the database for the question. */
  readonly config: pg.ClientConfig;
  readonly onLost: (error: Error) => void;
}

/** What pg keeps to itself of a client. */
interface Inside {
  readonly connection: { readonly stream: Socket };
  /** No statement is under way. */
  readonly readyForQuery: boolean;
  readonly processID: number;
}

interface Link {
  /** Read and written so far. */
  bytes: number;
  /** When last something moved, or no statement was under way; ms of `performance.now()`. */
  since: number;
  /** No question about it before that. */
  askAfter: number;
}

type Client = pg.ClientBase & Inside;

const LOOK_MS = 250;
/** A statement may run longer than that; only then somebody asks whether it still does. */
const SILENT_MS = 1_500;
/** Within which a new connection must answer the question. */
const ASK_MS = 1_250;
const ASK_AGAIN_MS = 2_000;
/** Unanswered questions in a row after which the database is taken for unreachable. */
const MISSES = 2;
const TOO_MANY_CONNECTIONS = '53300';

const ASK = `
select pid, lost, case when lost then pg_terminate_backend(pid) end
  from (select pid, state <> 'active' and state_change < clock_timestamp() - interval '1 second' as lost
          from pg_stat_activity where pid = any($1::int[]) and usename = current_user and backend_type = 'client backend') s`;

/**
 * A link can die without a word: then a statement waits for an answer that was sent long ago, or was never asked. Who waits
 * while nothing moves is looked up over a new connection; when the database does not work on it, or cannot be asked, the link
 * is cut, and what was under way fails as with any broken connection. Slow statements stay untouched.
 */
export class LinkWatch {
  private readonly links = new Map<Client, Link>();
  private timer: NodeJS.Timeout | undefined;
  private lastLook = 0;
  private isAsking = false;
  private misses = 0;

  constructor(private readonly options: LinkWatchOptions) {}

  add(given: pg.ClientBase): void {
    const client = given as Client;
    const now = performance.now();
    this.links.set(client, { bytes: 0, since: now, askAfter: 0 });
    client.once('end', () => this.remove(client));
    if (this.timer) return;
    this.lastLook = now;
    this.timer = setInterval(() => this.look(), LOOK_MS);
    this.timer.unref();
  }

  private remove(client: Client): void {
    this.links.delete(client);
    if (this.links.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private look(): void {
    const now = performance.now();
    // What this process slept through says nothing about the link.
    const late = Math.max(0, now - this.lastLook - 2 * LOOK_MS);
    this.lastLook = now;
    const silent: Client[] = [];
    for (const [client, link] of this.links) {
      if (client.readyForQuery || hasMoved(client, link)) {
        link.bytes = bytesOf(client);
        link.since = now;
        link.askAfter = 0;
      } else {
        link.since += late;
        if (now - link.since >= SILENT_MS && now >= link.askAfter) silent.push(client);
      }
    }
    if (this.isAsking) return;
    if (silent.length > 0) void this.ask(silent);
    else this.misses = 0;
  }

  private async ask(silent: readonly Client[]): Promise<void> {
    this.isAsking = true;
    const answer = await this.answerAbout(silent.map((client) => client.processID));
    this.isAsking = false;
    if (answer === 'unknown') return this.wait(silent);
    this.misses = answer === 'none' ? this.misses + 1 : 0;
    if (answer === 'none' && this.misses < MISSES) return;
    this.misses = 0;
    const works = (client: Client): boolean => answer !== 'none' && answer.get(client.processID) === false;
    // Whoever was answered meanwhile is well.
    const lost = silent.filter((client) => !works(client) && this.isStillSilent(client));
    this.wait(silent);
    if (lost.length > 0) this.cut(lost);
  }

  private wait(clients: readonly Client[]): void {
    for (const client of clients) {
      const link = this.links.get(client);
      if (link) link.askAfter = performance.now() + ASK_AGAIN_MS;
    }
  }

  private isStillSilent(client: Client): boolean {
    const link = this.links.get(client);
    return link !== undefined && !client.readyForQuery && !hasMoved(client, link);
  }

  /** Where one link is dead, those that rest are made anew rather than tried one after the other. */
  private cut(lost: readonly Client[]): void {
    const resting = [...this.links.keys()].filter((client) => client.readyForQuery && client.getTransactionStatus() === 'I');
    const error = new Error('Connection terminated: the database does not answer on it');
    this.options.onLost(error);
    for (const client of [...lost, ...resting]) client.connection.stream.destroy(error);
  }

  /** Process → whether its answer must have got lost; `none`: the database cannot be asked; `unknown`: it has no place for the question. */
  private async answerAbout(processes: readonly number[]): Promise<ReadonlyMap<number, boolean> | 'none' | 'unknown'> {
    const client = new pg.Client({ ...this.options.config, connectionTimeoutMillis: ASK_MS, query_timeout: ASK_MS });
    client.on('error', () => undefined);
    try {
      await client.connect();
      const { rows } = await client.query<{ pid: number; lost: boolean }>(ASK, [processes]);
      void client.end().catch(() => undefined);
      return new Map(rows.map((row) => [row.pid, row.lost]));
    } catch (error) {
      (client as unknown as Inside).connection.stream.destroy();
      return error instanceof Error && 'code' in error && error.code === TOO_MANY_CONNECTIONS ? 'unknown' : 'none';
    }
  }
}

const bytesOf = ({ connection: { stream } }: Client): number => stream.bytesRead + stream.bytesWritten;
const hasMoved = (client: Client, link: Link): boolean => bytesOf(client) !== link.bytes;

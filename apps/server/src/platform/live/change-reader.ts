import type { Change, Seq } from '@orderwatch/contract';
import { changesAfter, latestPerTopic, missedChanges, settledPosition, type Position, type Queryable } from '@orderwatch/db';
import { messageOf, positionOf, seqOf } from './messages.js';

/** More than this is not caught up with but read anew. */
export const MOST_RESUMED = 1_000;
const BATCH = 500;

export interface ChangeReaderOptions {
  readonly db: Queryable;
  /** Called in commit order, one batch at a time. */
  readonly onChanges: (changes: readonly Change[]) => void;
  readonly onTrouble: (error: unknown) => void;
  /** Reads at least this often, whatever was or was not notified. */
  readonly backstopMs?: number;
}

/**
 * Reads `change` in commit order, for one process. Topics that somebody looks at are chained: each message names the one
 * before it. Joining, reading and emitting take turns, so that no change falls between a join and the first message.
 */
export class ChangeReader {
  private cursor: Position | undefined;
  private readonly chains = new Map<string, Seq | null>();
  private turn: Promise<unknown> = Promise.resolve();
  private isQueued = false;
  private timer: NodeJS.Timeout | undefined;
  private isStopped = false;

  constructor(private readonly options: ChangeReaderOptions) {}

  async start(): Promise<void> {
    this.cursor = await settledPosition(this.options.db);
    this.timer = setInterval(() => this.wake(), this.options.backstopMs ?? 1_000);
    this.timer.unref();
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    clearInterval(this.timer);
    await this.turn.catch(() => undefined);
  }

  /** Something may have been committed. Any number of calls before the next read cost one read. */
  wake(): void {
    if (this.isQueued || this.isStopped) return;
    this.isQueued = true;
    void this.inTurn(async () => {
      this.isQueued = false;
      while (!this.isStopped && (await this.readBatch())) {
        // A full batch: there is more.
      }
    }).catch(this.options.onTrouble);
  }

  /** Begins to follow the topics. @returns where each stands; `joined` runs before anything later is emitted. */
  follow(topics: readonly string[], joined: (positions: Readonly<Record<string, Seq | null>>) => void): Promise<void> {
    return this.inTurn(async () => {
      // Again after each wait: meanwhile the last one to look at a topic may have left, and it was forgotten.
      for (;;) {
        const unknown = topics.filter((topic) => !this.chains.has(topic));
        if (unknown.length === 0) break;
        const latest = await latestPerTopic(this.options.db, unknown, this.at());
        for (const topic of unknown) {
          const position = latest.get(topic);
          this.chains.set(topic, position ? seqOf(position) : null);
        }
      }
      joined(Object.fromEntries(topics.map((topic) => [topic, this.chains.get(topic) ?? null])));
    });
  }

  /** Nobody looks at the topic any more. */
  forget(topic: string): void {
    this.chains.delete(topic);
  }

  /** Where a followed topic stands. */
  latest(topic: string): Seq | null {
    return this.chains.get(topic) ?? null;
  }

  /** What came after a position the client has, or undefined: it must read anew. */
  async missed(topic: string, after: Seq): Promise<Change[] | undefined> {
    const rows = await missedChanges(this.options.db, topic, positionOf(after), this.at(), MOST_RESUMED);
    let prev = after;
    return rows?.map((row) => {
      const message = messageOf(row, prev);
      prev = seqOf(row);
      return message;
    });
  }

  /** Resolves when everything committed before the call has been emitted, or could not be yet. For tests and for draining. */
  settle(): Promise<void> {
    return this.inTurn(async () => {
      await this.readBatch();
    });
  }

  private at(): Position {
    if (!this.cursor) throw new Error('the change reader has not started');
    return this.cursor;
  }

  private async readBatch(): Promise<boolean> {
    const rows = await changesAfter(this.options.db, this.at(), BATCH);
    const messages: Change[] = [];
    for (const row of rows) {
      const prev = this.chains.get(row.topic);
      if (prev === undefined) continue;
      messages.push(messageOf(row, prev));
      this.chains.set(row.topic, seqOf(row));
    }
    const last = rows.at(-1);
    if (last) this.cursor = { xid: last.xid, id: last.id };
    if (messages.length > 0) this.options.onChanges(messages);
    return rows.length === BATCH;
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.turn.then(work, work);
    this.turn = result.catch(() => undefined);
    return result;
  }
}

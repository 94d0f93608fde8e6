import type { Change, Seq } from '@orderwatch/contract';
import { changesAfter, latestPerTopic, missedChanges, settledPosition, type ChangesRead, type Position, type PreparedQueryable, type Queryable } from '@orderwatch/db';
import { messageOf, positionOf, seqOf } from './messages.js';

/** More than this is not caught up with but read anew. */
export const MOST_RESUMED = 1_000;
const BATCH = 500;
/** Between two looks for what is held back. */
const MOST_WAIT_MS = 50;
/** After so many in vain only the backstop looks: some five seconds. */
const MOST_WAITS = 100;
/** So long a read waits for the commit it travels with, which may wait for somebody's lock. */
const MOST_BEHIND_MS = 100;

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
  /** Whose turn it is, and who waits for theirs. */
  private inLine = 0;
  private isQueued = false;
  /** Queued or under way. */
  private reads = 0;
  /** The latest transaction that was said to be committed. */
  private told = 0n;
  /** How often it was looked for in vain. */
  private waits = 0;
  private again: NodeJS.Timeout | undefined;
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
    clearTimeout(this.again);
    await this.turn.catch(() => undefined);
  }

  /** Something may have been committed. Any number of calls before the next read cost one read. */
  wake(): void {
    if (this.isQueued || this.isStopped) return;
    this.isQueued = true;
    this.read(() => {
      this.isQueued = false;
      return this.readBatch();
    }, this.options.onTrouble);
  }

  /**
   * Reads along with a commit of this process that is about to be sent: `db` runs right behind it, which saves a round and tells
   * sooner. @returns false when others are in line: who commits wakes it afterwards.
   */
  readBehind(db: PreparedQueryable): boolean {
    if (this.inLine > 0) return false;
    if (this.chains.size > 0 && !this.isStopped) {
      const asked = this.ask(db);
      // It fails with the commit, whose failure is told by others.
      this.read(() => this.takeSoon(asked), () => this.wake());
    }
    return true;
  }

  private async takeSoon(asked: Promise<ChangesRead>): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), MOST_BEHIND_MS)));
    const read = await Promise.race([asked, late]).finally(() => clearTimeout(timer));
    return read ? this.take(read) : this.readBatch();
  }

  private read(first: () => Promise<boolean>, onTrouble: (error: unknown) => void): void {
    clearTimeout(this.again);
    this.reads += 1;
    void this.inTurn(async () => {
      let isMore = await first();
      while (isMore && !this.isStopped) isMore = await this.readBatch();
    }).catch(onTrouble).finally(() => {
      this.reads -= 1;
      this.lookAgain();
    });
  }

  /** The transaction was committed, here or elsewhere: it is read unless that was done, which for one of this process it mostly was. */
  committed(xid: string): void {
    const told = /^\d+$/.test(xid) ? BigInt(xid) : 0n;
    if (told > this.told) {
      this.told = told;
      this.waits = 0;
    }
    if (this.reads === 0 && this.isBehind()) this.wake();
  }

  private isBehind(): boolean {
    return this.cursor !== undefined && this.chains.size > 0 && BigInt(this.cursor.xid) <= this.told;
  }

  /**
   * What was told of and not found is held back by a transaction that began earlier and has not ended. When it ends, nobody need say
   * so: it may have written nothing that is told of. The first look may only have begun too early.
   */
  private lookAgain(): void {
    if (this.reads > 0 || this.isStopped || this.waits > MOST_WAITS || !this.isBehind()) return;
    const wait = this.waits === 0 ? 0 : Math.min(MOST_WAIT_MS, 2 ** this.waits);
    this.waits += 1;
    if (wait === 0) this.wake();
    else this.again = setTimeout(() => this.wake(), wait);
  }

  /** Begins to follow the topics. @returns where each stands; `joined` runs before anything later is emitted. */
  follow(topics: readonly string[], joined: (positions: Readonly<Record<string, Seq | null>>) => void): Promise<void> {
    return this.inTurn(async () => {
      if (this.chains.size === 0) this.cursor = await settledPosition(this.options.db);
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

  /** @returns whether there is more. */
  private async readBatch(): Promise<boolean> {
    // What nobody looks at is not read; where it stands is asked anew when somebody does.
    return this.chains.size > 0 && this.take(await this.ask(this.options.db));
  }

  private async ask(db: PreparedQueryable): Promise<ChangesRead> {
    return changesAfter(db, this.at(), this.chains, BATCH);
  }

  /** @returns whether there is more. */
  private take({ rows, upTo }: ChangesRead): boolean {
    const messages: Change[] = [];
    for (const row of rows) {
      const prev = this.chains.get(row.topic);
      if (prev === undefined) continue;
      messages.push(messageOf(row, prev));
      this.chains.set(row.topic, seqOf(row));
    }
    this.cursor = upTo;
    if (messages.length > 0) this.options.onChanges(messages);
    return rows.length === BATCH;
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    this.inLine += 1;
    const result = this.turn.then(work);
    this.turn = result.catch(() => undefined).finally(() => (this.inLine -= 1));
    return result;
  }
}

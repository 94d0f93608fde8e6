import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { compareSeq, type Change } from '@orderwatch/contract';
import { createDataSource, settledPosition, Transactions, writeChanges, type NewChange, type Queryable } from '@orderwatch/db';
import { createTestDatabase, type TestDatabase } from '@orderwatch/db/testing';
import { ChangeReader } from './change-reader.js';
import { LiveWake } from './live-wake.js';

const change = (topic: string, version = 1): NewChange => ({ topic, entity: 'case', id: randomUUID(), version });

/** A transaction that stays open until it is told to end. */
function hold(db: Transactions, work: NewChange[]): { written: Promise<void>; commit: () => Promise<unknown> } {
  let release: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (release = resolve));
  let wrote: () => void = () => undefined;
  const written = new Promise<void>((resolve) => (wrote = resolve));
  const done = db.run(async (tx) => {
    await writeChanges(tx, work);
    wrote();
    await gate;
  });
  return { written, commit: () => { release(); return done; } };
}

/** The last turn it gave: another one, when something was queued since. */
const turns = (reader: ChangeReader): Promise<unknown> => (reader as unknown as { readonly turn: Promise<unknown> }).turn;

describe('ChangeReader', () => {
  let db: TestDatabase;
  let other: Transactions;
  let reader: ChangeReader;
  let seen: Change[];
  /** Statements that the reader sent by itself. */
  let sent: number;

  beforeAll(async () => {
    db = await createTestDatabase();
    other = new Transactions(await createDataSource(db.url, { poolSize: 4 }));
  });
  afterAll(async () => {
    await other.close();
    await db.drop();
  });
  beforeEach(async () => {
    await reader?.stop();
    await db.transactions.query('truncate change');
    seen = [];
    sent = 0;
    const counted: Queryable = {
      query: (sql, params) => ((sent += 1), db.transactions.query(sql, params)),
      prepared: (sql, params) => ((sent += 1), db.transactions.prepared(sql, params)),
    };
    reader = new ChangeReader({ db: counted, onChanges: (changes) => void seen.push(...changes), onTrouble: (error) => { throw error; }, backstopMs: 3_600_000 });
    await reader.start();
  });
  const write = (...changes: NewChange[]) => db.transactions.run((tx) => writeChanges(tx, changes));
  const follow = async (...topics: string[]) => {
    let at: Readonly<Record<string, string | null>> = {};
    await reader.follow(topics, (joined) => (at = joined));
    return at;
  };
  /** Other databases of the same server hold the horizon back as well: reads until everything committed has come. */
  const until = async (n: number): Promise<void> => {
    while (seen.length < n) await reader.settle();
  };
  const versions = () => seen.map((c) => c.version);

  it('does not skip what commits late: an early transaction holds everything behind it back', async () => {
    await follow('queue');
    const early = hold(other, [change('queue', 1)]);
    await early.written;
    await write(change('queue', 2));
    await write(change('queue', 3));
    for (let i = 0; i < 5; i += 1) await reader.settle();
    expect(versions()).toEqual([]);
    await early.commit();
    await until(3);
    expect(versions()).toEqual([1, 2, 3]);
    const seqs = seen.map((c) => c.seq ?? '0.0');
    expect([...seqs].sort(compareSeq)).toEqual(seqs);
  });

  it('comes back by itself for what an older transaction holds back, though nobody tells of its end', async () => {
    await follow('queue');
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    let began: () => void = () => undefined;
    const older = new Promise<void>((resolve) => (began = resolve));
    const silent = other.run(async (tx) => {
      await tx.query('select pg_current_xact_id()');
      began();
      await ended;
    });
    await older;
    const [row] = await db.transactions.run(async (tx) => {
      await writeChanges(tx, [change('queue', 1)]);
      return tx.query<{ xid: string }>('select pg_current_xact_id()::text as xid');
    });
    reader.committed(row?.xid ?? '');
    await reader.settle();
    expect(versions()).toEqual([]);
    end();
    await silent;
    while (seen.length === 0) await new Promise((again) => setTimeout(again, 5));
    expect(versions()).toEqual([1]);
  });

  it('reads once for a commit that it is told of twice', async () => {
    await follow('queue');
    const [row] = await db.transactions.run(async (tx) => {
      await writeChanges(tx, [change('queue', 1)]);
      return tx.query<{ xid: string }>('select pg_current_xact_id()::text as xid');
    });
    await until(1);
    const before = turns(reader);
    reader.committed(row?.xid ?? '');
    reader.committed('no number');
    expect(turns(reader)).toBe(before);
  });

  /** As everything in this process that changes what people look at. */
  const announce = (by: Transactions, ...changes: NewChange[]): Promise<void> => {
    const wake = new LiveWake();
    wake.wakes(reader);
    return by.run(async (tx) => {
      await writeChanges(tx, changes);
      wake.announce(tx);
    });
  };

  it('reads along with a commit of its own process', async () => {
    await follow('queue');
    // What another program's transaction holds back comes with a later one.
    const before = sent;
    for (let n = 1; seen.length === 0; n += 1) {
      await announce(db.transactions, change('queue', n));
      await turns(reader);
    }
    expect(sent).toBe(before);
    expect(versions()[0]).toBe(1);
  });

  it('has itself woken after a commit when others are in line, and after one that failed', async () => {
    await follow('queue');
    void reader.settle();
    expect(reader.readBehind(db.transactions)).toBe(false);
    await turns(reader);
    const before = sent;
    expect(reader.readBehind({ prepared: () => Promise.reject(new Error('the commit failed')) })).toBe(true);
    while (sent === before) await new Promise(setImmediate);
  });

  it('waits for no commit that does not end', async () => {
    await follow('queue');
    let end: (rows: never[]) => void = () => undefined;
    expect(reader.readBehind({ prepared: () => new Promise((resolve) => (end = resolve)) })).toBe(true);
    await write(change('queue', 1));
    await until(1);
    end([]);
    await write(change('queue', 2));
    await until(2);
    expect(versions()).toEqual([1, 2]);
  });

  it('reads nothing behind a commit while nobody looks', async () => {
    let asked = 0;
    expect(reader.readBehind({ prepared: async () => ((asked += 1), []) })).toBe(true);
    expect(asked).toBe(0);
  });

  it('loses and repeats nothing when commits of many writers are read along with, while topics come and go', async () => {
    const joined = await follow('queue');
    await Promise.all(Array.from({ length: 8 }, async (_, w) => {
      for (let i = 0; i < 25; i += 1) {
        await announce(w % 2 ? other : db.transactions, change('queue', w * 1_000 + i), change('report', 0));
        if (i % 8 !== w) continue;
        await follow('report');
        reader.forget('report');
      }
    }));
    const told = (): Change[] => seen.filter((c) => c.topic === 'queue');
    while (told().length < 200) await reader.settle();
    expect([told().length, new Set(told().map((c) => c.version)).size]).toEqual([200, 200]);
    let prev: string | null = joined['queue'] ?? null;
    for (const c of told()) {
      expect(c.prev).toBe(prev);
      prev = c.seq ?? null;
    }
  });

  it('takes a transaction that was rolled back out of the way', async () => {
    await follow('queue');
    const broken = other.run(async (tx) => {
      await writeChanges(tx, [change('queue', 1)]);
      throw new Error('rolled back');
    });
    await expect(broken).rejects.toThrow('rolled back');
    await write(change('queue', 2));
    await until(1);
    expect(versions()).toEqual([2]);
  });

  it('does not tell what happened while nobody looked, and goes on from there', async () => {
    await follow('queue');
    await write(change('queue', 1));
    await until(1);
    reader.forget('queue');
    const [row] = await db.transactions.run(async (tx) => {
      await writeChanges(tx, [change('queue', 2)]);
      return tx.query<{ xid: string }>('select pg_current_xact_id()::text as xid');
    });
    await reader.settle();
    while (BigInt((await settledPosition(other)).xid) <= BigInt(row?.xid ?? '0')) await new Promise((again) => setTimeout(again, 5));
    const at = await follow('queue');
    expect(at['queue']).not.toBe(seen[0]?.seq);
    await write(change('queue', 3));
    await until(2);
    expect(versions()).toEqual([1, 3]);
    expect(seen[1]?.prev).toBe(at['queue']);
  });

  it('loses and repeats nothing under many writers at once', async () => {
    await follow('queue');
    const writers = Array.from({ length: 8 }, (_, w) => (async () => {
      for (let i = 0; i < 25; i += 1) await (w % 2 ? other : db.transactions).run((tx) => writeChanges(tx, [change('queue', w * 1_000 + i), change('report', 0)]));
    })());
    const reading = (async () => { while (seen.length < 200) await reader.settle(); })();
    await Promise.all([...writers, reading]);
    expect([seen.length, new Set(versions()).size]).toEqual([200, 200]);
    let prev: string | null = null;
    for (const c of seen) {
      expect(c.prev).toBe(prev);
      prev = c.seq ?? null;
    }
  });

  it('names for each topic the one before it, beginning with where the join stood', async () => {
    await write(change('queue', 1), change('approvals', 1));
    await until(0);
    while ((await follow('queue'))['queue'] === null) {
      reader.forget('queue');
      await reader.settle();
    }
    const joined = await follow('queue', 'health');
    expect(joined['health']).toBeNull();
    await write(change('queue', 2), change('health', 1), change('approvals', 2), change('queue', 3));
    await until(3);
    expect(seen.map((c) => [c.topic, c.version])).toEqual([['queue', 2], ['health', 1], ['queue', 3]]);
    expect(seen[0]?.prev).toBe(joined['queue']);
    expect(seen[1]?.prev).toBeNull();
    expect(seen[2]?.prev).toBe(seen[0]?.seq);
  });

  it('gives back what was missed, chained, or says that it cannot', async () => {
    await follow('queue');
    await write(change('queue', 1));
    await write(change('queue', 2), change('health', 9));
    await write(change('queue', 3));
    await until(3);
    const first = seen[0]?.seq ?? '';
    const missed = await reader.missed('queue', first);
    expect(missed?.map((c) => c.version)).toEqual([2, 3]);
    expect(missed?.[0]?.prev).toBe(first);
    expect(missed?.[1]?.prev).toBe(missed?.[0]?.seq);
    expect(await reader.missed('queue', seen[2]?.seq ?? '')).toEqual([]);
    expect(await reader.missed('queue', '1.1')).toBeUndefined();
    expect(await reader.missed('health', first)).toBeUndefined();
    await db.transactions.query('delete from change where version = 1');
    expect(await reader.missed('queue', first)).toBeUndefined();
  });

  it('sends nobody on a walk of more than a thousand', async () => {
    await follow('queue');
    await write(...Array.from({ length: 1_002 }, (_, i) => change('queue', i)));
    await until(1_002);
    expect(versions()).toEqual(Array.from({ length: 1_002 }, (_, i) => i));
    expect(await reader.missed('queue', seen[0]?.seq ?? '')).toBeUndefined();
    expect(await reader.missed('queue', seen[1]?.seq ?? '')).toHaveLength(1_000);
  });
});

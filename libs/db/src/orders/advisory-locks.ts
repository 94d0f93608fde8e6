import { hash } from 'node:crypto';
import { int8Array } from '../binary-arrays.js';
import type { Tx } from '../transactions.js';

function keyOf(space: string, name: string): bigint {
  return Buffer.from(hash('sha256', `${space}\0${name}`, 'binary'), 'binary').readBigInt64BE(0);
}

function sortedKeys(space: string, names: Iterable<string>): string[] {
  const keys = [...new Set([...names].map((name) => keyOf(space, name)))];
  return keys.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)).map(String);
}

const LOCK = 'select pg_advisory_xact_lock(k) from unnest($1::bigint[]) as k';
const TRY = 'select k::text as k, pg_try_advisory_xact_lock(k) as got from unnest($1::bigint[]) as k';

/**
 * Writers of one parcel number, then writers of one order, wait for each other; sorted, so that they never wait in a circle.
 * Row locks over several orders do not work on distributed tables. What is read under a lock is a statement of its own:
 * in the same one, the read would see the picture from before the lock.
 */
export async function lockHandles(tx: Tx, handles: Iterable<string>): Promise<void> {
  const keys = sortedKeys('handle', handles);
  if (keys.length > 0) await tx.prepared(LOCK, [int8Array(keys)]);
}

/** Always after {@link lockHandles}. */
export async function lockOrders(tx: Tx, orders: Iterable<string>): Promise<void> {
  const keys = sortedKeys('order', orders);
  if (keys.length > 0) await tx.prepared(LOCK, [int8Array(keys)]);
}

async function tryLock(tx: Tx, space: string, names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return [];
  const rows = await tx.prepared<{ k: string; got: boolean }>(TRY, [int8Array(sortedKeys(space, names))]);
  const got = new Set(rows.filter((row) => row.got).map((row) => row.k));
  return names.filter((name) => got.has(String(keyOf(space, name))));
}

/** Locks those parcel numbers that nobody else writes right now. Who holds such a lock must not wait for another one. */
export const tryLockHandles = (tx: Tx, handles: readonly string[]): Promise<string[]> => tryLock(tx, 'handle', handles);

/** The same of orders. */
export const tryLockOrders = (tx: Tx, orders: readonly string[]): Promise<string[]> => tryLock(tx, 'order', orders);

import { createHash, timingSafeEqual } from 'node:crypto';

/** RFC 4122 name-based UUID, version 5. */
export function uuidV5(name: string, namespace: string): string {
  const hash = createHash('sha1').update(Buffer.from(namespace.replaceAll('-', ''), 'hex')).update(name, 'utf8').digest().subarray(0, 16);
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** RFC 4122 appendix C, the namespace of fully qualified names: the root of ours. */
const ROOT = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';
const HOMES = uuidV5('orderwatch.home', ROOT);
const CUSTOMERS = uuidV5('orderwatch.customer', ROOT);

/** Our id of an order: from its home connection and the home's own id, never from its name. */
export function orderIdOf(connection: string, homeId: string): string {
  return uuidV5(homeId, uuidV5(connection, HOMES));
}

/** Our id of a customer: from the connection and what the source knows them by. */
export function customerIdOf(connection: string, key: string): string {
  return uuidV5(key, uuidV5(connection, CUSTOMERS));
}

/** Id of a fact: a hash of the source's natural identity (hex, 64 characters). */
export function factId(...parts: readonly (string | number | null)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** SHA-256 of bytes or text, hex. */
export function sha256(bytes: Buffer | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Compares two digests in constant time; different lengths are unequal. */
export function sameBytes(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

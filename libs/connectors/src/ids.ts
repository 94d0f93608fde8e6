import { createSecretKey, hash, type KeyObject, timingSafeEqual } from 'node:crypto';

/** RFC 4122 name-based UUID, version 5. */
export function uuidV5(name: string, namespace: string): string {
  const hex = hash('sha1', Buffer.concat([Buffer.from(namespace.replaceAll('-', ''), 'hex'), Buffer.from(name)]));
  const variant = ((Number.parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(18, 20)}-${hex.slice(20, 32)}`;
}

/** RFC 4122 appendix C, the namespace of fully qualified names: the root of ours. */
const ROOT = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';
const HOMES = uuidV5('orderwatch.home', ROOT);
const CUSTOMERS = uuidV5('orderwatch.customer', ROOT);

/** Our id of an order: from its home connection and the home's own id, never from its name. */
export function orderIdOf(connection: string, homeId: string): string {
  return uuidV5(homeId, namespaceOf(connection));
}

const namespaces = new Map<string, string>();

function namespaceOf(connection: string): string {
  const known = namespaces.get(connection);
  if (known) return known;
  const made = uuidV5(connection, HOMES);
  if (namespaces.size > 1_000) namespaces.clear();
  namespaces.set(connection, made);
  return made;
}

/** Our id of a customer: from the connection and what the source knows them by. */
export function customerIdOf(connection: string, key: string): string {
  return uuidV5(key, uuidV5(connection, CUSTOMERS));
}

/** Id of a fact: a hash of the source's natural identity. 128 bits (32 hex digits), since every value of a state names its fact. */
export function factId(...parts: readonly (string | number | null)[]): string {
  return hash('sha256', JSON.stringify(parts)).slice(0, 32);
}

/** SHA-256 of bytes or text, hex. */
export function sha256(bytes: Buffer | string): string {
  return hash('sha256', bytes);
}

/** Compares two digests in constant time; different lengths are unequal. */
export function sameBytes(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

/**
 * Makes the key of a secret once: importing it anew costs as much as signing a small body. Secrets are few, but they are
 * rotated, so that old ones are let go.
 */
export function keyCache(read: (secret: string) => readonly (Buffer | string)[]): (secret: string) => readonly KeyObject[] {
  const known = new Map<string, readonly KeyObject[]>();
  return (secret) => {
    const before = known.get(secret);
    if (before) return before;
    const keys = read(secret).map((key) => (typeof key === 'string' ? createSecretKey(key, 'utf8') : createSecretKey(key)));
    if (known.size > 100) known.clear();
    known.set(secret, keys);
    return keys;
  };
}

import { createHash, randomBytes } from 'node:crypto';

/** 256 bits that nobody can guess; the prefix lets a log scan recognise it. */
export function newToken(kind: 'session' | 'api'): string {
  return `ow${kind === 'session' ? 's' : 't'}_${randomBytes(32).toString('base64url')}`;
}

/** What is stored of a token. It is random, so a plain hash is enough. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

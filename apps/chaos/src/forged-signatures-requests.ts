import { createHmac } from 'node:crypto';
import type { ConnectionKind } from '@orderwatch/db';
import type { Random } from '@orderwatch/rig';

/** What a signature stands on. */
export interface Signed {
  readonly id: string;
  /** Unix seconds, as the header says it. */
  readonly timestamp: string;
  readonly body: Buffer;
}

/** One request to be sent; a header with several values is sent that often. */
export interface Draft {
  readonly connection: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer;
}

/** A body nobody sent before, which the kind's connector understands. */
export function freshBody(kind: ConnectionKind, unique: string, at: number): Buffer {
  const time = new Date(at).toISOString();
  const bodies: Readonly<Record<ConnectionKind, () => object>> = {
    events: () => ({ specversion: '1.0', id: unique, source: 'chaos', type: 'contact.received', subject: `F-${unique}`, time, data: { kind: 'other', text: 'hello' } }),
    shopify: () => ({ id: 1, reference: unique, created_at: time }),
    easypost: () => ({ object: 'Event', id: unique, created_at: time }),
  };
  return Buffer.from(JSON.stringify(bodies[kind]()));
}

/** The key a secret stands for. */
export function keyOf(kind: ConnectionKind, secret: string): Buffer {
  return kind === 'events' ? Buffer.from(secret.slice('whsec_'.length), 'base64') : Buffer.from(secret);
}

/** The bytes that the kind signs. */
export function signedBytes(kind: ConnectionKind, { id, timestamp, body }: Signed): Buffer {
  return kind === 'events' ? Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]) : body;
}

export function macOf(kind: ConnectionKind, key: Buffer, signed: Signed, algorithm = 'sha256'): Buffer {
  return createHmac(algorithm, key).update(signedBytes(kind, signed)).digest();
}

/** The header's value for a mac, as the source writes it. */
export function written(kind: ConnectionKind, mac: Buffer): string {
  const forms: Readonly<Record<ConnectionKind, string>> = { events: `v1,${mac.toString('base64')}`, shopify: mac.toString('base64'), easypost: `hmac-sha256-hex=${mac.toString('hex')}` };
  return forms[kind];
}

export const SIGNATURE_HEADER = { events: 'webhook-signature', shopify: 'x-shopify-hmac-sha256', easypost: 'x-hmac-signature' } as const;

/** Headers with that signature; undefined leaves it out. */
export function headersWith(kind: ConnectionKind, { id, timestamp }: Signed, signature: string | readonly string[] | undefined): Draft['headers'] {
  const about: Draft['headers'] = kind === 'events' ? { 'webhook-id': id, 'webhook-timestamp': timestamp } : {};
  return { 'content-type': 'application/json', ...about, ...(signature === undefined ? {} : { [SIGNATURE_HEADER[kind]]: signature }) };
}

/** The same bytes but for one bit. */
export function flipped(bytes: Buffer, random: Random): Buffer {
  const copy = Buffer.from(bytes);
  const at = random.below(copy.length);
  copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8));
  return copy;
}

export function requestOf({ connection, headers, body }: Draft): Buffer {
  const lines = Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' ? [value] : value).map((one) => `${name}: ${one}\r\n`));
  return Buffer.concat([Buffer.from(`POST /webhooks/${connection} HTTP/1.1\r\nhost: 127.0.0.1\r\n${lines.join('')}content-length: ${body.length}\r\n\r\n`), body]);
}

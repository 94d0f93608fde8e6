import { createHmac } from 'node:crypto';
import type { Delivery, Verdict } from '../connector.js';
import { keyCache, sameBytes, sha256 } from '../ids.js';

/** Seconds a signed timestamp may be off, either way (Standard Webhooks 1.0). */
const TOLERANCE = 300;

const PREFIX = 'whsec_';
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;

/**
 * The keys a Standard Webhooks secret may stand for: its base64 behind the prefix `whsec_`. A secret without the prefix is tried
 * as base64 and as plain text, because people type such secrets by hand. Never an empty key: everybody can sign with that one.
 */
export function keysOf(secret: string): Buffer[] {
  const text = secret.trim();
  const encoded = text.startsWith(PREFIX) ? text.slice(PREFIX.length) : text;
  const keys = BASE64.test(encoded) ? [Buffer.from(encoded, 'base64')] : [];
  if (!text.startsWith(PREFIX)) keys.push(Buffer.from(text, 'utf8'));
  return keys.filter((key) => key.length > 0);
}

const keyObjectsOf = keyCache(keysOf);

/**
 * Events are told apart one by one; the key of the whole delivery is worked out for whoever asks. A class: an object literal with a
 * getter is a hidden class of its own in V8, which is old from the start and keeps the body until the whole heap is collected.
 */
class Genuine {
  readonly genuine = true;

  constructor(private readonly body: Buffer) {}

  get deliveryKeys(): readonly string[] {
    return [sha256(this.body)];
  }
}

/** Standard Webhooks: HMAC-SHA256 over `id.timestamp.body`, any of several space-separated `v1,` signatures, any of our secrets. */
export function verifyEvents(delivery: Delivery, secrets: readonly string[], now: number): Verdict {
  const id = delivery.headers['webhook-id'];
  const timestamp = delivery.headers['webhook-timestamp'];
  const signatures = delivery.headers['webhook-signature'];
  if (!id || !timestamp || !signatures) return { genuine: false, reason: 'a webhook-id, webhook-timestamp or webhook-signature header is missing' };
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(now / 1000 - Number(timestamp)) > TOLERANCE) return { genuine: false, reason: 'the timestamp is out of tolerance' };
  const given = signatures.split(' ').filter((s) => s.startsWith('v1,')).map((s) => Buffer.from(s.slice(3), 'base64'));
  for (const key of secrets.flatMap(keyObjectsOf)) {
    const expected = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(delivery.body).digest();
    if (given.some((signature) => sameBytes(signature, expected))) return new Genuine(delivery.body);
  }
  return { genuine: false, reason: 'the signature does not match' };
}

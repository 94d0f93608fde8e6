import { createHmac } from 'node:crypto';
import type { Delivery, Verdict } from '../connector.js';
import { keyCache, sameBytes, sha256 } from '../ids.js';

const keysOf = keyCache((secret) => (secret === '' ? [] : [secret.normalize('NFKD')]));

/** `X-Hmac-Signature: hmac-sha256-hex=<hex>` over the raw body; the secret is taken in its NFKD form (EasyPost's client library does so). */
export function verifyEasypost(delivery: Delivery, secrets: readonly string[]): Verdict {
  const match = /^hmac-sha256-hex=([0-9a-f]{64})$/i.exec(delivery.headers['x-hmac-signature'] ?? '');
  if (!match) return { genuine: false, reason: 'the X-Hmac-Signature header is missing or malformed' };
  const given = Buffer.from(match[1] ?? '', 'hex');
  for (const key of secrets.flatMap(keysOf)) {
    if (sameBytes(given, createHmac('sha256', key).update(delivery.body).digest())) return { genuine: true, deliveryKeys: [sha256(delivery.body)] };
  }
  return { genuine: false, reason: 'the signature does not match' };
}

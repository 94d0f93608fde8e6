import { createHmac } from 'node:crypto';
import type { Delivery, Verdict } from '../connector.js';
import { keyCache, sameBytes, sha256 } from '../ids.js';
import { topicOf } from './map.js';

const keysOf = keyCache((secret) => (secret === '' ? [] : [secret]));

/**
 * base64 HMAC-SHA256 over the raw body under the app's client secret; several secrets while one is being rotated.
 * Nothing else is signed: ids in headers cannot name a delivery, or a forged one could suppress a genuine one. The body's hash does.
 */
export function verifyShopify(delivery: Delivery, secrets: readonly string[]): Verdict {
  const header = delivery.headers['x-shopify-hmac-sha256'];
  if (!header) return { genuine: false, reason: 'the X-Shopify-Hmac-Sha256 header is missing' };
  const given = Buffer.from(header, 'base64');
  for (const key of secrets.flatMap(keysOf)) {
    if (!sameBytes(given, createHmac('sha256', key).update(delivery.body).digest())) continue;
    return { genuine: true, deliveryKeys: [sha256(`${topicOf(delivery) ?? ''}\n${sha256(delivery.body)}`)] };
  }
  return { genuine: false, reason: 'the signature does not match' };
}

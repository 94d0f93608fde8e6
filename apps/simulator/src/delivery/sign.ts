import { createHmac } from 'node:crypto';
import type { Outgoing } from './outgoing.js';

/** Signing secrets by connection; a connection without one gets no deliveries. */
export interface Secrets {
  readonly events?: string | undefined;
  readonly shopify?: string | undefined;
  readonly easypost?: string | undefined;
}

export const SHOP_DOMAIN = 'demo-store.myshopify.com';
export const SHOPIFY_API_VERSION = '2026-07';

/** Path and headers of a delivery, signed as its vendor signs. */
export function signed(outgoing: Outgoing, secret: string, now: number): { readonly path: string; readonly headers: Readonly<Record<string, string>> } {
  return SIGNERS[outgoing.connection](outgoing, secret, now);
}

const SIGNERS: Readonly<Record<Outgoing['connection'], typeof signed>> = {
  shopify: (outgoing, secret) => ({
    path: `/webhooks/shopify/${outgoing.topic ?? ''}`,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Shopify-Captain-Hook',
      'x-shopify-topic': outgoing.topic ?? '',
      'x-shopify-hmac-sha256': createHmac('sha256', secret).update(outgoing.body).digest('base64'),
      'x-shopify-shop-domain': SHOP_DOMAIN,
      'x-shopify-api-version': SHOPIFY_API_VERSION,
      'x-shopify-webhook-id': outgoing.id,
      'x-shopify-event-id': outgoing.eventId,
      // Microseconds, as Shopify writes them.
      'x-shopify-triggered-at': new Date(outgoing.triggeredAt).toISOString().replace('Z', '000Z'),
    },
  }),
  easypost: (outgoing, secret) => ({
    path: '/webhooks/easypost',
    headers: {
      'content-type': 'application/json',
      'user-agent': 'EasyPost/v2',
      'x-hmac-signature': `hmac-sha256-hex=${createHmac('sha256', secret.normalize('NFKD')).update(outgoing.body).digest('hex')}`,
    },
  }),
  events: (outgoing, secret, now) => {
    const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : Buffer.from(secret, 'base64');
    const timestamp = String(Math.floor(now / 1000));
    const signature = createHmac('sha256', key).update(`${outgoing.id}.${timestamp}.${outgoing.body}`).digest('base64');
    return {
      path: '/webhooks/events',
      headers: {
        'content-type': outgoing.body.startsWith('[') ? 'application/cloudevents-batch+json' : 'application/cloudevents+json',
        'webhook-id': outgoing.id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}`,
      },
    };
  },
};

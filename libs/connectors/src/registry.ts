import type { Connector, ConnectorKind } from './connector.js';
import { mapEasypost } from './easypost/map.js';
import { verifyEasypost } from './easypost/verify.js';
import { mapEvents } from './events/map.js';
import { verifyEvents } from './events/verify.js';
import { mapShopify } from './shopify/map.js';
import { verifyShopify } from './shopify/verify.js';

/** Every kind of source there is. */
export const CONNECTORS: Readonly<Record<ConnectorKind, Connector>> = {
  events: {
    kind: 'events', verify: verifyEvents, map: mapEvents,
    setup: { header: 'webhook-signature', hint: 'CloudEvents 1.0 JSON, signed as in Standard Webhooks with the secret whsec_<base64>.' },
  },
  shopify: {
    kind: 'shopify', verify: verifyShopify, map: mapShopify,
    setup: { header: 'X-Shopify-Hmac-Sha256', hint: 'Webhook subscriptions of orders/*, fulfillments/*, fulfillment_events/create and refunds/create; the secret is the app\'s client secret.' },
  },
  easypost: {
    kind: 'easypost', verify: verifyEasypost, map: mapEasypost,
    setup: { header: 'X-Hmac-Signature', hint: 'A webhook with this secret; events tracker.created and tracker.updated are read.' },
  },
};

/** The connector of a kind. */
export function connectorOf(kind: ConnectorKind): Connector {
  return CONNECTORS[kind];
}

/** Whether the text is a kind of connection that exists. */
export function isConnectorKind(text: string): text is ConnectorKind {
  return Object.hasOwn(CONNECTORS, text);
}

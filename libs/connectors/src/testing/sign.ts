import { createHmac } from 'node:crypto';
import type { ConnectorKind } from '../connector.js';
import { keysOf } from '../events/verify.js';

/** Headers with which that kind of source signs a body; `now` in epoch ms. For tests and the simulator's checks. */
export function signedHeaders(kind: ConnectorKind, secret: string, body: Buffer, now: number, id = 'msg_1'): Record<string, string> {
  switch (kind) {
    case 'events': {
      const timestamp = String(Math.floor(now / 1000));
      const signature = createHmac('sha256', keysOf(secret)[0] ?? '').update(`${id}.${timestamp}.`).update(body).digest('base64');
      return { 'content-type': 'application/cloudevents+json', 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
    }
    case 'shopify':
      return { 'content-type': 'application/json', 'x-shopify-hmac-sha256': createHmac('sha256', secret).update(body).digest('base64') };
    case 'easypost':
      return { 'content-type': 'application/json', 'x-hmac-signature': `hmac-sha256-hex=${createHmac('sha256', secret.normalize('NFKD')).update(body).digest('hex')}` };
  }
}

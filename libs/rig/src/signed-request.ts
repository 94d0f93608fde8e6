import { createHmac } from 'node:crypto';
import type { Message } from './corpus.js';
import { SECRETS } from './secrets.js';

const EVENTS_KEY = Buffer.from(SECRETS.events.slice('whsec_'.length), 'base64');

/** Headers with which the source of a message signs it; `now` in epoch ms. */
export function signature({ connection, topic, body }: Message, id: string, now: number): Record<string, string> {
  switch (connection) {
    case 'events': {
      const timestamp = String(Math.floor(now / 1000));
      const type = body[0] === 0x5b ? 'application/cloudevents-batch+json' : 'application/cloudevents+json';
      return { 'content-type': type, 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${createHmac('sha256', EVENTS_KEY).update(`${id}.${timestamp}.`).update(body).digest('base64')}` };
    }
    case 'shopify':
      return { 'content-type': 'application/json', 'x-shopify-topic': topic ?? '', 'x-shopify-webhook-id': id, 'x-shopify-hmac-sha256': createHmac('sha256', SECRETS.shopify).update(body).digest('base64') };
    case 'easypost':
      return { 'content-type': 'application/json', 'x-hmac-signature': `hmac-sha256-hex=${createHmac('sha256', SECRETS.easypost).update(body).digest('hex')}` };
  }
}

export const pathOf = ({ connection, topic }: Message): string => `/webhooks/${connection}${topic ? `/${topic}` : ''}`;

/** The whole HTTP/1.1 request, ready for a socket. */
export function signedRequest(message: Message, id: string, now: number): Buffer {
  const headers = Object.entries(signature(message, id, now)).map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return Buffer.concat([Buffer.from(`POST ${pathOf(message)} HTTP/1.1\r\nhost: 127.0.0.1\r\n${headers}content-length: ${message.body.length}\r\n\r\n`), message.body]);
}

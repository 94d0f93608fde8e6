import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ConnectorKind, Delivery } from './connector.js';
import { CONNECTORS } from './registry.js';
import { signedHeaders } from './testing/sign.js';

const NOW = Date.UTC(2026, 10, 20);
const SECRETS: Readonly<Record<ConnectorKind, string>> = { events: `whsec_${Buffer.from('a secret of thirty-two bytes !!!').toString('base64')}`, shopify: 'hush', easypost: 'sécret' };
const kinds = Object.keys(CONNECTORS) as ConnectorKind[];

function fixtures(kind: ConnectorKind): { name: string; delivery: Delivery }[] {
  const folder = join(import.meta.dirname, kind, 'fixtures');
  return readdirSync(folder).map((name) => {
    const body = readFileSync(join(folder, name));
    const topic = kind === 'shopify' ? name.replace('.json', '').replace('-', '/') : undefined;
    return { name, delivery: { connection: kind, topic, headers: signedHeaders(kind, SECRETS[kind], body, NOW), body } };
  });
}

describe.each(kinds)('connector %s', (kind) => {
  const connector = CONNECTORS[kind];

  it.each(fixtures(kind))('verifies and understands $name, the same way twice', ({ delivery }) => {
    expect(connector.verify(delivery, ['another', SECRETS[kind]], NOW)).toMatchObject({ genuine: true });
    const mapped = connector.map(delivery);
    expect(mapped.outcome).toBe('understood');
    expect(connector.map(delivery)).toEqual(mapped);
    if (mapped.outcome === 'understood') expect(mapped.facts.length).toBeGreaterThan(0);
  });

  it('accepts no delivery whose body, signature or headers were touched', () => {
    const [fixture] = fixtures(kind);
    if (!fixture) throw new Error('no fixture');
    const { delivery } = fixture;
    const names = Object.keys(delivery.headers).filter((name) => name !== 'content-type');
    fc.assert(fc.property(fc.nat(delivery.body.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const body = Buffer.from(delivery.body);
      body[at] = (body[at] ?? 0) ^ flip;
      expect(connector.verify({ ...delivery, body }, [SECRETS[kind]], NOW).genuine).toBe(false);
    }), { numRuns: 500 });
    for (const name of names) {
      for (const value of ['', 'x', `${delivery.headers[name] ?? ''}0`]) {
        const touched = { ...delivery, headers: { ...delivery.headers, [name]: value } };
        // base64 ignores what follows its padding; that is the same signature
        if (name.includes('sha256') && value.endsWith('=0')) continue;
        if (name === 'webhook-signature' && value.endsWith('=0')) continue;
        expect(connector.verify(touched, [SECRETS[kind]], NOW).genuine).toBe(false);
      }
    }
    expect(connector.verify(delivery, ['another secret'], NOW).genuine).toBe(false);
    expect(connector.verify(delivery, [], NOW).genuine).toBe(false);
  });

  it('never throws, whatever the body', () => {
    const hostile = fc.oneof(fc.uint8Array({ maxLength: 200 }).map((b) => Buffer.from(b)), fc.json().map((t) => Buffer.from(t)),
      fc.constantFrom('', '{', 'null', '[]', '{"order":null}', '['.repeat(10_000), '{"a":1e400000}', '"\\ud800"', '{"__proto__":{"x":1}}').map((t) => Buffer.from(t)));
    fc.assert(fc.property(hostile, fc.constantFrom(undefined, 'orders/create', 'refunds/create', 'no/topic'), (body, topic) => {
      expect(['understood', 'not_used', 'dead']).toContain(connector.map({ connection: kind, topic, headers: {}, body }).outcome);
    }), { numRuns: 500 });
  });
});

describe('what is signed', () => {
  it('refuses a feed delivery whose timestamp is six minutes off', () => {
    const body = Buffer.from('{}');
    const delivery = { connection: 'events', topic: undefined, headers: signedHeaders('events', SECRETS.events, body, NOW), body };
    expect(CONNECTORS.events.verify(delivery, [SECRETS.events], NOW + 299_000).genuine).toBe(true);
    expect(CONNECTORS.events.verify(delivery, [SECRETS.events], NOW + 361_000).genuine).toBe(false);
  });

  it('keys a Shopify delivery by its body, so that forged headers cannot suppress a genuine one', () => {
    const key = (body: string, id: string) => {
      const delivery = { connection: 'shopify', topic: 'orders/create', headers: { ...signedHeaders('shopify', 'hush', Buffer.from(body), NOW), 'x-shopify-webhook-id': id }, body: Buffer.from(body) };
      const verdict = CONNECTORS.shopify.verify(delivery, ['hush'], NOW);
      return verdict.genuine ? verdict.deliveryKeys.join() : '';
    };
    expect(key('{"id":1}', 'same')).not.toBe(key('{"id":2}', 'same'));
    expect(key('{"id":1}', 'one')).toBe(key('{"id":1}', 'other'));
  });
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { CONNECTORS } from './registry.js';

const folder = join(import.meta.dirname, '../../../../shared/fixtures');
const isThere = existsSync(folder);
const READ = /^webhook-(orders-(create|updated|paid|cancelled)|fulfillments-|fulfillment_events-create|refunds-create)/;

// Real payloads that lie beside the project on some machines; where they are missing this says so.
(isThere ? describe : describe.skip)(isThere ? 'real payloads' : 'real payloads (skipped: ../shared/fixtures is not here)', () => {
  const files = (kind: string): string[] => (isThere ? readdirSync(join(folder, kind)) : ['none']);

  it.each(files('shopify'))('shopify %s', (name) => {
    const match = /^webhook-([a-z_]+)-([a-z_]+)-/.exec(name);
    const topic = match ? `${match[1]}/${match[2]}` : undefined;
    const mapped = CONNECTORS.shopify.map({ connection: 'shopify', topic, headers: {}, body: readFileSync(join(folder, 'shopify', name)) });
    expect(mapped.outcome === 'dead' ? mapped : 'kept').toBe('kept');
    if (READ.test(name)) expect(mapped.outcome).toBe('understood');
  });

  it.each(files('easypost'))('easypost %s', (name) => {
    const mapped = CONNECTORS.easypost.map({ connection: 'easypost', topic: undefined, headers: {}, body: readFileSync(join(folder, 'easypost', name)) });
    expect(mapped.outcome === 'dead' ? mapped : 'kept').toBe('kept');
  });

  it('easypost: the vendor\'s own signature vector', () => {
    const body = Buffer.from(readFileSync(join(folder, 'easypost/webhook-event-body-hmac-test.json'), 'utf8').replace(/\n$/, ''));
    const headers = { 'x-hmac-signature': 'hmac-sha256-hex=38f3f53c103713df81616a0a186d77141957323ec21d5fe9363db93840f527db' };
    expect(CONNECTORS.easypost.verify({ connection: 'easypost', topic: undefined, headers, body }, ['sécret'], 0).genuine).toBe(true);
  });
});

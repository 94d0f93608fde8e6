import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ConfigError, readConfig, secretValues } from './config.js';

const own = { DATABASE_URL: 'postgres://u:pass%20word1@db.test/x', ORDERWATCH_SECRET: 'sixteen characters' };

describe('readConfig', () => {
  it('takes the contract’s defaults', () => {
    expect(readConfig(own)).toMatchObject({ port: 3000, role: 'all', isDemo: false, publicUrl: 'http://localhost:3000', connections: [], admin: null });
    expect(readConfig({ ...own, PORT: '8080', ORDERWATCH_DEMO: '1', ORDERWATCH_ROLE: 'worker' })).toMatchObject({ port: 8080, isDemo: true, role: 'worker', publicUrl: 'http://localhost:8080' });
  });

  it('demands a secret in production with a database of one’s own', () => {
    expect(() => readConfig({ NODE_ENV: 'production', DATABASE_URL: own.DATABASE_URL })).toThrow(ConfigError);
    expect(readConfig({ NODE_ENV: 'production', ...own }).isProduction).toBe(true);
  });

  it('makes a secret beside an embedded database, and keeps it', () => {
    const dir = mkdtempSync(join(tmpdir(), 'orderwatch-config-'));
    const first = readConfig({ ORDERWATCH_DATA_DIR: dir });
    expect(first.secret.length).toBeGreaterThanOrEqual(40);
    expect(readConfig({ ORDERWATCH_DATA_DIR: dir }).secret).toBe(first.secret);
    expect(first.isDemo).toBe(true);
    rmSync(dir, { recursive: true });
  });

  it.each([['PORT', 'eighty'], ['ORDERWATCH_ROLE', 'boss'], ['DATABASE_URL', 'mysql://x'], ['ORDERWATCH_SECRET', 'short'], ['ORDERWATCH_DEMO', 'maybe'], ['PUBLIC_URL', 'here']])('names %s when it is wrong', (name, value) => {
    expect(() => readConfig({ ...own, [name]: value })).toThrow(new RegExp(name));
  });

  it('makes a connection of each secret, and knows what must stay out of the log', () => {
    const config = readConfig({ ...own, ORDERWATCH_EVENTS_SECRET: 'whsec_abcdefgh', ORDERWATCH_SHOPIFY_SECRET: 'shop-signing', ORDERWATCH_SHOPIFY_TOKEN: 'shop-token-1', ORDERWATCH_SHOPIFY_SHOP: 'x.myshopify.com', ORDERWATCH_SHIPSTATION_KEY: 'k', ORDERWATCH_SHIPSTATION_SECRET: 'warehouse-1', ORDERWATCH_CONNECTION_SECRET: 'sealed-later' });
    expect(config.connections.map((c) => [c.name, c.kind])).toEqual([['events', 'events'], ['shopify', 'shopify']]);
    expect(secretValues(config)).toEqual(expect.arrayContaining(['sixteen characters', 'pass word1', 'whsec_abcdefgh', 'shop-signing', 'shop-token-1', 'warehouse-1', 'sealed-later']));
  });
});

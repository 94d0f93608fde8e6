import { describe, expect, it } from '@jest/globals';
import type { Outgoing } from '../delivery/outgoing.js';
import { signed } from '../delivery/sign.js';
import { isGenuine, SECRETS } from '../testing/listener.js';
import type { Home } from './model.js';
import { speak, unreadable } from './mouths.js';
import { isScenario, play, SCENARIOS } from './scenarios.js';

const now = Date.parse('2026-11-20T09:00:00Z');
const HOMES: readonly Home[] = ['feed', 'shopify'];

function tell(scenario: string, home: Home): Outgoing[] {
  if (!isScenario(scenario)) throw new Error(scenario);
  const { plan, told } = play(scenario, { seed: 'spec', key: `k-${scenario}`, number: 24_001, home, now });
  return Array.from({ length: told }, (_, index) => speak(plan.order, plan.happenings.slice(0, index + 1))).flat();
}

const everything = Object.keys(SCENARIOS).flatMap((scenario) => HOMES.flatMap((home) => tell(scenario, home)));

describe('the two mouths of the store', () => {
  it('signs every delivery as its vendor does', () => {
    for (const outgoing of everything) {
      const { path, headers } = signed(outgoing, SECRETS[outgoing.connection], now);
      expect(isGenuine(path, headers, outgoing.body)).toBe(true);
      expect(isGenuine(path, headers, `${outgoing.body} `)).toBe(false);
    }
  });

  it('gives Shopify deliveries all their headers', () => {
    const outgoing = everything.find((one) => one.connection === 'shopify');
    const { path, headers } = signed(outgoing as Outgoing, SECRETS.shopify, now);
    expect(path).toBe('/webhooks/shopify/orders/create');
    expect(headers).toMatchObject({ 'x-shopify-topic': 'orders/create', 'x-shopify-api-version': '2026-07', 'x-shopify-shop-domain': expect.stringMatching(/\.myshopify\.com$/) });
    expect(headers['x-shopify-triggered-at']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
  });

  it('writes 64-bit ids as digits that a number would have rounded', () => {
    for (const outgoing of everything.filter((one) => one.topic === 'orders/create')) {
      const digits = /^\{"id":(\d+),/.exec(outgoing.body)?.[1] ?? '';
      expect(BigInt(digits)).toBeGreaterThan(2n ** 53n);
      expect(outgoing.body).toContain(`"admin_graphql_api_id":"gid://shopify/Order/${digits}"`);
    }
  });

  it('tells a tracker cumulatively', () => {
    const trackers = tell('delivered', 'shopify').filter((one) => one.connection === 'easypost').map((one) => JSON.parse(one.body) as { result: { tracking_details: object[]; status: string } });
    trackers.forEach((event, index) => expect(event.result.tracking_details).toHaveLength(index + 1));
    expect(trackers.at(-1)?.result.status).toBe('delivered');
  });

  it('never gives two different deliveries one id', () => {
    const bodies = new Map<string, string>();
    for (const outgoing of everything) {
      const key = `${outgoing.connection}:${outgoing.id}`;
      expect(bodies.get(key) ?? outgoing.body).toBe(outgoing.body);
      bodies.set(key, outgoing.body);
    }
  });

  it('can send what nobody can read', () => {
    const { plan } = play('placed', { seed: 'spec', key: 'k', number: 1, home: 'shopify', now });
    const cut = unreadable(plan.order, plan.happenings.slice(0, 1));
    expect(() => JSON.parse(cut?.body ?? '{}') as unknown).toThrow();
  });
});

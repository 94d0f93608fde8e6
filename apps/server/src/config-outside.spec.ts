import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { accountName, outsideSystemsOf, outsideUrl, outsideVariables, plainAddress } from './config-outside.js';

describe('outside systems of the environment', () => {
  it('are those with a name, a secret and a place', () => {
    expect(outsideSystemsOf({})).toEqual([]);
    expect(outsideSystemsOf({ ORDERWATCH_SHIPSTATION_KEY: 'k' })).toEqual([]);
    expect(outsideSystemsOf({
      ORDERWATCH_SHIPSTATION_KEY: 'k', ORDERWATCH_SHIPSTATION_SECRET: 's', ORDERWATCH_ZENDESK_EMAIL: 'a@x.test', ORDERWATCH_ZENDESK_TOKEN: 't', ORDERWATCH_ZENDESK_SUBDOMAIN: 'shop',
      ORDERWATCH_GORGIAS_EMAIL: 'a@x.test', ORDERWATCH_GORGIAS_KEY: 'g', ORDERWATCH_GORGIAS_DOMAIN: 'not a domain',
    })).toEqual([
      { name: 'shipstation', kind: 'shipstation', serves: null, access: { baseUrl: 'https://ssapi.shipstation.com', account: 'k', secret: 's' } },
      { name: 'zendesk', kind: 'zendesk', serves: null, access: { baseUrl: 'https://shop.zendesk.com', account: 'a@x.test/token', secret: 't' } },
    ]);
  });

  it('take no address with a secret in it, and none that is not of a host', () => {
    for (const url of ['https://me:hush@desk.test', 'https://hush@desk.test', 'file:///etc/passwd', 'https://desk.test/?key=hush', 'https://desk.test/#hush', 'desk.test', '']) expect(plainAddress(url)).toBeNull();
    for (const url of ['https://desk.test', 'http://127.0.0.1:4010/gorgias']) expect(plainAddress(url)).toBe(url);
    const told = (ORDERWATCH_GORGIAS_API_URL: string): string => z.object(outsideVariables).safeParse({ ORDERWATCH_GORGIAS_API_URL }).error?.message ?? '';
    expect(told('https://desk.test')).toBe('');
    expect(told('https://me:hush@desk.test')).toContain('is no address of a host');
    expect(told('https://me:hush@desk.test')).not.toContain('hush');
  });

  it('take no site that leads elsewhere', () => {
    for (const site of ['evil.test/', 'a.b', '-a', 'a@b', 'a/..', '']) expect(outsideUrl('gorgias', site)).toBeNull();
    expect(accountName('zendesk', 'a@x.test/token')).toBe('a@x.test/token');
  });
});

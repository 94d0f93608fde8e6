import type { OutsideKind, OutsideSystem } from '@orderwatch/db';
import { z } from 'zod';

const text = z.string().trim().min(1).optional();

const address = text.refine((url) => url === undefined || plainAddress(url) !== null, 'is no address of a host, or names more than that');

/** Variables that name the systems remedies act on. */
export const outsideVariables = {
  ORDERWATCH_SHIPSTATION_KEY: text, ORDERWATCH_SHIPSTATION_SECRET: text, ORDERWATCH_SHIPSTATION_API_URL: address,
  ORDERWATCH_GORGIAS_DOMAIN: text, ORDERWATCH_GORGIAS_EMAIL: text, ORDERWATCH_GORGIAS_KEY: text, ORDERWATCH_GORGIAS_API_URL: address,
  /** Read by `connection add` of such a system: what stands in an argument is seen by everybody on the machine. */
  ORDERWATCH_CONNECTION_SECRET: text,
  ORDERWATCH_ZENDESK_SUBDOMAIN: text, ORDERWATCH_ZENDESK_EMAIL: text, ORDERWATCH_ZENDESK_TOKEN: text, ORDERWATCH_ZENDESK_API_URL: address,
};

type Variables = Partial<Record<keyof typeof outsideVariables, string | undefined>>;

const SUBDOMAIN = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;

/** Where a system of that kind answers. @param site the part of the host that is the customer's own. @returns null when the site cannot be one. */
export function outsideUrl(kind: OutsideKind, site: string | undefined): string | null {
  if (kind === 'shipstation') return 'https://ssapi.shipstation.com';
  return site !== undefined && SUBDOMAIN.test(site) ? `https://${site}.${kind}.com` : null;
}

/** An address as somebody gave it: a host over HTTP, and nothing beside. A name or password in it would be told with every failure. @returns null when it is none. */
export function plainAddress(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const { protocol, username, password, search, hash } = new URL(text);
  return (protocol === 'https:' || protocol === 'http:') && [username, password, search, hash].every((part) => part === '') ? text : null;
}

/** The name that a system of that kind wants to be greeted with: Zendesk marks who comes with a token. */
export function accountName(kind: OutsideKind, account: string): string {
  return kind === 'zendesk' && !account.endsWith('/token') ? `${account}/token` : account;
}

/** Those whose name and secret are both there. */
export function outsideSystemsOf(e: Variables): OutsideSystem[] {
  const system = (kind: OutsideKind, account: string | undefined, secret: string | undefined, baseUrl: string | null | undefined): OutsideSystem[] =>
    (account && secret && baseUrl ? [{ name: kind, kind, serves: null, access: { baseUrl, account: accountName(kind, account), secret } }] : []);
  return [
    ...system('shipstation', e.ORDERWATCH_SHIPSTATION_KEY, e.ORDERWATCH_SHIPSTATION_SECRET, e.ORDERWATCH_SHIPSTATION_API_URL ?? outsideUrl('shipstation', undefined)),
    ...system('gorgias', e.ORDERWATCH_GORGIAS_EMAIL, e.ORDERWATCH_GORGIAS_KEY, e.ORDERWATCH_GORGIAS_API_URL ?? outsideUrl('gorgias', e.ORDERWATCH_GORGIAS_DOMAIN)),
    ...system('zendesk', e.ORDERWATCH_ZENDESK_EMAIL, e.ORDERWATCH_ZENDESK_TOKEN, e.ORDERWATCH_ZENDESK_API_URL ?? outsideUrl('zendesk', e.ORDERWATCH_ZENDESK_SUBDOMAIN)),
  ];
}

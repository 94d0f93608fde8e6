import { decimal } from '../shared/money.js';
import type { RawJson } from '../shared/raw-json.js';

/** An amount in shop and presentment currency; the demo shop sells in the buyer's. */
export function moneyBag(minor: number, currency: string): RawJson {
  const money = { amount: decimal(minor), currency_code: currency };
  return { shop_money: money, presentment_money: money };
}

/** Shopify writes its shop's local time with an offset; the demo shop sits at UTC+1 and ignores summer. */
export function shopTime(at: number): string {
  return `${new Date(at + 3_600_000).toISOString().slice(0, 19)}+01:00`;
}

/** A gid of the Admin API. */
export function gid(type: string, id: string): string {
  return `gid://shopify/${type}/${id}`;
}

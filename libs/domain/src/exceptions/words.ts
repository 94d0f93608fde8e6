import { DAY, HOUR, MINUTE, type Instant } from '../shared/time.js';

/** A length of time in words of at most two units: `4 d 6 h`, `47 min`. */
export function lengthInWords(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / MINUTE));
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(ms / HOUR);
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  const days = Math.floor(ms / DAY);
  return hours % 24 === 0 ? `${days} d` : `${days} d ${hours % 24} h`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A day in words: `15 Nov`; with the year when it is not the year of `now`. Accepts an instant or a date text. */
export function dayInWords(day: Instant | string, now: Instant): string {
  const date = new Date(day);
  const text = `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ''}`;
  return date.getUTCFullYear() === new Date(now).getUTCFullYear() ? text : `${text} ${date.getUTCFullYear()}`;
}

/** A carrier's canonical id as people write it. */
export function carrierInWords(carrier: string | number | null | undefined): string {
  if (carrier === null || carrier === undefined || carrier === '') return 'the carrier';
  const id = String(carrier);
  return CARRIERS[id] ?? id.replace(/_/g, ' ').replace(/\b[a-z]/g, (c) => c.toUpperCase());
}

const CARRIERS: Readonly<Record<string, string>> = {
  ups: 'UPS', usps: 'USPS', fedex: 'FedEx', dhl: 'DHL', dhl_express: 'DHL Express', dhl_ecommerce: 'DHL eCommerce', gls: 'GLS', dpd: 'DPD', brt: 'BRT', tnt: 'TNT',
  postnl: 'PostNL', bpost: 'bpost', ontrac: 'OnTrac', postnord: 'PostNord',
};

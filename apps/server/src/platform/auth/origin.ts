import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a request that may change something comes from our own pages. Browsers always send Origin with such requests;
 * programs send none, and have no cookies that somebody else could borrow.
 */
export function isOwnOrigin(headers: IncomingHttpHeaders, publicUrl: string): boolean {
  const { origin, host } = headers;
  if (origin === undefined) {
    const site = headers['sec-fetch-site'];
    return site === undefined || site === 'same-origin' || site === 'none';
  }
  if (!URL.canParse(origin)) return false;
  const from = new URL(origin);
  return from.origin === new URL(publicUrl).origin || from.host === host;
}

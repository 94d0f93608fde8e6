import type { z } from 'zod';
import { wasNotSent, type CallResult } from '../shopify/admin-api.js';

/** An outside system that is spoken to with a name and a secret. */
export interface OutsideAccess {
  readonly baseUrl: string;
  /** API key, or the e-mail address of the account. */
  readonly account: string;
  readonly secret: string;
}

export interface JsonRequest {
  /** How people call the system, for sentences. */
  readonly system: string;
  readonly method: 'GET' | 'POST' | 'PUT';
  /** With its query. */
  readonly path: string;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Largest answer that is read, bytes. */
const LARGEST = 4 * 1024 * 1024;

/**
 * One call over HTTP with Basic authentication. Follows no redirect and retries nothing by itself. What a GET leaves open is asked again;
 * what an act leaves open may have happened.
 */
export async function callJson<T>(access: OutsideAccess, { system, method, path, body, headers }: JsonRequest, schema: z.ZodType<T>, signal: AbortSignal): Promise<CallResult<T>> {
  let status: number;
  let text: string;
  try {
    const response = await fetch(`${access.baseUrl.replace(/\/$/, '')}${path}`, {
      method, redirect: 'error', signal, ...(body ? { body: JSON.stringify(body) } : {}),
      headers: { accept: 'application/json', ...(body ? { 'content-type': 'application/json' } : {}), authorization: `Basic ${Buffer.from(`${access.account}:${access.secret}`).toString('base64')}`, ...headers },
    });
    status = response.status;
    if (Number(response.headers.get('content-length') ?? 0) > LARGEST) return { result: 'unknown', why: `${system} answered too much` };
    text = await response.text();
  } catch (error) {
    return wasNotSent(error) ? { result: 'later', why: `${system} cannot be reached` } : { result: 'unknown', why: `no answer from ${system}: ${error instanceof Error ? error.message : String(error)}` };
  }
  if (status === 429) return { result: 'later', why: `${system} asks to slow down` };
  if (status >= 500 || status === 408) return { result: 'unknown', why: `${system} answered ${status}` };
  if (status < 200 || status > 299) return { result: 'refused', why: `${system} answered ${status}` };
  const read = schema.safeParse(tryJson(text));
  return read.success ? { result: 'done', value: read.data } : { result: 'unknown', why: `${system} answered in an unknown shape` };
}

function tryJson(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    return undefined;
  }
}

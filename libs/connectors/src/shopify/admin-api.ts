import type { z } from 'zod';
import { answerSchema } from './admin-schema.js';

/** Where a shop's Admin API answers and with what token. */
export interface ShopifyAccess {
  /** `https://<shop>.myshopify.com`, or the base of a stand-in. */
  readonly baseUrl: string;
  readonly token: string;
}

/**
 * How an outside call ended. `done` carries the outside id; `refused`: certainly not done, and why; `unknown`: nobody can tell, ask before
 * any retry; `later`: certainly not done, may be tried again.
 */
export type CallResult<T> =
  | { readonly result: 'done'; readonly value: T }
  | { readonly result: 'refused'; readonly why: string }
  | { readonly result: 'later'; readonly why: string }
  | { readonly result: 'unknown'; readonly why: string };

/** Admin API version the documents are written for; its wire facts were read in November 2026. */
const VERSION = '2026-10';

/** Error codes that leave open whether the operation was carried out. */
const OPEN: ReadonlySet<string> = new Set(['INTERNAL_SERVER_ERROR', 'TIMEOUT', 'IDEMPOTENCY_CONCURRENT_REQUEST', 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH']);

/** Failures of a connection before anything was sent. */
const NOT_SENT: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

/** One GraphQL operation; follows no redirect and retries nothing by itself. */
export async function callAdmin<T>(access: ShopifyAccess, operation: { readonly query: string; readonly variables: object }, schema: z.ZodType<T>, signal: AbortSignal): Promise<CallResult<T>> {
  let response: Response;
  let body: string;
  try {
    response = await fetch(`${access.baseUrl.replace(/\/$/, '')}/admin/api/${VERSION}/graphql.json`, {
      method: 'POST', redirect: 'error', signal, body: JSON.stringify(operation),
      headers: { 'content-type': 'application/json', 'x-shopify-access-token': access.token },
    });
    body = await response.text();
  } catch (error) {
    return wasNotSent(error) ? { result: 'later', why: 'Shopify cannot be reached' } : { result: 'unknown', why: `no answer from Shopify: ${error instanceof Error ? error.message : String(error)}` };
  }
  if (response.status === 429) return { result: 'later', why: 'Shopify asks to slow down' };
  if (response.status >= 500 || response.status === 408) return { result: 'unknown', why: `Shopify answered ${response.status}` };
  if (response.status !== 200) return { result: 'refused', why: `Shopify answered ${response.status}` };
  return read(body, schema);
}

function read<T>(body: string, schema: z.ZodType<T>): CallResult<T> {
  const parsed = answerSchema.safeParse(tryJson(body));
  if (!parsed.success) return { result: 'unknown', why: 'Shopify answered something that is no GraphQL result' };
  const [error] = parsed.data.errors ?? [];
  if (error) {
    const code = error.extensions?.code;
    if (code === 'THROTTLED') return { result: 'later', why: 'Shopify asks to slow down' };
    // An error without a code inside a resolver may come after the effect; one without a path never reached a resolver.
    const isOpen = code === undefined ? error.path !== undefined : OPEN.has(code);
    return { result: isOpen ? 'unknown' : 'refused', why: `Shopify: ${error.message}` };
  }
  const data = schema.safeParse(parsed.data.data);
  return data.success ? { result: 'done', value: data.data } : { result: 'unknown', why: 'Shopify answered in an unknown shape' };
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether the connection failed before anything left. */
export function wasNotSent(error: unknown): boolean {
  const cause = error instanceof Error ? (error.cause as { code?: string } | undefined) : undefined;
  return cause?.code !== undefined && NOT_SENT.has(cause.code);
}

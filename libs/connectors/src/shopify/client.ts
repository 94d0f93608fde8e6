import { formatMajor, type Money } from '@orderwatch/domain';
import { z } from 'zod';

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

/** Milliseconds after which a call's result is unknown. */
export const CALL_TIMEOUT = 10_000;

/** Admin API version the documents below are written for. */
const VERSION = '2026-10';

const REFUND = `mutation Refund($input: RefundInput!, $key: String!) { refundCreate(input: $input) @idempotent(key: $key) {
  refund { id } userErrors { field message } } }`;
const RESHIP = `mutation Reship($order: OrderCreateOrderInput!, $options: OrderCreateOptionsInput) { orderCreate(order: $order, options: $options) {
  order { id name } userErrors { field message } } }`;
const FIND_ORDER = `query FindOrder($query: String!) { orders(first: 2, query: $query) { nodes { id name } } }`;

const userErrors = z.array(z.object({ message: z.string() })).default([]);
const envelope = z.object({ data: z.unknown().optional(), errors: z.array(z.object({ message: z.string(), extensions: z.object({ code: z.string().optional() }).optional() })).optional() });
const refundAnswer = z.object({ refundCreate: z.object({ refund: z.object({ id: z.string() }).nullable(), userErrors }).nullable() });
const reshipAnswer = z.object({ orderCreate: z.object({ order: z.object({ id: z.string(), name: z.string() }).nullable(), userErrors }).nullable() });
const findAnswer = z.object({ orders: z.object({ nodes: z.array(z.object({ id: z.string(), name: z.string() })) }) });

export interface RefundRequest {
  /** The order's own id at the shop, digits. */
  readonly orderId: string;
  readonly amount: Money;
  readonly note: string;
  /** Fixed when the remedy was made; the same on every attempt. */
  readonly key: string;
}

export interface ReshipRequest {
  readonly orderId: string;
  readonly lines: readonly { readonly title: string; readonly quantity: number }[];
  readonly currency: string;
  /** Deterministic: what a look-up finds the new order by. */
  readonly sourceIdentifier: string;
  readonly note: string;
}

/** Shopify's Admin GraphQL, as far as remedies need it. Follows no redirect; retries nothing by itself. */
export class ShopifyClient {
  constructor(private readonly access: ShopifyAccess) {}

  /** Moves money back once for a key: Shopify answers a repeated key with the first result. @returns the refund's digits. */
  async refund(request: RefundRequest): Promise<CallResult<string>> {
    const orderId = `gid://shopify/Order/${request.orderId}`;
    const input = {
      orderId, note: request.note, currency: request.amount.currency, notify: false,
      transactions: [{ orderId, kind: 'REFUND', gateway: 'manual', amount: formatMajor(request.amount) }],
    };
    const called = await this.call(REFUND, { input, key: request.key }, refundAnswer);
    if (called.result !== 'done') return called;
    const answer = called.value.refundCreate;
    return settle(answer?.refund?.id, answer?.userErrors);
  }

  /** Makes the replacement order, free of charge. Not idempotent at Shopify: look up before every attempt. @returns the new order's digits. */
  async reship(request: ReshipRequest): Promise<CallResult<string>> {
    const zero = { shopMoney: { amount: '0.00', currencyCode: request.currency } };
    const order = {
      currency: request.currency, financialStatus: 'PAID', sourceIdentifier: request.sourceIdentifier, sourceName: 'orderwatch', note: request.note, tags: ['reship'],
      lineItems: request.lines.map((line) => ({ title: line.title, quantity: line.quantity, priceSet: zero })),
    };
    const called = await this.call(RESHIP, { order, options: { inventoryBehaviour: 'DECREMENT_OBEYING_POLICY', sendReceipt: false } }, reshipAnswer);
    if (called.result !== 'done') return called;
    const answer = called.value.orderCreate;
    return settle(answer?.order?.id, answer?.userErrors);
  }

  /** The digits of the order with that source identifier; null when there is none. */
  async findBySourceIdentifier(sourceIdentifier: string): Promise<CallResult<string | null>> {
    const called = await this.call(FIND_ORDER, { query: `source_identifier:"${sourceIdentifier}"` }, findAnswer);
    if (called.result !== 'done') return called;
    const id = called.value.orders.nodes[0]?.id;
    return { result: 'done', value: id === undefined ? null : digits(id) };
  }

  private async call<T>(query: string, variables: object, schema: z.ZodType<T>): Promise<CallResult<T>> {
    let response: Response;
    let body: string;
    try {
      response = await fetch(`${this.access.baseUrl.replace(/\/$/, '')}/admin/api/${VERSION}/graphql.json`, {
        method: 'POST', redirect: 'error', signal: AbortSignal.timeout(CALL_TIMEOUT), body: JSON.stringify({ query, variables }),
        headers: { 'content-type': 'application/json', 'x-shopify-access-token': this.access.token },
      });
      body = await response.text();
    } catch (error) {
      return isRefusedConnection(error) ? { result: 'later', why: 'Shopify cannot be reached' } : { result: 'unknown', why: `no answer from Shopify: ${messageOf(error)}` };
    }
    if (response.status === 429) return { result: 'later', why: 'Shopify asks to slow down' };
    if (response.status >= 500) return { result: 'unknown', why: `Shopify answered ${response.status}` };
    if (response.status !== 200) return { result: 'refused', why: `Shopify answered ${response.status}` };
    return read(body, schema);
  }
}

function read<T>(body: string, schema: z.ZodType<T>): CallResult<T> {
  const parsed = envelope.safeParse(tryJson(body));
  if (!parsed.success) return { result: 'unknown', why: 'Shopify answered something that is no GraphQL result' };
  const [error] = parsed.data.errors ?? [];
  if (error?.extensions?.code === 'THROTTLED') return { result: 'later', why: 'Shopify asks to slow down' };
  if (error?.extensions?.code === 'INTERNAL_SERVER_ERROR') return { result: 'unknown', why: `Shopify: ${error.message}` };
  if (error) return { result: 'refused', why: `Shopify: ${error.message}` };
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

function settle(id: string | undefined, errors: readonly { readonly message: string }[] = []): CallResult<string> {
  if (errors[0]) return { result: 'refused', why: `Shopify: ${errors.map((e) => e.message).join('; ')}` };
  return id === undefined ? { result: 'unknown', why: 'Shopify named no result' } : { result: 'done', value: digits(id) };
}

function digits(gid: string): string {
  return /(\d+)(?:\?.*)?$/.exec(gid)?.[1] ?? gid;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Nothing was sent: the one failure of a connection that certainly had no effect. */
function isRefusedConnection(error: unknown): boolean {
  const cause = error instanceof Error ? (error.cause as { code?: string } | undefined) : undefined;
  return cause?.code === 'ECONNREFUSED' || cause?.code === 'ENOTFOUND';
}

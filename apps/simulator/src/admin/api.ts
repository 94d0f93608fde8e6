import { randomUUID } from 'node:crypto';
import { getDirectiveValues, graphql, type ExecutionResult, type GraphQLResolveInfo } from 'graphql';
import type { RefundRecord } from '../shopify/refund-payload.js';
import { AdminError } from './admin-error.js';
import { giveStoreCredit, makeDiscountCode, type DiscountInput, type StoreCreditInput } from './credits.js';
import { orderCreate, type OrderInput } from './order-create.js';
import { refundCreate, type RefundInput } from './refund-create.js';
import { adminSchema } from './schema.js';
import type { ShopBooks, ShopOrder } from './shop-books.js';
import { orderView, plainId, queries } from './views.js';

/** Who is told of new effects, to send the shop's webhooks about them. */
export interface Echo {
  refunded(order: ShopOrder, refund: RefundRecord): void;
  ordered(order: ShopOrder, input: OrderInput): void;
}

export interface AdminRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
  readonly operationName: string | undefined;
  /** `2026-10`; the idempotency directive is mandatory from 2026-04 on. */
  readonly version: string;
}

const COST = { requestedQueryCost: 10, actualQueryCost: 10, throttleStatus: { maximumAvailable: 2000, currentlyAvailable: 1990, restoreRate: 100 } };

/** Runs one operation against the stand-in shop. */
export async function answer(books: ShopBooks, echo: Echo, request: AdminRequest): Promise<ExecutionResult> {
  const result = await graphql({
    schema: adminSchema,
    source: request.query,
    ...(request.variables ? { variableValues: request.variables } : {}),
    ...(request.operationName === undefined ? {} : { operationName: request.operationName }),
    rootValue: { ...queries(books), ...mutations(books, echo, request.version) },
  });
  return { ...result, extensions: { ...result.extensions, cost: COST } };
}

function mutations(books: ShopBooks, echo: Echo, version: string): object {
  return {
    refundCreate: ({ input }: { input: RefundInput }, _: unknown, info: GraphQLResolveInfo) => {
      const key = idempotencyKey(info) ?? (version < '2026-04' ? randomUUID() : undefined);
      return refundCreate(books, input, key, (order, refund) => echo.refunded(order, refund));
    },
    orderCreate: ({ order }: { order: OrderInput }) =>
      orderCreate(books, order, books.created, (made, input) => echo.ordered(made, input)),
    storeCreditAccountCredit: ({ id, creditInput }: { id: string; creditInput: StoreCreditInput }) => giveStoreCredit(books, id, creditInput),
    discountCodeBasicCreate: ({ basicCodeDiscount }: { basicCodeDiscount: DiscountInput }) => makeDiscountCode(books, basicCodeDiscount),
    tagsAdd: ({ id, tags }: { id: string; tags: readonly string[] }) => tagsAdd(books, plainId(id), tags),
  };
}

function idempotencyKey(info: GraphQLResolveInfo): string | undefined {
  const directive = info.schema.getDirective('idempotent');
  const node = info.fieldNodes[0];
  if (!directive || !node) return undefined;
  const key = getDirectiveValues(directive, node, info.variableValues)?.['key'];
  return typeof key === 'string' ? key : undefined;
}

function tagsAdd(books: ShopBooks, id: string, tags: readonly string[]): object {
  const order = books.find(id);
  if (!order) return { node: null, userErrors: [{ field: ['id'], message: 'Node does not exist' }] };
  if (tags.some((tag) => tag.length > 40)) throw new AdminError('Tags are at most 40 characters long', 'BAD_USER_INPUT');
  const known = order.tags.map((tag) => tag.toLowerCase());
  const added = tags.filter((tag) => !known.includes(tag.toLowerCase()));
  if (added.length > 0) {
    books.record({
      at: new Date(books.now()).toISOString(), kind: 'tags', key: null, sourceIdentifier: order.sourceIdentifier, orderId: id, amount: null, currency: null, effectId: id, fingerprint: null,
      detail: { tags: added, name: order.name, totalMinor: order.totalMinor },
    });
  }
  return { node: orderView(books, order), userErrors: [] };
}

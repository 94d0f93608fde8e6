import { z } from 'zod';
import { instantOf } from '../instant.js';
import { NumberText } from '../json.js';

/** Text or number as the text it has in the source; null and absent are alike. */
const text = z.union([z.string(), z.instanceof(NumberText).transform((n) => n.text), z.boolean().transform(String)]).nullish().transform((v) => v ?? undefined);
const instant = text.transform((value, context) => {
  if (value === undefined) return undefined;
  const at = instantOf(value);
  if (at === undefined) context.addIssue({ code: 'custom', message: 'is no date-time between 1990 and 2100' });
  return at;
});
const needed = instant.refine((at) => at !== undefined, 'is missing').transform((at) => at ?? 0);
const list = <T extends z.ZodType>(schema: T) => z.array(schema).max(1000).nullish().transform((v) => v ?? []);

const gid = { id: text, admin_graphql_api_id: text };
const money = z.object({ shop_money: z.object({ amount: text, currency_code: text }).nullish() }).nullish();

/** The id's digits: from the GraphQL id, whose text no reader rounds, else from the number as it stands. */
function withId<T extends { id?: string | undefined; admin_graphql_api_id?: string | undefined }>(value: T, context: z.RefinementCtx): T & { key: string } {
  const key = /(\d+)(?:\?.*)?$/.exec(value.admin_graphql_api_id ?? '')?.[1] ?? value.id;
  if (!key) context.addIssue({ code: 'custom', message: 'has no id' });
  return { ...value, key: key ?? '' };
}

const line = z.object({ ...gid, sku: text, title: text, name: text, quantity: text, current_quantity: text, price: text }).transform(withId);
const lineRef = z.object({ ...gid }).transform(withId);

/** fulfillments/*: which lines left together, under which numbers. */
export const fulfilmentSchema = z.object({
  ...gid, order_id: text, status: text, name: text, created_at: needed, updated_at: instant, tracking_company: text, tracking_number: text, tracking_numbers: list(text),
  tracking_url: text, tracking_urls: list(text), shipment_status: text, service: text, location_id: text, line_items: list(lineRef),
}).transform(withId);
export type ShopifyFulfilment = z.infer<typeof fulfilmentSchema>;

const transaction = z.object({ ...gid, kind: text, status: text, amount: text, currency: text });

/** refunds/create: a record of what was refunded; money moved by the successful transactions only. */
export const refundSchema = z.object({
  ...gid, order_id: text, created_at: instant, processed_at: instant, note: text, transactions: list(transaction),
  refund_line_items: list(z.object({ quantity: text, line_item_id: text, subtotal_set: money })),
}).transform(withId);
export type ShopifyRefund = z.infer<typeof refundSchema>;

/** fulfillment_events/create: a scan, in Shopify's words. */
export const fulfilmentEventSchema = z.object({
  ...gid, order_id: text, fulfillment_id: text, status: z.string(), message: text, happened_at: needed, city: text, province: text, estimated_delivery_at: instant,
}).transform(withId);
export type ShopifyFulfilmentEvent = z.infer<typeof fulfilmentEventSchema>;

/** orders/*: the shop's whole current view of an order. */
export const orderSchema = z.object({
  ...gid, name: text, created_at: needed, updated_at: instant, cancelled_at: instant, cancel_reason: text, closed_at: instant, financial_status: text, currency: text,
  total_price: text, total_price_set: money, tags: text, email: text, phone: text, customer_locale: text, source_identifier: text,
  customer: z.object({ ...gid, email: text, phone: text, first_name: text, last_name: text }).nullish(),
  shipping_address: z.object({ name: text, country_code: text }).nullish(),
  line_items: list(line), fulfillments: list(fulfilmentSchema), refunds: list(refundSchema),
}).transform(withId);
export type ShopifyOrder = z.infer<typeof orderSchema>;

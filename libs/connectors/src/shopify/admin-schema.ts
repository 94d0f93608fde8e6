import { z } from 'zod';

/** Documents and answers of the Admin API (2026-10), as far as remedies need them. */
export const REFUND_BASIS = `query RefundBasis($id: ID!) { order(id: $id) {
  transactions(first: 100) { id kind status gateway } refunds(first: 100) { id note } } }`;
export const REFUND = `mutation Refund($input: RefundInput!, $key: String!) { refundCreate(input: $input) @idempotent(key: $key) {
  refund { id } userErrors { field message } } }`;
export const RESHIP_BASIS = `query ReshipBasis($id: ID!) { order(id: $id) { email customer { id }
  shippingAddress { firstName lastName company address1 address2 city zip provinceCode countryCodeV2 phone }
  lineItems(first: 250) { nodes { id variant { id } } } } }`;
/** Apart from what a reship needs: a token that may not read stock must not keep goods from being sent. */
export const RESHIP_STOCK = `query ReshipStock($id: ID!) { order(id: $id) { shippingLine { title }
  lineItems(first: 250) { nodes { id variant { inventoryQuantity inventoryItem { tracked } } } } } }`;
export const RESHIP = `mutation Reship($order: OrderCreateOrderInput!, $options: OrderCreateOptionsInput) { orderCreate(order: $order, options: $options) {
  order { id name } userErrors { field message } } }`;
export const FIND_ORDER = `query FindOrder($query: String!) { orders(first: 2, query: $query) { nodes { id name } } }`;

/** What every GraphQL answer looks like. */
export const answerSchema = z.object({
  data: z.unknown().optional(),
  errors: z.array(z.object({ message: z.string(), path: z.array(z.unknown()).optional(), extensions: z.object({ code: z.string().optional() }).optional() })).optional(),
});

const userErrors = z.array(z.object({ message: z.string() })).default([]);
const identified = z.object({ id: z.string() });

export const refundBasisSchema = z.object({
  order: z.object({
    transactions: z.array(z.object({ id: z.string(), kind: z.string(), status: z.string(), gateway: z.string().nullish() })),
    refunds: z.array(z.object({ id: z.string(), note: z.string().nullish() })),
  }).nullable(),
});
export type RefundBasis = NonNullable<z.infer<typeof refundBasisSchema>['order']>;

export const refundSchema = z.object({ refundCreate: z.object({ refund: identified.nullable(), userErrors }).nullable() });

const address = z.object({
  firstName: z.string().nullish(), lastName: z.string().nullish(), company: z.string().nullish(), address1: z.string().nullish(), address2: z.string().nullish(), city: z.string().nullish(),
  zip: z.string().nullish(), provinceCode: z.string().nullish(), countryCodeV2: z.string().nullish(), phone: z.string().nullish(),
});
export const reshipBasisSchema = z.object({
  order: z.object({
    email: z.string().nullish(), customer: identified.nullish(), shippingAddress: address.nullish(),
    lineItems: z.object({ nodes: z.array(z.object({ id: z.string(), variant: identified.nullish() })) }),
  }).nullable(),
});
export type ReshipBasis = NonNullable<z.infer<typeof reshipBasisSchema>['order']>;

export const reshipStockSchema = z.object({
  order: z.object({
    shippingLine: z.object({ title: z.string() }).nullish(),
    lineItems: z.object({ nodes: z.array(z.object({ id: z.string(), variant: z.object({ inventoryQuantity: z.number().nullish(), inventoryItem: z.object({ tracked: z.boolean() }).nullish() }).nullish() })) }),
  }).nullable(),
});

export const reshipSchema = z.object({ orderCreate: z.object({ order: z.object({ id: z.string(), name: z.string() }).nullable(), userErrors }).nullable() });
export const findSchema = z.object({ orders: z.object({ nodes: z.array(z.object({ id: z.string(), name: z.string() })) }) });

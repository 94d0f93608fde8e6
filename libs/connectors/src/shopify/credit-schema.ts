import { z } from 'zod';

/** Documents and answers of the Admin API (2026-10) about goodwill credits: store credit for a customer with an account, else a discount code. */
export const CREDIT_BASIS = `query CreditBasis($id: ID!, $code: String!) { shop { currencyCode } codeDiscountNodeByCode(code: $code) { id }
  order(id: $id) { customer { id state storeCreditAccounts(first: 20) { nodes { transactions(first: 100, reverse: true) { nodes {
    amount { amount currencyCode } createdAt ... on StoreCreditAccountCreditTransaction { id expiresAt } } } } } } } }`;
export const STORE_CREDIT = `mutation StoreCredit($id: ID!, $creditInput: StoreCreditAccountCreditInput!) { storeCreditAccountCredit(id: $id, creditInput: $creditInput) {
  storeCreditAccountTransaction { id } userErrors { field message } } }`;
export const DISCOUNT_CODE = `mutation DiscountCode($basicCodeDiscount: DiscountCodeBasicInput!) { discountCodeBasicCreate(basicCodeDiscount: $basicCodeDiscount) {
  codeDiscountNode { id } userErrors { field message code } } }`;

const identified = z.object({ id: z.string() });
const userErrors = z.array(z.object({ message: z.string(), code: z.string().nullish() })).default([]);
const transaction = z.object({ amount: z.object({ amount: z.string(), currencyCode: z.string() }), createdAt: z.string(), id: z.string().optional(), expiresAt: z.string().nullish() });

export const creditBasisSchema = z.object({
  shop: z.object({ currencyCode: z.string() }),
  codeDiscountNodeByCode: identified.nullish(),
  order: z.object({
    customer: z.object({
      id: z.string(), state: z.string(),
      storeCreditAccounts: z.object({ nodes: z.array(z.object({ transactions: z.object({ nodes: z.array(transaction) }) })) }),
    }).nullish(),
  }).nullable(),
});
export type CreditBasis = z.infer<typeof creditBasisSchema>;

export const storeCreditSchema = z.object({ storeCreditAccountCredit: z.object({ storeCreditAccountTransaction: identified.nullable(), userErrors }).nullable() });
export const discountCodeSchema = z.object({ discountCodeBasicCreate: z.object({ codeDiscountNode: identified.nullable(), userErrors }).nullable() });

import { buildSchema } from 'graphql';

/**
 * The part of Shopify's Admin API (2026-10) that Orderwatch uses, written after the public reference.
 * Arguments are validated against it, so a query that real Shopify would refuse is refused here.
 */
export const adminSchema = buildSchema(/* GraphQL */ `
  "Binds a mutation to a key: the same key and input are carried out once."
  directive @idempotent(key: String!) on FIELD

  scalar DateTime
  scalar Decimal
  scalar UnsignedInt64
  scalar URL

  enum CurrencyCode { AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD HUF INR JPY MXN NOK NZD PLN RON SEK SGD TRY USD ZAR }
  enum CountryCode { AT AU BE BR CA CH CZ DE DK ES FI FR GB GR HU IE IN IT JP LU MX NL NO NZ PL PT RO SE SG SI SK TR US ZA }
  enum OrderSortKeys { CREATED_AT CUSTOMER_NAME ID ORDER_NUMBER PROCESSED_AT RELEVANCE TOTAL_PRICE UPDATED_AT }
  enum OrderDisplayFinancialStatus { AUTHORIZED EXPIRED PAID PARTIALLY_PAID PARTIALLY_REFUNDED PENDING REFUNDED VOIDED }
  enum OrderDisplayFulfillmentStatus { FULFILLED IN_PROGRESS ON_HOLD OPEN PARTIALLY_FULFILLED PENDING_FULFILLMENT REQUEST_DECLINED RESTOCKED SCHEDULED UNFULFILLED }
  enum OrderCreateFinancialStatus { AUTHORIZED EXPIRED PAID PARTIALLY_PAID PARTIALLY_REFUNDED PENDING REFUNDED VOIDED }
  enum OrderCreateFulfillmentStatus { FULFILLED PARTIAL RESTOCKED }
  enum OrderCreateInputsInventoryBehavior { BYPASS DECREMENT_IGNORING_POLICY DECREMENT_OBEYING_POLICY }
  enum OrderTransactionKind { AUTHORIZATION CAPTURE CHANGE EMV_AUTHORIZATION REFUND SALE SUGGESTED_REFUND VOID }
  enum OrderTransactionStatus { AWAITING_RESPONSE ERROR FAILURE PENDING SUCCESS UNKNOWN }
  enum RefundLineItemRestockType { CANCEL LEGACY_RESTOCK NO_RESTOCK RETURN }

  type MoneyV2 { amount: Decimal! currencyCode: CurrencyCode! }
  type MoneyBag { shopMoney: MoneyV2! presentmentMoney: MoneyV2! }
  interface DisplayableError { field: [String!] message: String! }
  type UserError implements DisplayableError { field: [String!] message: String! }
  type OrderCreateUserError implements DisplayableError { field: [String!] message: String! code: String }
  type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }

  interface Node { id: ID! }
  type InventoryItem { tracked: Boolean! }
  type ShippingLine { title: String! }
  type ProductVariant implements Node { id: ID! sku: String inventoryQuantity: Int inventoryItem: InventoryItem! }
  type LineItem implements Node { id: ID! title: String! sku: String quantity: Int! variant: ProductVariant }
  type LineItemConnection { nodes: [LineItem!]! edges: [LineItemEdge!]! pageInfo: PageInfo! }
  type LineItemEdge { cursor: String! node: LineItem! }
  type OrderTransaction implements Node {
    id: ID! kind: OrderTransactionKind! status: OrderTransactionStatus! gateway: String amountSet: MoneyBag! createdAt: DateTime! processedAt: DateTime
    parentTransaction: OrderTransaction
  }
  type OrderTransactionConnection { nodes: [OrderTransaction!]! edges: [OrderTransactionEdge!]! pageInfo: PageInfo! }
  type OrderTransactionEdge { cursor: String! node: OrderTransaction! }
  type Refund implements Node {
    id: ID! legacyResourceId: UnsignedInt64! createdAt: DateTime updatedAt: DateTime! note: String totalRefundedSet: MoneyBag! order: Order!
    transactions(first: Int, after: String): OrderTransactionConnection!
  }
  enum CustomerState { DECLINED DISABLED ENABLED INVITED }
  interface StoreCreditAccountTransaction { amount: MoneyV2! createdAt: DateTime! }
  type StoreCreditAccountCreditTransaction implements StoreCreditAccountTransaction & Node { id: ID! amount: MoneyV2! createdAt: DateTime! expiresAt: DateTime }
  type StoreCreditAccountTransactionConnection { nodes: [StoreCreditAccountTransaction!]! }
  type StoreCreditAccount implements Node { id: ID! balance: MoneyV2! transactions(first: Int, reverse: Boolean = false): StoreCreditAccountTransactionConnection! }
  type StoreCreditAccountConnection { nodes: [StoreCreditAccount!]! }
  type Customer implements Node { id: ID! state: CustomerState! storeCreditAccounts(first: Int): StoreCreditAccountConnection! }
  type DiscountCodeNode implements Node { id: ID! }
  type MailingAddress {
    firstName: String lastName: String company: String address1: String address2: String city: String zip: String province: String provinceCode: String
    country: String countryCodeV2: CountryCode phone: String
  }
  type Order implements Node {
    id: ID! legacyResourceId: UnsignedInt64! name: String! createdAt: DateTime! updatedAt: DateTime! processedAt: DateTime! cancelledAt: DateTime email: String note: String tags: [String!]!
    shippingLine: ShippingLine sourceIdentifier: String sourceName: String test: Boolean! currencyCode: CurrencyCode! presentmentCurrencyCode: CurrencyCode!
    displayFinancialStatus: OrderDisplayFinancialStatus displayFulfillmentStatus: OrderDisplayFulfillmentStatus!
    totalPriceSet: MoneyBag! currentTotalPriceSet: MoneyBag! totalReceivedSet: MoneyBag! totalRefundedSet: MoneyBag!
    refunds(first: Int): [Refund!]! transactions(first: Int): [OrderTransaction!]!
    lineItems(first: Int, after: String): LineItemConnection!
    customer: Customer shippingAddress: MailingAddress
  }
  type OrderConnection { nodes: [Order!]! edges: [OrderEdge!]! pageInfo: PageInfo! }
  type OrderEdge { cursor: String! node: Order! }
  type Shop implements Node { id: ID! name: String! myshopifyDomain: String! currencyCode: CurrencyCode! }

  input MoneyInput { amount: Decimal! currencyCode: CurrencyCode! }
  input MoneyBagInput { shopMoney: MoneyInput! presentmentMoney: MoneyInput }
  input RefundLineItemInput { lineItemId: ID! quantity: Int! restockType: RefundLineItemRestockType locationId: ID }
  input ShippingRefundInput { amount: Decimal fullRefund: Boolean }
  input OrderTransactionInput { amount: Decimal! gateway: String! kind: OrderTransactionKind! orderId: ID! parentId: ID }
  input StoreCreditRefundInput { amount: MoneyInput! expiresAt: DateTime }
  input RefundMethodInput { storeCreditRefund: StoreCreditRefundInput }
  input RefundInput {
    orderId: ID! note: String notify: Boolean currency: CurrencyCode allowOverRefunding: Boolean discrepancyReason: String processedAt: DateTime
    refundLineItems: [RefundLineItemInput!] shipping: ShippingRefundInput transactions: [OrderTransactionInput!] refundMethods: [RefundMethodInput!]
  }
  input MailingAddressInput {
    firstName: String lastName: String company: String address1: String address2: String city: String zip: String province: String provinceCode: String
    country: String countryCode: CountryCode phone: String
  }
  input OrderCreateAssociateCustomerAttributesInput { id: ID email: String }
  input OrderCreateUpsertCustomerAttributesInput { id: ID email: String firstName: String lastName: String phone: String note: String tags: [String!] }
  input OrderCreateCustomerInput { toAssociate: OrderCreateAssociateCustomerAttributesInput toUpsert: OrderCreateUpsertCustomerAttributesInput }
  input OrderCreateCustomAttributeInput { key: String! value: String! }
  input OrderCreateLineItemInput {
    variantId: ID productId: ID title: String variantTitle: String sku: String quantity: Int! priceSet: MoneyBagInput requiresShipping: Boolean taxable: Boolean
    giftCard: Boolean vendor: String fulfillmentService: String properties: [OrderCreateCustomAttributeInput!]
  }
  input OrderCreateShippingLineInput { title: String! code: String source: String priceSet: MoneyBagInput! }
  input OrderCreateOrderTransactionInput { amountSet: MoneyBagInput! gateway: String kind: OrderTransactionKind status: OrderTransactionStatus processedAt: DateTime test: Boolean }
  input OrderCreateOrderInput {
    name: String email: String phone: String note: String tags: [String!] sourceIdentifier: String sourceName: String sourceUrl: URL poNumber: String test: Boolean
    currency: CurrencyCode presentmentCurrency: CurrencyCode customerId: ID customer: OrderCreateCustomerInput
    lineItems: [OrderCreateLineItemInput!] shippingLines: [OrderCreateShippingLineInput!] shippingAddress: MailingAddressInput billingAddress: MailingAddressInput
    financialStatus: OrderCreateFinancialStatus fulfillmentStatus: OrderCreateFulfillmentStatus transactions: [OrderCreateOrderTransactionInput!]
    customAttributes: [OrderCreateCustomAttributeInput!] processedAt: DateTime closedAt: DateTime taxesIncluded: Boolean buyerAcceptsMarketing: Boolean
  }
  input OrderCreateOptionsInput { inventoryBehaviour: OrderCreateInputsInventoryBehavior = BYPASS sendReceipt: Boolean = false sendFulfillmentReceipt: Boolean = false }

  input StoreCreditAccountCreditInput { creditAmount: MoneyInput! expiresAt: DateTime notify: Boolean }
  enum DiscountBuyerSelection { ALL }
  input DiscountCustomersInput { add: [ID!] remove: [ID!] }
  input DiscountContextInput { all: DiscountBuyerSelection customers: DiscountCustomersInput }
  input DiscountAmountInput { amount: Decimal appliesOnEachItem: Boolean }
  input DiscountCustomerGetsValueInput { discountAmount: DiscountAmountInput percentage: Float }
  input DiscountItemsInput { all: Boolean }
  input DiscountCustomerGetsInput { value: DiscountCustomerGetsValueInput items: DiscountItemsInput }
  input DiscountCodeBasicInput {
    title: String code: String startsAt: DateTime endsAt: DateTime usageLimit: Int appliesOncePerCustomer: Boolean context: DiscountContextInput customerGets: DiscountCustomerGetsInput
  }
  type StoreCreditAccountCreditUserError implements DisplayableError { field: [String!] message: String! code: String }
  type DiscountUserError implements DisplayableError { field: [String!] message: String! code: String }

  type StoreCreditAccountCreditPayload { storeCreditAccountTransaction: StoreCreditAccountCreditTransaction userErrors: [StoreCreditAccountCreditUserError!]! }
  type DiscountCodeBasicCreatePayload { codeDiscountNode: DiscountCodeNode userErrors: [DiscountUserError!]! }
  type RefundCreatePayload { refund: Refund order: Order userErrors: [UserError!]! }
  type OrderCreatePayload { order: Order userErrors: [OrderCreateUserError!]! }
  type TagsAddPayload { node: Node userErrors: [UserError!]! }

  type Query {
    shop: Shop!
    order(id: ID!): Order
    codeDiscountNodeByCode(code: String!): DiscountCodeNode
    orders(first: Int, after: String, last: Int, before: String, reverse: Boolean = false, query: String, sortKey: OrderSortKeys = PROCESSED_AT, savedSearchId: ID): OrderConnection!
  }
  type Mutation {
    refundCreate(input: RefundInput!): RefundCreatePayload
    orderCreate(order: OrderCreateOrderInput!, options: OrderCreateOptionsInput): OrderCreatePayload
    tagsAdd(id: ID!, tags: [String!]!): TagsAddPayload
    storeCreditAccountCredit(id: ID!, creditInput: StoreCreditAccountCreditInput!): StoreCreditAccountCreditPayload
    discountCodeBasicCreate(basicCodeDiscount: DiscountCodeBasicInput!): DiscountCodeBasicCreatePayload
  }
`);

import { decimal } from '../shared/money.js';
import type { RawJson } from '../shared/raw-json.js';
import { longId } from '../shared/random.js';
import { gid, moneyBag, shopTime } from './money-bag.js';

/** A refund as the shop keeps it. */
export interface RefundRecord {
  readonly refundId: string;
  readonly orderId: string;
  readonly at: number;
  readonly amountMinor: number;
  readonly currency: string;
  readonly note: string | undefined;
  readonly lines: readonly { readonly lineItemId: string; readonly quantity: number; readonly restockType: string }[];
}

/** The body of `refunds/create`. Subtotals are JSON numbers here although every other amount is text: so Shopify writes them. */
export function refundPayload(refund: RefundRecord): RawJson {
  const transactionId = longId('transaction', refund.refundId);
  return {
    id: BigInt(refund.refundId), admin_graphql_api_id: gid('Refund', refund.refundId), order_id: BigInt(refund.orderId),
    created_at: shopTime(refund.at), processed_at: shopTime(refund.at), note: refund.note ?? null, user_id: null, restock: false, return: null,
    duties: [], order_adjustments: [], total_duties_set: moneyBag(0, refund.currency),
    refund_line_items: refund.lines.map((line) => ({
      id: BigInt(longId('refund-line', refund.refundId, line.lineItemId)), line_item_id: /^\d+$/.test(line.lineItemId) ? BigInt(line.lineItemId) : null,
      quantity: line.quantity, restock_type: line.restockType.toLowerCase(), location_id: null, subtotal: 0, total_tax: 0,
      subtotal_set: moneyBag(0, refund.currency), total_tax_set: moneyBag(0, refund.currency),
    })),
    transactions: [{
      id: BigInt(transactionId), admin_graphql_api_id: gid('OrderTransaction', transactionId), order_id: BigInt(refund.orderId), kind: 'refund', status: 'success',
      amount: decimal(refund.amountMinor), currency: refund.currency, gateway: 'shopify_payments', parent_id: null, message: 'Refunded', error_code: null, test: false,
      created_at: shopTime(refund.at), processed_at: shopTime(refund.at),
    }],
  };
}

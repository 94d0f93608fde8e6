import { z } from 'zod';
import { callJson, type OutsideAccess } from '../outside/json-call.js';
import type { CallResult } from '../shopify/admin-api.js';

/** Milliseconds a look-up may take, and an act with the look-up before it; together not more than at the shop. */
const LOOK_UP_TIMEOUT = 8_000;
const ACT_TIMEOUT = 12_000;

const SYSTEM = 'ShipStation';

/** Where a parcel goes, in the fields of ShipStation's V1 API. */
export interface ShipTo {
  readonly name: string;
  readonly company?: string | null | undefined;
  readonly street1: string;
  readonly street2?: string | null | undefined;
  readonly city: string;
  readonly state?: string | null | undefined;
  readonly postalCode: string;
  /** ISO 3166, two letters. */
  readonly country: string;
  readonly phone?: string | null | undefined;
}

export interface ReshipOrder {
  /** What the warehouse reads on its papers. */
  readonly orderNumber: string;
  /** Deterministic: an order with a known key is changed there, not made again. At most 50 characters. */
  readonly orderKey: string;
  readonly shipTo: ShipTo;
  readonly email: string | null;
  readonly lines: readonly { readonly id: string; readonly sku: string | null; readonly name: string; readonly quantity: number }[];
  /** What the customer had chosen, in the source's words; null = the warehouse decides. */
  readonly service: string | null;
  readonly note: string;
  /** Milliseconds; the same on every attempt. */
  readonly orderedAt: number;
}

const text = z.string().nullish();
const address = z.object({ name: text, company: text, street1: text, street2: text, city: text, state: text, postalCode: text, country: text, phone: text });
const order = z.object({ orderId: z.number(), orderKey: text, orderNumber: z.string(), orderStatus: z.string(), shipTo: address.nullish(), customerEmail: text });
const listSchema = z.object({ orders: z.array(order) });

export type ShipStationOrder = z.infer<typeof order>;

/** ShipStation's V1 API, as far as reships need it. */
export class ShipStationClient {
  constructor(private readonly access: OutsideAccess) {}

  /** The order with that key; null when there is none. ShipStation searches by how a number begins. */
  async find(orderNumber: string, orderKey: string): Promise<CallResult<ShipStationOrder | null>> {
    return this.search(orderNumber, (found) => found.orderKey === orderKey, AbortSignal.timeout(LOOK_UP_TIMEOUT));
  }

  /** Where the order of that number went; null when ShipStation does not know it or not whole. */
  async addressOf(orderNumber: string): Promise<CallResult<{ readonly shipTo: ShipTo; readonly email: string | null } | null>> {
    const found = await this.search(orderNumber, (one) => one.orderNumber === orderNumber, AbortSignal.timeout(LOOK_UP_TIMEOUT));
    if (found.result !== 'done') return found;
    const shipTo = wholeAddress(found.value?.shipTo);
    return { result: 'done', value: shipTo && { shipTo, email: found.value?.customerEmail ?? null } };
  }

  /** Hands the order to the warehouse, unless it has it already: what people changed on it there stays. @param deadline of the whole attempt. @returns its number. */
  async reship(request: ReshipOrder, deadline?: AbortSignal): Promise<CallResult<string>> {
    const signal = AbortSignal.any([AbortSignal.timeout(ACT_TIMEOUT), ...(deadline ? [deadline] : [])]);
    const found = await this.search(request.orderNumber, (one) => one.orderKey === request.orderKey, signal);
    if (found.result !== 'done') return { result: 'later', why: found.why };
    if (found.value) return { result: 'done', value: found.value.orderNumber };
    const made = await callJson(this.access, { system: SYSTEM, method: 'POST', path: '/orders/createorder', body: bodyOf(request) }, order, signal);
    return made.result === 'done' ? { result: 'done', value: made.value.orderNumber } : made;
  }

  private async search(orderNumber: string, isIt: (one: ShipStationOrder) => boolean, signal: AbortSignal): Promise<CallResult<ShipStationOrder | null>> {
    const path = `/orders?orderNumber=${encodeURIComponent(orderNumber)}&pageSize=100`;
    const called = await callJson(this.access, { system: SYSTEM, method: 'GET', path }, listSchema, signal);
    return called.result === 'done' ? { result: 'done', value: called.value.orders.find(isIt) ?? null } : called;
  }
}

function wholeAddress(found: z.infer<typeof address> | null | undefined): ShipTo | null {
  const { name, street1, city, postalCode, country } = found ?? {};
  return name && street1 && city && postalCode && country ? { ...found, name, street1, city, postalCode, country } : null;
}

function bodyOf({ orderNumber, orderKey, shipTo, email, lines, service, note, orderedAt }: ReshipOrder): object {
  return {
    orderNumber, orderKey, orderDate: new Date(orderedAt).toISOString(), orderStatus: 'awaiting_shipment', ...(email ? { customerEmail: email } : {}),
    billTo: { name: shipTo.name }, shipTo, amountPaid: 0, taxAmount: 0, shippingAmount: 0, internalNotes: note, ...(service ? { requestedShippingService: service } : {}),
    items: lines.map((line) => ({ lineItemKey: line.id, ...(line.sku ? { sku: line.sku } : {}), name: line.name, quantity: line.quantity, unitPrice: 0 })),
    advancedOptions: { source: 'orderwatch' },
  };
}

import type { OrderInput } from '../admin/order-create.js';
import type { ShopOrder } from '../admin/shop-books.js';
import type { Currency, Customer, Plan, StoreOrder } from './model.js';
import { planOrder } from './plan.js';

/** The story of an order that was handed to the warehouse's own system: the store's feed tells of it, as of any order that it ships. */
export function planHanded(seed: string, made: { readonly orderKey: string; readonly orderNumber: string; readonly lines: readonly { readonly id: string; readonly sku: string; readonly title: string; readonly quantity: number }[] }, at: number): Plan {
  const plan = planOrder({ seed, key: made.orderKey, home: 'feed', number: 1, placedAt: at, fault: 'none', split: false });
  const lines = made.lines.map((line) => ({ ...line, unitMinor: 0, grams: 500 }));
  const order: StoreOrder = {
    ...plan.order, name: made.orderNumber, lines, shippingMinor: 0, totalMinor: 0, tags: ['reship'],
    fulfilments: plan.order.fulfilments.map((fulfilment) => ({ ...fulfilment, name: `${made.orderNumber}.1`, lineIds: lines.map((line) => line.id) })),
  };
  return { ...plan, order, happenings: plan.happenings.filter((happening) => happening.kind !== 'contact' && happening.kind !== 'status_checked') };
}

/** The story of an order created through the Admin API: the shop announces it, then ships it like any other. */
export function planCreated(seed: string, made: ShopOrder, input: OrderInput): Plan {
  const plan = planOrder({ seed, key: `created-${made.id}`, home: 'shopify', number: 1, placedAt: made.createdAt, fault: 'none', split: false });
  const lines = made.lines.map((line) => ({ id: line.id, sku: line.sku ?? 'RESHIP', title: line.title, quantity: line.quantity, unitMinor: 0, grams: 500 }));
  const order: StoreOrder = {
    ...plan.order,
    id: made.id,
    name: made.name,
    orderNumber: Number(made.name.replace(/\D/g, '')) || 1,
    currency: asCurrency(made.currency),
    customer: addressee(plan.order.customer, input),
    lines,
    shippingMinor: 0,
    totalMinor: made.totalMinor,
    tags: made.tags,
    ...(made.sourceIdentifier === null ? {} : { sourceIdentifier: made.sourceIdentifier }),
    fulfilments: plan.order.fulfilments.map((fulfilment) => ({ ...fulfilment, name: `${made.name}.1`, lineIds: lines.map((line) => line.id) })),
  };
  return { ...plan, order, happenings: plan.happenings.filter((happening) => happening.kind !== 'contact' && happening.kind !== 'status_checked') };
}

function asCurrency(text: string): Currency {
  return text === 'USD' || text === 'GBP' ? text : 'EUR';
}

function addressee(drawn: Customer, input: OrderInput): Customer {
  const to = input.shippingAddress ?? {};
  return {
    ...drawn, email: input.email ?? drawn.email, firstName: to['firstName'] ?? drawn.firstName, lastName: to['lastName'] ?? drawn.lastName,
    street: to['address1'] ?? drawn.street, city: to['city'] ?? drawn.city, zip: to['zip'] ?? drawn.zip, countryCode: to['countryCode'] ?? drawn.countryCode,
  };
}

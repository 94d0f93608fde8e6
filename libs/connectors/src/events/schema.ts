import { z } from 'zod';
import { compiled } from '../compiled.js';
import { isDay, rfc3339Of } from '../instant.js';
import { NumberText } from '../json.js';

/**
 * The generic event feed: CloudEvents 1.0 JSON with these types (contract, section 5). The reader hands numbers over as the text
 * they have in the source, so that amounts and ids lose no digit.
 */
const numberText = z.instanceof(NumberText).transform((n) => n.text).pipe(z.string().max(300));
const short = z.string().max(500);
const id = z.union([z.string().min(1).max(300), numberText]);
const amount = z.union([z.string().max(40), numberText]).refine((text) => /^[+-]?\d{1,16}(\.\d{1,12})?$/.test(text.trim()), 'must be a decimal number');
const count = z.union([numberText, z.string()]).refine((text) => /^\d{1,9}$/.test(text), 'must be a whole number').transform(Number);
const instantText = z.string().max(64).refine((text) => rfc3339Of(text) !== undefined, 'must be an RFC 3339 date-time with an offset, between 1990 and 2100');
const dayOrInstant = z.string().max(64).refine((text) => isDay(text) || rfc3339Of(text) !== undefined, 'must be a date, or an RFC 3339 date-time with an offset');
const currency = z.string().regex(/^[A-Za-z]{3}$/, 'must be an ISO 4217 code');
const optional = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? undefined);
const timeZone = z.string().max(64).refine((zone) => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}, 'must be an IANA time zone');

const line = z.object({ id, sku: id, title: optional(short), quantity: optional(count), price: optional(amount), promisedBy: optional(dayOrInstant), shipBy: optional(dayOrInstant) });
const customer = z.object({ id: optional(id), name: optional(short), email: optional(short), phone: optional(short), locale: optional(short) });
const order = compiled(z.object({
  name: optional(short), customer: optional(customer), currency: optional(currency), total: optional(amount), promisedBy: dayOrInstant.nullish(), timeZone: optional(timeZone),
  lines: optional(z.array(line).max(1000)), tags: optional(z.array(short).max(250)), preorderUntil: dayOrInstant.nullish(),
}));
const reason = compiled(z.object({ reason: optional(short) }));
const payment = compiled(z.object({ amount: optional(amount), currency: optional(currency), reason: optional(short) }));
const fulfilment = compiled(z.object({ fulfillmentId: id, location: optional(short), lines: optional(z.array(id).max(1000)) }));
const shipment = compiled(z.object({
  shipmentId: id, fulfillmentId: optional(id), carrier: optional(short), service: optional(short), trackingNumber: optional(id), trackingUrl: optional(z.string().max(2000)),
  estimatedAt: optional(dayOrInstant), facility: optional(short), rawStatus: optional(short), description: optional(z.string().max(2000)), reason: optional(short),
}));
const estimate = compiled(z.object({ shipmentId: id, estimatedAt: dayOrInstant }));
const returned = compiled(z.object({ returnId: id, lines: optional(z.array(id).max(1000)), reason: optional(short), trackingNumber: optional(id) }));
const contact = compiled(z.object({
  kind: z.enum(['where_is_it', 'not_received', 'missing_item', 'damaged', 'complaint', 'other']), text: optional(z.string().max(20000)), channel: optional(short),
  ticketId: optional(id), sentiment: optional(short),
}));
const checked = compiled(z.object({ channel: optional(short) }));

const SHIPMENT_STATUSES = [
  'label_created', 'accepted', 'in_transit', 'out_for_delivery', 'delivery_attempted', 'ready_for_pickup', 'delivered', 'delayed', 'exception', 'returning', 'returned', 'lost', 'cancelled',
] as const;
const RETURN_STATUSES = ['requested', 'approved', 'declined', 'in_transit', 'received', 'inspected', 'refunded', 'closed'] as const;
const PAYMENT_STATUSES = ['authorized', 'captured', 'failed', 'refunded', 'disputed'] as const;
const each = <K extends string, S>(prefix: string, names: readonly K[], schema: S) => Object.fromEntries(names.map((name) => [`${prefix}.${name}`, schema]));

/** Schema of `data` by event type; what the table does not name is not an event of this feed. */
export const feedData = {
  order: { 'order.placed': order, 'order.edited': order } as Readonly<Record<string, typeof order>>,
  mark: { 'order.held': reason, 'order.released': reason, 'order.cancelled': reason } as Readonly<Record<string, typeof reason>>,
  payment: each('payment', PAYMENT_STATUSES, payment) as Readonly<Record<string, typeof payment>>,
  fulfilment: { 'fulfillment.created': fulfilment, 'fulfillment.cancelled': fulfilment } as Readonly<Record<string, typeof fulfilment>>,
  shipment: each('shipment', SHIPMENT_STATUSES, shipment) as Readonly<Record<string, typeof shipment>>,
  estimate: { 'shipment.estimate_changed': estimate } as Readonly<Record<string, typeof estimate>>,
  returns: each('return', RETURN_STATUSES, returned) as Readonly<Record<string, typeof returned>>,
  contact: { 'contact.received': contact } as Readonly<Record<string, typeof contact>>,
  checked: { 'contact.status_checked': checked } as Readonly<Record<string, typeof checked>>,
};

/** Every event type of the feed. */
export const FEED_TYPES: ReadonlySet<string> = new Set(Object.values(feedData).flatMap((group) => Object.keys(group)));

/** Attributes of one event. Unknown extension attributes are ignored; `receivedat` is read by imports only (see `splitEvents`). */
export const cloudEventSchema = compiled(z.object({
  specversion: z.literal('1.0', { error: 'must be "1.0"' }),
  id: z.string({ error: 'is required' }).min(1).max(500),
  source: z.string({ error: 'is required' }).min(1).max(500),
  type: z.string({ error: 'is required' }).refine((type) => FEED_TYPES.has(type), 'is not an event type of this feed'),
  subject: z.string({ error: 'is required: the order\'s id in its own system' }).min(1).max(300),
  time: z.string({ error: 'is required: when it happened' }).pipe(instantText),
  data: z.unknown(),
}));
export type CloudEvent = z.infer<typeof cloudEventSchema>;

/** What is wrong with a value, in one line that names the field. */
export function complaint(error: z.ZodError, under?: string): string {
  return error.issues.slice(0, 3).map((issue) => `${[...(under ? [under] : []), ...issue.path].join('.') || 'event'} ${issue.message}`).join('; ');
}

import type { AddressedFact, Fact, LineFact, Money, OrderDetails, ParcelRef } from '@orderwatch/domain';
import { parseMinor } from '@orderwatch/domain';
import type { z } from 'zod';
import type { CustomerRecord, Delivery, Mapped } from '../connector.js';
import { carrierOf, handleOf, trackingNumberOf } from '../carrier.js';
import { customerIdOf, factId } from '../ids.js';
import { rfc3339Of } from '../instant.js';
import { readJson } from '../json.js';
import { cloudEventSchema, complaint, feedData, type CloudEvent } from './schema.js';

type DataOf<K extends keyof typeof feedData> = z.infer<(typeof feedData)[K][string] & z.ZodType>;

interface Understood {
  readonly facts: AddressedFact[];
  readonly customers: CustomerRecord[];
}

/** An event that the feed's schemas let pass; what it says is worked out when asked. */
export class CheckedEvent {
  constructor(
    readonly event: CloudEvent,
    private readonly group: keyof typeof feedData,
    private readonly data: unknown,
  ) {}

  facts(connection: string): Understood {
    return understand(new EventReader(this.event, connection), this.group, this.data);
  }
}

/** Checks one event against the feed's schemas. */
export function checkEvent(value: unknown): CheckedEvent | { readonly error: string } {
  const attributes = cloudEventSchema.safeParse(value);
  if (!attributes.success) return { error: complaint(attributes.error) };
  const event = attributes.data;
  for (const group of Object.keys(feedData) as (keyof typeof feedData)[]) {
    const schema = feedData[group][event.type] as z.ZodType | undefined;
    if (!schema) continue;
    const data = schema.safeParse(event.data ?? {});
    if (!data.success) return { error: complaint(data.error, 'data') };
    // What was checked is kept until it is committed; the data as they came stand in it a second time.
    return new CheckedEvent({ ...event, data: undefined }, group, data.data);
  }
  return { error: `type ${event.type} is not an event type of this feed` };
}

/** One CloudEvent → dated facts about the order it names. */
export function mapEvents(delivery: Delivery): Mapped {
  if (delivery.checked instanceof CheckedEvent) return { outcome: 'understood', ...delivery.checked.facts(delivery.connection) };
  const read = readJson(delivery.body);
  if (!read.ok) return { outcome: 'dead', cause: 'not_json', detail: read.error };
  const checked = checkEvent(read.value);
  if (!(checked instanceof CheckedEvent)) return { outcome: 'dead', cause: 'not_valid', detail: checked.error };
  return { outcome: 'understood', ...checked.facts(delivery.connection) };
}

/** What every fact of an event has in common. */
class EventReader {
  readonly facts: AddressedFact[] = [];
  readonly customers: CustomerRecord[] = [];
  readonly id: string;
  readonly at: number;

  constructor(readonly event: CloudEvent, readonly connection: string) {
    this.id = factId('events', connection, event.source, event.id);
    this.at = rfc3339Of(event.time) ?? 0; // the schema let nothing else pass
  }

  get verb(): string {
    return this.event.type.slice(this.event.type.indexOf('.') + 1);
  }

  own(id: string): string {
    return `${this.connection}/${id}`;
  }

  base() {
    return { id: this.id, at: this.at, source: this.connection, kind: 'events' as const };
  }

  say(fact: Fact): void {
    this.facts.push({ to: { order: this.event.subject }, fact });
  }

  money(amount: string | undefined, currency: string | undefined): Money | undefined {
    if (amount === undefined || currency === undefined) return undefined;
    const minor = parseMinor(amount, currency.toUpperCase());
    return minor === undefined ? undefined : { minor, currency: currency.toUpperCase() };
  }
}

function understand(reader: EventReader, group: keyof typeof feedData, data: unknown): Understood {
  switch (group) {
    case 'order':
      sayOrder(reader, data as DataOf<'order'>);
      break;
    case 'mark':
      reader.say({ ...reader.base(), type: reader.event.type as 'order.held', data: defined({ reason: (data as DataOf<'mark'>).reason }) });
      break;
    case 'payment':
      sayPayment(reader, data as DataOf<'payment'>);
      break;
    case 'fulfilment': {
      const said = data as DataOf<'fulfilment'>;
      reader.say({ ...reader.base(), type: reader.verb === 'created' ? 'fulfilment.created' : 'fulfilment.cancelled', data: defined({ fulfilmentId: reader.own(said.fulfillmentId), location: said.location, lines: said.lines }) });
      break;
    }
    case 'shipment':
      sayShipment(reader, data as DataOf<'shipment'>);
      break;
    case 'estimate': {
      const said = data as DataOf<'estimate'>;
      reader.say({ ...reader.base(), type: 'shipment.estimate', data: { ref: { shipment: reader.own(said.shipmentId) }, estimatedAt: said.estimatedAt } });
      break;
    }
    case 'returns': {
      const said = data as DataOf<'returns'>;
      reader.say({ ...reader.base(), type: 'return.status', data: defined({ returnId: reader.own(said.returnId), code: reader.verb, lines: said.lines, reason: said.reason, number: said.trackingNumber }) });
      break;
    }
    case 'contact': {
      const said = data as DataOf<'contact'>;
      reader.say({ ...reader.base(), type: 'contact.received', data: defined({ kind: said.kind, channel: said.channel, ticketId: said.ticketId, sentiment: said.sentiment }) });
      break;
    }
    case 'checked':
      reader.say({ ...reader.base(), type: 'contact.status_checked', data: defined({ kind: 'status_checked' as const, channel: (data as DataOf<'checked'>).channel }) });
  }
  return { facts: reader.facts, customers: reader.customers };
}

function sayOrder(reader: EventReader, data: DataOf<'order'>): void {
  const details: OrderDetails = defined({
    name: data.name, customerId: sayCustomer(reader, data.customer), currency: data.currency?.toUpperCase(), total: reader.money(data.total, data.currency),
    promisedBy: data.promisedBy, timeZone: data.timeZone, tags: data.tags, preorderUntil: data.preorderUntil,
    lines: data.lines?.map((line): LineFact => defined({ id: line.id, sku: line.sku, title: line.title, quantity: line.quantity, price: line.price, promisedBy: line.promisedBy, shipBy: line.shipBy })),
  });
  reader.say({ ...reader.base(), type: reader.event.type === 'order.placed' ? 'order.placed' : 'order.edited', data: details });
}

function sayCustomer(reader: EventReader, customer: DataOf<'order'>['customer']): string | undefined {
  const key = customer?.id ?? customer?.email?.trim().toLowerCase();
  if (!customer || !key) return undefined;
  const id = customerIdOf(reader.connection, key);
  reader.customers.push(defined({ id, sourceId: customer.id, name: customer.name, email: customer.email, phone: customer.phone, locale: customer.locale }));
  return id;
}

function sayPayment(reader: EventReader, data: DataOf<'payment'>): void {
  // An amount without currency is an amount all the same (ISO 4217 has XXX for it): a partial refund must not look like a whole one.
  const amount = reader.money(data.amount, data.currency ?? 'XXX');
  const isRefund = reader.verb === 'refunded';
  reader.say({ ...reader.base(), type: isRefund ? 'payment.refund' : 'payment.status', data: defined({ code: reader.verb, amount, reason: data.reason, refundId: isRefund ? reader.id : undefined }) });
}

/** That it names a shipment and a number links the number to the order: that needs no fact of its own. */
function sayShipment(reader: EventReader, data: DataOf<'shipment'>): void {
  const shipment = reader.own(data.shipmentId);
  const number = trackingNumberOf(data.trackingNumber);
  const handle = handleOf(data.carrier, data.trackingNumber);
  const ref: ParcelRef = defined({ shipment, handle });
  const reason = reader.verb === 'exception' && data.reason ? `/${data.reason.trim().toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '')}` : '';
  reader.say({
    ...reader.base(), type: 'shipment.status',
    data: defined({
      ref, code: `${reader.verb}${reason}`, fulfilmentId: reader.own(data.fulfillmentId ?? data.shipmentId), carrier: carrierOf(data.carrier), number, url: data.trackingUrl,
      service: data.service, facility: data.facility, description: data.description ?? data.rawStatus, estimatedAt: data.estimatedAt,
    }),
  });
}

/** Leaves out what was not said. */
export function defined<T extends object>(value: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as T;
}

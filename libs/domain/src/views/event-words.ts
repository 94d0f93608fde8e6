import { carrierInWords } from '../exceptions/words.js';
import type { RemedyKind } from '../remedies/remedy.js';
import type { ContactKind, Fact, FulfilmentFact, OrderDetailsFact, PaymentFact, ShipmentFact } from '../order/facts.js';
import { MOVEMENTS, type OrderState, type PaymentStatus, type ShipmentStatus } from '../order/state.js';
import { paymentMeaning, returnMeaning, shipmentMeaning } from '../status-map/status-map.js';
import { count, moneyInWords, targetInWords } from './say.js';
import { PROBLEM_WORDS, statusWord } from './status-words.js';
import type { FactTone } from './timeline-entry.js';
import { sourceInWords, type ViewContext } from './view-context.js';

/** An event in words, as its row says it. */
export interface EventWords {
  readonly title: string;
  readonly detail?: string;
  readonly rawText?: string;
  readonly code?: string;
  readonly tone: FactTone;
  readonly unmapped?: boolean;
  readonly routine?: boolean;
}

const MOVED: Readonly<Record<ShipmentStatus, string>> = {
  label_created: 'Label created', accepted: 'Picked up', in_transit: 'In transit', out_for_delivery: 'Out for delivery', attempted: 'Delivery attempt failed',
  ready_for_pickup: 'Ready for pickup', delivered: 'Delivered', exception: 'Carrier exception', returning: 'On its way back', returned: 'Returned to sender',
  lost: 'Lost', cancelled: 'Label cancelled',
};

const REMEDY: Readonly<Record<RemedyKind, string>> = { refund: 'Refund made', reship: 'Reship ordered', credit: 'Goodwill credit given' };
const BROKEN: ReadonlySet<ShipmentStatus> = new Set<ShipmentStatus>(['attempted', 'exception', 'returning', 'returned', 'lost']);

const PAID: Readonly<Record<PaymentStatus, string>> = {
  pending: 'Payment pending', authorized: 'Authorised', partially_paid: 'Part paid', paid: 'Captured', failed: 'Payment failed', partially_refunded: 'Part refunded',
  refunded: 'Refunded', voided: 'Payment voided', disputed: 'Payment disputed',
};

const CONTACT: Readonly<Record<ContactKind | 'status_checked', string>> = {
  where_is_it: 'Customer asks where it is', not_received: 'Customer: not received', missing_item: 'Customer: something is missing', damaged: 'Customer: damaged',
  complaint: 'Customer complains', other: 'Customer wrote', status_checked: 'Customer looked at the status',
};

const unknownCode = (code: string, rawText?: string): EventWords => ({ title: `Unknown code “${code}”`, detail: 'the status map does not know it; the last known state stays', tone: 'problem', unmapped: true, code, ...(rawText === undefined ? {} : { rawText }) });

function shipmentWords(fact: ShipmentFact, context: ViewContext): EventWords {
  const { code, description, facility } = fact.data;
  const raw = description === undefined ? {} : { rawText: description };
  const meaning = shipmentMeaning(context.statusMap, fact.kind, code);
  if (!meaning) return unknownCode(code, description);
  const where = facility === undefined ? '' : `, ${facility}`;
  if ('notice' in meaning) {
    return meaning.notice === 'delayed' ? { title: `Delayed${where}`, tone: 'problem', code, ...raw } : { title: 'No news', tone: 'normal', code, routine: true, ...raw };
  }
  const title = meaning.status === 'exception' && meaning.problem ? PROBLEM_WORDS[meaning.problem] : meaning.status === 'in_transit' && facility !== undefined ? 'At hub' : MOVED[meaning.status];
  const tone: FactTone = meaning.status === 'delivered' ? 'delivered' : BROKEN.has(meaning.status) || meaning.problem ? 'problem' : MOVEMENTS.has(meaning.status) ? 'movement' : 'normal';
  return { title: title + where, tone, code, routine: meaning.status === 'in_transit' && !meaning.problem, ...raw };
}

function detailsWords(fact: OrderDetailsFact, state: OrderState, context: ViewContext): EventWords {
  const { data } = fact;
  if (fact.type === 'order.placed') {
    const lines = data.lines?.length ? `, ${count(data.lines.length, 'line')}` : '';
    const promise = typeof data.promisedBy === 'string' ? { detail: `promised ${targetInWords(data.promisedBy, data.timeZone ?? state.timeZone, context.now)}` } : {};
    return { title: `Placed${lines}`, tone: 'normal', ...promise };
  }
  if (fact.type === 'order.snapshot') return { title: 'Shop told its current view', tone: 'normal', routine: true };
  const parts = [
    data.promisedBy === undefined ? null : data.promisedBy === null ? 'promise taken back' : `promise ${targetInWords(data.promisedBy, state.timeZone, context.now)}`,
    data.lines === undefined ? null : count(data.lines.length, 'line'),
    data.total === undefined ? null : `total ${moneyInWords(data.total)}`,
    data.preorderUntil ? `preorder until ${targetInWords(data.preorderUntil, state.timeZone, context.now)}` : null,
  ].filter((p) => p !== null);
  return { title: parts.length ? `Edited: ${parts.join(', ')}` : 'Edited', tone: 'normal' };
}

function paymentWords(fact: PaymentFact, context: ViewContext): EventWords {
  const { amount, reason, code } = fact.data;
  const sum = amount === undefined ? '' : ` ${moneyInWords(amount)}`;
  const detail = reason === undefined ? {} : { detail: reason };
  if (fact.type === 'payment.refund') return { title: `Refunded${sum}`, tone: 'money', code, ...detail };
  const status = paymentMeaning(context.statusMap, fact.kind, code);
  if (!status) return unknownCode(code);
  return { title: PAID[status] + sum, tone: status === 'failed' || status === 'disputed' ? 'problem' : 'money', code, ...detail };
}

function fulfilmentWords(fact: FulfilmentFact): EventWords {
  const { location, lines, parcels } = fact.data;
  if (fact.type === 'fulfilment.cancelled') return { title: 'Fulfilment cancelled', tone: 'normal' };
  const what = [
    parcels?.length ? count(parcels.length, 'parcel') : null, lines === undefined ? null : count(lines.length, 'line'), location ?? null,
  ].filter((p) => p !== null);
  const head = fact.type === 'fulfilment.created' ? 'Released' : 'Fulfilment updated';
  return { title: [head, ...what].join(', '), tone: 'normal', routine: fact.type === 'fulfilment.snapshot' };
}

const MARKS = { 'order.held': 'Held', 'order.released': 'Released from hold', 'order.cancelled': 'Cancelled', 'order.closed': 'Closed' } as const;

/** A fact as evidence: what it says with its source's own words, and who said it. */
export function evidenceInWords(fact: Fact, state: OrderState, context: ViewContext): { readonly text: string; readonly source: string } {
  const { title, detail, rawText } = eventWords(fact, state, context);
  const more = rawText !== undefined && !title.toLowerCase().startsWith(rawText.toLowerCase()) ? `, “${rawText}”` : rawText === undefined && detail !== undefined ? `, ${detail}` : '';
  return { text: title + more, source: fact.type.startsWith('contact.') ? 'Customer' : sourceInWords(fact.source, context.labels) };
}

/** What a fact says, for a person. */
export function eventWords(fact: Fact, state: OrderState, context: ViewContext): EventWords {
  switch (fact.type) {
    case 'order.placed': case 'order.edited': case 'order.snapshot':
      return detailsWords(fact, state, context);
    case 'order.held': case 'order.released': case 'order.cancelled': case 'order.closed':
      return { title: MARKS[fact.type], tone: fact.type === 'order.cancelled' ? 'problem' : 'normal', ...(fact.data.reason === undefined ? {} : { detail: fact.data.reason }) };
    case 'payment.status': case 'payment.refund':
      return paymentWords(fact, context);
    case 'fulfilment.created': case 'fulfilment.snapshot': case 'fulfilment.cancelled':
      return fulfilmentWords(fact);
    case 'shipment.status':
      return shipmentWords(fact, context);
    case 'shipment.estimate':
      return { title: `Estimate ${targetInWords(fact.data.estimatedAt, state.timeZone, context.now)}`, tone: 'normal' };
    case 'return.status': {
      const status = returnMeaning(context.statusMap, fact.kind, fact.data.code);
      if (!status) return unknownCode(fact.data.code);
      return { title: `Return: ${statusWord('return', status).label.toLowerCase()}`, tone: 'normal', code: fact.data.code, ...(fact.data.reason === undefined ? {} : { detail: fact.data.reason }) };
    }
    case 'contact.received': case 'contact.status_checked':
      return { title: CONTACT[fact.data.kind], tone: 'contact', routine: fact.type === 'contact.status_checked', ...(fact.data.channel === undefined ? {} : { detail: `by ${fact.data.channel}` }) };
    case 'handle.linked': {
      const colon = fact.data.handle.indexOf(':');
      const mine = fact.data.orderId === state.orderId;
      const number = `${carrierInWords(fact.data.handle.slice(0, colon))} ${fact.data.handle.slice(colon + 1)}`;
      return mine ? { title: `Tracking number ${number}`, tone: 'normal' } : { title: `Another order shares ${number}`, tone: 'normal' };
    }
    case 'remedy.executed':
      return { title: `${REMEDY[fact.data.remedyKind]}${fact.data.remedyKind !== 'reship' && fact.data.amount ? ` ${moneyInWords(fact.data.amount)}` : ''}`, tone: 'money', detail: `confirmed as ${fact.data.reference}` };
  }
}

import { paymentMeaning, returnMeaning, type StatusMap } from '../status-map/status-map.js';
import type { ContactFact, LineFact, OrderDetails, OrderDetailsFact, OrderMarkFact, PaymentFact, ReturnFact } from './facts.js';
import { known, noteUnmapped, saidBy, put } from './apply-parcel.js';
import type { OrderState } from './state.js';

/** Takes what a source says the order is. A snapshot replaces lines, an edit changes the lines it names. */
export function applyDetails(state: OrderState, fact: OrderDetailsFact): void {
  const data = fact.data;
  if (fact.type !== 'order.edited') {
    state.announced = true;
    if (fact.type === 'order.placed') state.placed = saidBy(fact);
    if (!state.order) state.order = known(fact, 'placed');
  }
  if (data.name !== undefined) state.name = known(fact, data.name);
  if (data.customerId !== undefined) state.customerId = data.customerId;
  if (data.currency !== undefined) state.currency = data.currency;
  if (data.total !== undefined) state.total = known(fact, data.total);
  if (data.timeZone !== undefined) state.timeZone = data.timeZone;
  if (data.country !== undefined) state.country = data.country;
  if (data.tags !== undefined) state.tags = [...data.tags];
  if (data.preorderUntil !== undefined) state.preorderUntil = data.preorderUntil;
  applyPromise(state, fact, data);
  if (data.lines !== undefined) state.lines = fact.type === 'order.edited' ? mergeLines(state.lines, data.lines) : [...data.lines];
}

function applyPromise(state: OrderState, fact: OrderDetailsFact, data: OrderDetails): void {
  if (data.promisedBy === undefined) return;
  state.promise = data.promisedBy === null ? null : known(fact, data.promisedBy);
  state.firstPromise ??= state.promise;
}

function mergeLines(before: readonly LineFact[], edited: readonly LineFact[]): LineFact[] {
  const byId = new Map(before.map((line) => [line.id, line]));
  for (const line of edited) byId.set(line.id, { ...byId.get(line.id), ...line });
  return [...byId.values()].filter((line) => line.quantity !== 0);
}

/** Held, released, cancelled, closed. A cancellation stays whatever is dated later. */
export function applyMark(state: OrderState, fact: OrderMarkFact): void {
  switch (fact.type) {
    case 'order.held':
      state.held = saidBy(fact);
      if (!state.cancelled) state.order = known(fact, 'held');
      return;
    case 'order.released':
      state.held = null;
      state.released = saidBy(fact);
      if (!state.cancelled) state.order = known(fact, 'placed');
      return;
    case 'order.cancelled':
      state.cancelled ??= saidBy(fact);
      state.order = known(fact, 'cancelled');
      return;
    case 'order.closed':
      if (!state.cancelled) state.order = known(fact, 'closed');
  }
}

/** Takes a payment status or a refund; the refunds' sum tells part from whole. */
export function applyPayment(state: OrderState, fact: PaymentFact, map: StatusMap): void {
  if (fact.type === 'payment.refund') {
    state.refunds = put(state.refunds, fact.data.refundId ?? fact.id, known(fact, fact.data.amount ?? null));
    state.payment = known(fact, isWhollyRefunded(state) ? 'refunded' : 'partially_refunded');
    return;
  }
  const status = paymentMeaning(map, fact.kind, fact.data.code);
  if (!status) {
    noteUnmapped(state.unmapped, fact, fact.data.code);
    return;
  }
  if (state.payment?.value !== status) state.payment = known(fact, status);
  if (status === 'paid') state.paid ??= saidBy(fact);
}

function isWhollyRefunded(state: OrderState): boolean {
  const total = state.total?.value;
  let sum = 0;
  for (const refund of Object.values(state.refunds)) {
    if (!refund.value) return true;
    if (total && refund.value.currency !== total.currency) return false;
    sum += refund.value.minor;
  }
  return total ? sum >= total.minor : false;
}

/** Takes a return's status. */
export function applyReturn(state: OrderState, fact: ReturnFact, map: StatusMap): void {
  const status = returnMeaning(map, fact.kind, fact.data.code);
  if (status) state.returns = put(state.returns, fact.data.returnId, known(fact, status));
  else noteUnmapped(state.unmapped, fact, fact.data.code);
}

/** Keeps that a customer wrote or looked. */
export function applyContact(state: OrderState, fact: ContactFact): void {
  state.contacts.push({
    ...saidBy(fact),
    contact: fact.data.kind,
    channel: fact.data.channel ?? null,
    sentiment: fact.data.sentiment ?? null,
  });
}

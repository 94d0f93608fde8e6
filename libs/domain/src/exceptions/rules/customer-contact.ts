import type { OrderState } from '../../order/state.js';
import { fromThen, type Rule } from '../rule.js';
import { dayInWords } from '../words.js';

function firstDelivery(state: OrderState): number {
  return Math.min(...Object.values(state.parcels).map((p) => p.firstDelivered?.at ?? Infinity));
}

/** A rule over a contact of that kind, dated at or after the delivery of a parcel; the first one opens it, a person's resolution ends it, and writing again is new evidence. */
export function customerContact(id: 'delivered_not_received' | 'missing_item', kind: 'not_received' | 'missing_item', label: string, words: string): Rule {
  return {
    id, label, severity: 'critical',
    conditions: (state, look) => {
      const delivered = firstDelivery(state);
      const contacts = state.contacts.filter((c) => c.contact === kind && c.at >= delivered);
      const [first] = contacts;
      if (!first) return [];
      const startedAt = Math.max(...contacts.map((c) => look.clock(c)));
      return [{ subject: { type: 'order', id: null }, startedAt, ...fromThen(look.clock(first)), feed: null, detail: { delivered, channel: first.channel } }];
    },
    explain: (detail, since, now) =>
      `Delivered ${dayInWords(Number(detail['delivered']), now)}, customer wrote ${dayInWords(since, now)} that ${words}`,
  };
}

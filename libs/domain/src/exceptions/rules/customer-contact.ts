import type { OrderState } from '../../order/state.js';
import { fromThen, type Rule } from '../rule.js';
import { dayInWords } from '../words.js';

function firstDelivery(state: OrderState): number {
  return Math.min(...Object.values(state.parcels).map((p) => p.firstDelivered?.at ?? Infinity));
}

/** A rule over a contact of that kind, dated at or after the delivery of a parcel; the first one counts, a person's resolution ends it. */
export function customerContact(id: 'delivered_not_received' | 'missing_item', kind: 'not_received' | 'missing_item', label: string, words: string): Rule {
  return {
    id, label, severity: 'critical',
    conditions: (state, look) => {
      const delivered = firstDelivery(state);
      const contact = state.contacts.find((c) => c.contact === kind && c.at >= delivered);
      if (!contact) return [];
      const at = look.clock(contact);
      return [{ subject: { type: 'order', id: null }, startedAt: at, ...fromThen(at), feed: null, detail: { delivered, channel: contact.channel } }];
    },
    explain: (detail, since, now) =>
      `Delivered ${dayInWords(Number(detail['delivered']), now)}, customer wrote ${dayInWords(since, now)} that ${words}`,
  };
}

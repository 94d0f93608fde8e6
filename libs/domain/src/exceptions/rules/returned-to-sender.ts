import { fromThen, type Rule } from '../rule.js';
import { carrierInWords, dayInWords } from '../words.js';

/** The carrier is returning a parcel, or has, without a return that the customer asked for. */
export const returnedToSender: Rule = {
  id: 'returned_to_sender',
  label: 'Returning',
  severity: 'high',
  conditions: (state, look) => {
    if (Object.values(state.returns).some((r) => r.value !== 'declined')) return [];
    return Object.values(state.parcels).flatMap((parcel) => {
      const status = parcel.status;
      if (!status || (status.value !== 'returning' && status.value !== 'returned')) return [];
      const at = look.clock(status);
      return [{
        subject: { type: 'parcel' as const, id: parcel.id }, startedAt: at, ...fromThen(at), feed: null,
        detail: { carrier: parcel.carrier ?? status.source, back: status.value === 'returned' ? 1 : 0, words: parcel.lastWords },
      }];
    });
  },
  explain: (detail, since, now) =>
    `${carrierInWords(detail['carrier'])} ${detail['back'] ? 'has returned it to us' : 'is returning it'} since ${dayInWords(since, now)}${detail['words'] ? `: “${detail['words']}”` : ''}`,
};

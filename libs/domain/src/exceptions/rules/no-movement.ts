import { isWithCarrier } from '../../order/state.js';
import { HOUR } from '../../shared/time.js';
import { longerThan, type Rule } from '../rule.js';
import { carrierInWords, lengthInWords } from '../words.js';

/** A parcel is with the carrier and its last movement is longer ago than the limit; the order is not cancelled. */
export const noMovement: Rule = {
  id: 'no_movement',
  label: 'No movement',
  severity: 'normal',
  limit: 48 * HOUR,
  conditions: (state, look) => {
    if (state.cancelled) return [];
    return Object.values(state.parcels).flatMap((parcel) => {
      if (!parcel.lastMovement || !isWithCarrier(parcel)) return [];
      const from = look.clock(parcel.lastMovement);
      return [{
        subject: { type: 'parcel' as const, id: parcel.id }, startedAt: from, ...longerThan(from, look.limit), feed: parcel.lastMovement.source,
        detail: { from, limit: look.limit, carrier: parcel.carrier, facility: parcel.facility, words: parcel.lastWords },
      }];
    });
  },
  explain: (detail, _since, now) => {
    const after = detail['words'] ? ` after “${detail['words']}”` : detail['carrier'] ? ` from ${carrierInWords(detail['carrier'])}` : '';
    const where = detail['facility'] ? `, ${detail['facility']}` : '';
    return `No scan for ${lengthInWords(now - Number(detail['from']))}${after}${where}; limit ${lengthInWords(Number(detail['limit']))}`;
  },
};

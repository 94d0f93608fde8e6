import { liveFulfilments } from '../../order/parts.js';
import { HOUR } from '../../shared/time.js';
import { longerThan, type Rule } from '../rule.js';
import { dayInWords, lengthInWords } from '../words.js';

/** A fulfilment exists for longer than the limit and no parcel of it has moved; neither it nor the order is cancelled. */
export const notPickedUp: Rule = {
  id: 'not_picked_up',
  label: 'Not picked up',
  severity: 'normal',
  limit: 48 * HOUR,
  conditions: (state, look) => {
    if (state.cancelled) return [];
    return liveFulfilments(state).flatMap((fulfilment) => {
      const parcels = fulfilment.parcels.map((id) => state.parcels[id]).filter((p) => p !== undefined);
      if (parcels.some((p) => p.firstMovement)) return [];
      const from = look.clock(fulfilment.since);
      const parcel = parcels[0];
      return [{
        subject: { type: 'fulfilment' as const, id: fulfilment.id }, startedAt: from, ...longerThan(from, look.limit),
        feed: parcel?.status?.source ?? fulfilment.since.source,
        detail: { from, limit: look.limit, parcel: parcel?.id ?? null, labelled: parcel?.status ? 1 : 0, location: fulfilment.location },
      }];
    });
  },
  explain: (detail, _since, now) => {
    const from = Number(detail['from']);
    const made = detail['labelled'] ? 'Label made' : 'Fulfilment made';
    return `${made} ${dayInWords(from, now)}, no carrier scan for ${lengthInWords(now - from)}; limit ${lengthInWords(Number(detail['limit']))}`;
  },
};

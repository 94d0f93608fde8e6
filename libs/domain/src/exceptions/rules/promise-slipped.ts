import { endOf } from '../../calendars/zone.js';
import { DAY } from '../../shared/time.js';
import { fromThen, type Rule } from '../rule.js';
import { carrierInWords, dayInWords, lengthInWords } from '../words.js';

/** The current estimate of a parcel is more than the limit after the first promise or estimate, and it is not delivered. */
export const promiseSlipped: Rule = {
  id: 'promise_slipped',
  label: 'Estimate slipped',
  severity: 'low',
  limit: DAY,
  conditions: (state, look) => {
    if (state.cancelled) return [];
    return Object.values(state.parcels).flatMap((parcel) => {
      const { estimate, firstEstimate } = parcel;
      if (!estimate || !firstEstimate || parcel.delivered) return [];
      const first = state.firstPromise && state.firstPromise.at <= firstEstimate.at ? state.firstPromise : firstEstimate;
      const was = endOf(first.value, state.timeZone);
      const is = endOf(estimate.value, state.timeZone);
      if (was === undefined || is === undefined || is - was <= look.limit) return [];
      const at = look.clock(estimate);
      return [{
        subject: { type: 'parcel' as const, id: parcel.id }, startedAt: at, ...fromThen(at), feed: null,
        detail: { was: first.value, is: estimate.value, late: is - was, carrier: parcel.carrier, promised: first === firstEstimate ? 0 : 1 },
      }];
    });
  },
  explain: (detail, _since, now) =>
    `${carrierInWords(detail['carrier'])} now says ${dayInWords(String(detail['is']), now)}, ${lengthInWords(Number(detail['late']))} after ${detail['promised'] ? 'the promise' : 'its first estimate'} of ${dayInWords(String(detail['was']), now)}`,
};

import { endOf, isDate } from '../../calendars/zone.js';
import { partsOf, type Part } from '../../order/parts.js';
import type { OrderState } from '../../order/state.js';
import { fromThen, type Rule } from '../rule.js';
import { dayInWords, lengthInWords } from '../words.js';

interface Missed {
  readonly part: Part;
  readonly promise: string;
  readonly end: number;
  readonly opensAt: number;
}

function promisesOf(state: OrderState): Missed[] {
  return partsOf(state).flatMap((part) => {
    const promise = part.promisedBy ?? state.promise?.value;
    if (part.isDelivered || promise === undefined) return [];
    const end = endOf(promise, state.timeZone);
    if (end === undefined) return [];
    return [{ part, promise, end, opensAt: isDate(promise) ? end : end + 1 }];
  });
}

/** The current promise (a line's own, else the order's) has passed and that part is not delivered; the order is not cancelled. */
export const promiseMissed: Rule = {
  id: 'promise_missed',
  label: 'Promise missed',
  severity: 'high',
  conditions: (state) => {
    if (state.cancelled) return [];
    const missed = promisesOf(state).sort((a, b) => a.opensAt - b.opensAt);
    const first = missed[0];
    if (!first) return [];
    const parcel = first.part.parcels.find((p) => !p.delivered) ?? null;
    return [{
      subject: { type: 'order', id: null }, startedAt: first.end, ...fromThen(first.end), opensAt: first.opensAt,
      feed: parcel?.lastMovement?.source ?? null,
      detail: { promise: first.promise, end: first.end, parcels: first.part.parcels.length, shipped: parcel?.lastMovement ? 1 : 0, facility: parcel?.facility ?? null, words: parcel?.lastWords ?? null },
    }];
  },
  explain: (detail, _since, now) => {
    const state = detail['shipped'] ? (detail['facility'] ? `still at ${detail['facility']}` : 'on its way, not delivered') : detail['parcels'] ? 'not moving yet' : 'never shipped';
    return `Promised ${dayInWords(String(detail['promise']), now)}, ${state}; ${lengthInWords(now - Number(detail['end']))} over`;
  },
};

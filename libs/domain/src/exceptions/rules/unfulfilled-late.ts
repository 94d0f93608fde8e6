import { addBusinessTime, BUSINESS_DAY, endOf } from '../../calendars/zone.js';
import { liveFulfilments } from '../../order/parts.js';
import type { OrderState } from '../../order/state.js';
import type { Rule } from '../rule.js';
import { dayInWords, lengthInWords } from '../words.js';

const NOTHING_TO_SHIP = new Set(['refunded', 'voided', 'failed']);

function isWaiting(state: OrderState): boolean {
  const payment = state.payment?.value;
  return state.paid !== null && !state.held && !state.cancelled && !(payment && NOTHING_TO_SHIP.has(payment))
    && liveFulfilments(state).length === 0 && Object.keys(state.parcels).length === 0;
}

/** Paid, not held, no future preorder, not cancelled, and no fulfilment for longer than the limit, counted in business time of the order's zone. */
export const unfulfilledLate: Rule = {
  id: 'unfulfilled_late',
  label: 'Not fulfilled',
  severity: 'normal',
  limit: 2 * BUSINESS_DAY,
  conditions: (state, look) => {
    if (!state.paid || !isWaiting(state)) return [];
    const preorder = state.preorderUntil === null ? undefined : endOf(state.preorderUntil, state.timeZone);
    const from = Math.max(look.clock(state.paid), state.released ? look.clock(state.released) : 0, preorder ?? 0);
    const since = addBusinessTime(from, look.limit, state.timeZone);
    return [{ subject: { type: 'order', id: null }, startedAt: from, since, opensAt: since + 1, feed: state.paid.source, detail: { from, limit: look.limit } }];
  },
  explain: (detail, _since, now) => {
    const days = Number(detail['limit']) / BUSINESS_DAY;
    return `Paid ${dayInWords(Number(detail['from']), now)}, no fulfilment for ${lengthInWords(now - Number(detail['from']))}; limit ${days} business days`;
  },
};

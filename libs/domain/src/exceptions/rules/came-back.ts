import type { MadeGood, OrderState, ParcelState } from '../../order/state.js';
import type { Detail, Rule } from '../rule.js';
import { fromThen } from '../rule.js';
import { carrierInWords, dayInWords } from '../words.js';

/** What is done about goods that the customer gets although they were made good. */
const TO_DO = {
  reship: 'stop the reship while it has not left; else ask for one of the two back, or leave it',
  refund: 'ask for it back or to be paid after all, or leave it',
  credit: 'ask for it back while the credit is not spent, or leave it',
} as const;
const DONE = { reship: 'sent again', refund: 'refunded', credit: 'credited' } as const;

/** A parcel whose goods were made good already, and that had moved before, moves again; ends when it is back with us. */
export const cameBack: Rule = {
  id: 'came_back',
  label: 'Came back',
  severity: 'high',
  conditions: (state, look) => {
    const remedies = Object.values(state.remedies);
    if (remedies.length === 0) return [];
    return Object.values(state.parcels).flatMap((parcel) => {
      const { firstMovement, lastMovement, status } = parcel;
      if (!firstMovement || !lastMovement || status?.value === 'returned') return [];
      const before = remedies.filter(({ at, value }) => at >= firstMovement.at && at < lastMovement.at && isFor(value, parcel, state));
      // Goods that were sent again weigh more than money; of the like, the last.
      const remedy = before.sort((a, b) => Number(kindOf(b.value) === 'reship') - Number(kindOf(a.value) === 'reship') || b.at - a.at)[0];
      if (!remedy) return [];
      const detail: Detail = { remedy: kindOf(remedy.value), made: remedy.at, carrier: parcel.carrier ?? lastMovement.source };
      return [{ subject: { type: 'parcel' as const, id: parcel.id }, startedAt: remedy.at, ...fromThen(look.clock(lastMovement)), feed: null, detail }];
    });
  },
  explain: (detail, since, now) => {
    const kind = detail['remedy'] === 'reship' || detail['remedy'] === 'credit' ? detail['remedy'] : 'refund';
    return `${carrierInWords(detail['carrier'])} moved it again ${dayInWords(since, now)}, ${DONE[kind]} ${dayInWords(Number(detail['made']), now)}: ${TO_DO[kind]}`;
  },
};

const kindOf = (made: MadeGood) => (typeof made === 'string' ? made : made.kind);

/** Whether some of what the parcel carries was made good. What names no goods is money for something else: a parcel that moves on is no surprise then. */
function isFor(made: MadeGood, { fulfilments }: ParcelState, state: OrderState): boolean {
  if (typeof made === 'string') return true;
  if (made.lines.length === 0) return false;
  const carried = fulfilments.map((id) => state.fulfilments[id]?.lines ?? null);
  return carried.length === 0 || carried.some((lines) => lines === null || lines.some((line) => made.lines.includes(line)));
}

import { carrierInWords } from '../exceptions/words.js';
import { fill, wordingOf, type CustomerSituation } from '../messages/wording.js';
import type { ShipmentStatus } from '../order/state.js';
import type { Instant } from '../shared/time.js';
import { dayIn, SCREEN_ZONE } from './say.js';

const SITUATIONS: Readonly<Record<ShipmentStatus, CustomerSituation | null>> = {
  label_created: 'labelled', accepted: 'moving', in_transit: 'moving', out_for_delivery: 'out_for_delivery', attempted: 'attempted', ready_for_pickup: 'pickup',
  delivered: 'delivered', exception: 'problem', returning: 'returning', returned: 'returned', lost: 'lost', cancelled: null,
};

/** What a customer with this one parcel reads while its status is that; null where the status alone tells a customer nothing. */
export function shipmentWordsForCustomer(status: ShipmentStatus, said: { readonly at: Instant; readonly carrier: string | null; readonly now: Instant }): string | null {
  const situation = SITUATIONS[status];
  if (situation === null) return null;
  const day = dayIn(SCREEN_ZONE, said.at, said.now);
  const values = {
    parcel: 'Your parcel', object: 'your parcel', is: 'is', was: 'was', has: 'has', waits: 'waits', its: 'its',
    carrier: said.carrier === null ? 'the carrier' : carrierInWords(said.carrier), day, onDay: `on ${day}`, last: '',
  };
  return fill(wordingOf(situation).headline, values).replace(/^[a-z]/, (c) => c.toUpperCase());
}

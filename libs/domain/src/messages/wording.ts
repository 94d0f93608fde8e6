/**
 * Every sentence a customer may read, in one place. Calm, true, and without a promise that nobody made:
 * `{parcel}` is `Your parcel`, `One of your 2 parcels` or `All 3 parcels`; `{is}` and `{was}`, `{has}` follow its number; `{onDay}` is
 * `on 17 Nov`, or `by 17 Nov` where several parcels have days of their own, and `{last}` is said only then.
 */
export type CustomerSituation =
  | 'unannounced' | 'preparing' | 'held' | 'cancelled' | 'cancelled_shipped' | 'labelled' | 'moving' | 'out_for_delivery' | 'pickup' | 'attempted'
  | 'not_moving' | 'feed_silent' | 'problem' | 'lost' | 'returning' | 'returned' | 'delivered' | 'disputed_delivery' | 'not_shipped_late';

export interface Wording {
  readonly headline: string;
  readonly body: string;
  /** Of one parcel, in a list of several. */
  readonly parcel: string;
}

const ENGLISH: Readonly<Record<CustomerSituation, Wording>> = {
  unannounced: { headline: 'We have news of your order, but not its details yet.', body: 'We will show them here as soon as the shop sends them.', parcel: '' },
  preparing: { headline: 'Your order is being prepared.', body: '{promise}', parcel: '' },
  not_shipped_late: { headline: 'Your order has not left us yet.', body: '{promise} We are looking into it.', parcel: '' },
  held: { headline: 'Your order is on hold.', body: 'Nothing is sent until it is released.', parcel: '' },
  cancelled: { headline: 'Your order was cancelled{on}.', body: '{refund}', parcel: '' },
  cancelled_shipped: { headline: 'Your order was cancelled{on}, after a parcel had left.', body: 'We are looking into it. {refund}', parcel: '' },
  labelled: { headline: '{parcel} {is} packed and {waits} for the carrier.', body: '{promise}', parcel: 'packed, waits for {carrier}' },
  moving: { headline: '{parcel} {is} on {its} way.', body: '{expected}', parcel: 'on its way, last seen {where}{day}' },
  out_for_delivery: { headline: '{parcel} {is} out for delivery.', body: 'Last news {day}.', parcel: 'out for delivery since {day}' },
  pickup: { headline: '{parcel} {is} ready for pickup.', body: '{place}', parcel: 'ready for pickup since {day}' },
  attempted: { headline: '{carrier} tried to bring {object} and could not.', body: 'The {last} attempt was {day}.', parcel: '{carrier} tried to bring it {day}' },
  not_moving: { headline: '{parcel} {has} not moved since {day}.', body: 'That is longer than usual. We are checking. {expected}', parcel: 'last seen {where}{day}' },
  feed_silent: { headline: 'No news from {carrier} since {day}.', body: 'We do not know more than that at the moment. {parcel} {was} on {its} way then.', parcel: 'no news from {carrier} since {day}' },
  problem: { headline: '{carrier} reports a problem with {object}.', body: 'It was reported {onDay}. We are looking into it.', parcel: '{carrier} reports a problem, {day}' },
  lost: { headline: '{carrier} reports {object} as lost.', body: 'We are looking into it.', parcel: 'reported as lost {day}' },
  returning: { headline: '{parcel} {is} on {its} way back to us.', body: 'Since {day}. We are looking into it.', parcel: 'on its way back since {day}' },
  returned: { headline: '{parcel} came back to us.', body: 'It was {onDay}. We are looking into it.', parcel: 'came back {onDay}' },
  delivered: { headline: '{parcel} {was} delivered {onDay}.', body: '{rest}', parcel: '{carrier} delivered it {onDay}' },
  disputed_delivery: { headline: '{carrier} says {object} {was} delivered {onDay}; you told us otherwise.', body: 'We are checking.', parcel: '{carrier} says delivered {day}, you say otherwise' },
};

const LOCALES: Readonly<Record<string, Readonly<Record<CustomerSituation, Wording>>>> = { en: ENGLISH };

/** The sentences for a situation, in the customer's language where it is known, else in English. */
export function wordingOf(situation: CustomerSituation, locale = 'en'): Wording {
  return (LOCALES[locale.slice(0, 2).toLowerCase()] ?? ENGLISH)[situation];
}

/** Puts values into a sentence; what is empty leaves no gap behind. */
export function fill(sentence: string, values: Readonly<Record<string, string>>): string {
  return sentence.replace(/\{(\w+)\}/g, (_, key: string) => values[key] ?? '').replace(/\s+/g, ' ').replace(/ ([.,;])/g, '$1').trim();
}

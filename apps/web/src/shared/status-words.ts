type Words = Readonly<Record<string, string>>;

/** Statuses whose own name would not be understood; every other is its name with a capital. The server says the same on the order page. */
const words: Readonly<Record<string, Words>> = {
  payment: { none: 'No payment known', authorized: 'Authorised', partially_paid: 'Part paid', partially_refunded: 'Part refunded' },
  fulfilment: { none: 'Not fulfilled', part_handed_over: 'Part handed over' },
  shipment: { none: 'No parcel yet', unknown: 'Unknown, feed silent', attempted: 'Delivery attempted', exception: 'Carrier exception' },
  order: { unannounced: 'Not announced' },
  return: { none: 'Not started', in_transit: 'On the way back' },
};

export const statusWord = (track: string, status: string | null | undefined): string =>
  status ? (words[track]?.[status] ?? status.replaceAll('_', ' ').replace(/^./, (c) => c.toUpperCase())) : '–';

import { t } from './i18n';

/** Statuses whose own name would not be understood; every other is its name with a capital. The server says the same on the order page. */
const known = {
  'payment.none': true, 'payment.authorized': true, 'payment.partially_paid': true, 'payment.partially_refunded': true,
  'fulfilment.none': true, 'fulfilment.part_handed_over': true,
  'shipment.none': true, 'shipment.unknown': true, 'shipment.attempted': true, 'shipment.exception': true,
  'order.unannounced': true,
  'return.none': true, 'return.in_transit': true,
} as const;

const isKnown = (name: string): name is keyof typeof known => Object.hasOwn(known, name);

export const statusWord = (track: string, status: string | null | undefined): string => {
  if (!status) return '–';
  const name = `${track}.${status}`;
  return isKnown(name) ? t(`cases:status.${name}`) : status.replaceAll('_', ' ').replace(/^./, (c) => c.toUpperCase());
};

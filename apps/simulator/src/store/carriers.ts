import type { Random } from '../shared/random.js';

export type CarrierId = 'ups' | 'usps' | 'dhl' | 'fedex' | 'gls' | 'dpd' | 'royal_mail';

export interface Carrier {
  readonly id: CarrierId;
  /** As a shop writes it (Shopify's `tracking_company`, the feed's `carrier`). */
  readonly shopName: string;
  /** As EasyPost writes it. */
  readonly easypostName: string;
  readonly services: readonly string[];
  readonly hubs: readonly string[];
  /** Share of its parcels that come too late, so that the on-time report has something to tell. */
  readonly lateShare: number;
  readonly trackingUrl: (number: string) => string;
  readonly number: (random: Random) => string;
}

/** UPS: the last digit is a checksum over the fifteen before it. */
function upsNumber(random: Random): string {
  const body = `${random.digits(6)}03${random.digits(7)}`;
  const sum = [...body].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 2), 0);
  return `1Z${body}${(10 - (sum % 10)) % 10}`;
}

/** Royal Mail (UPU S10): eight digits, a weighted check digit and the country. */
function postalNumber(random: Random): string {
  const serial = random.digits(8);
  const weights = [8, 6, 4, 2, 3, 5, 9, 7];
  const sum = [...serial].reduce((total, digit, index) => total + Number(digit) * (weights[index] ?? 0), 0);
  const rest = 11 - (sum % 11);
  return `RM${serial}${rest === 10 ? 0 : rest === 11 ? 5 : rest}GB`;
}

export const CARRIERS: Readonly<Record<CarrierId, Carrier>> = {
  ups: {
    id: 'ups', shopName: 'UPS', easypostName: 'UPS', services: ['Ground', 'Standard', 'Express Saver'],
    hubs: ['Louisville, KY', 'Köln', 'Philadelphia, PA', 'Ontario, CA'], lateShare: 0.008,
    trackingUrl: (number) => `https://www.ups.com/track?tracknum=${number}`, number: upsNumber,
  },
  usps: {
    id: 'usps', shopName: 'USPS', easypostName: 'USPS', services: ['Ground Advantage', 'Priority Mail'],
    hubs: ['Chicago, IL', 'Atlanta, GA', 'Dallas, TX', 'Jersey City, NJ'], lateShare: 0.04,
    trackingUrl: (number) => `https://tools.usps.com/go/TrackConfirmAction?tLabels=${number}`,
    number: (random) => `94001${random.digits(17)}`,
  },
  dhl: {
    id: 'dhl', shopName: 'DHL Express', easypostName: 'DHLExpress', services: ['Worldwide', 'Economy Select'],
    hubs: ['Leipzig', 'Brussels', 'Bergamo', 'East Midlands', 'Cincinnati, OH'], lateShare: 0.012,
    trackingUrl: (number) => `https://www.dhl.com/en/express/tracking.html?AWB=${number}`, number: (random) => random.digits(10),
  },
  fedex: {
    id: 'fedex', shopName: 'FedEx', easypostName: 'FedEx', services: ['Ground', 'International Priority'],
    hubs: ['Memphis, TN', 'Paris CDG', 'Indianapolis, IN', 'Newark, NJ'], lateShare: 0.022,
    trackingUrl: (number) => `https://www.fedex.com/fedextrack/?trknbr=${number}`, number: (random) => random.digits(12),
  },
  gls: {
    id: 'gls', shopName: 'GLS', easypostName: 'GLS', services: ['Business Parcel', 'Euro Business Parcel'],
    hubs: ['Neuenstein', 'Bologna', 'Ansfelden', 'Brno', 'Madrid'], lateShare: 0.055,
    trackingUrl: (number) => `https://gls-group.com/track/${number}`, number: (random) => random.digits(11),
  },
  dpd: {
    id: 'dpd', shopName: 'DPD', easypostName: 'DPD', services: ['Classic', 'Predict'],
    hubs: ['Aschaffenburg', 'Lyon', 'Hinckley', 'Wrocław'], lateShare: 0.04,
    trackingUrl: (number) => `https://www.dpdgroup.com/track?parcelNumber=${number}`, number: (random) => `0${random.digits(13)}`,
  },
  royal_mail: {
    id: 'royal_mail', shopName: 'Royal Mail', easypostName: 'RoyalMail', services: ['Tracked 24', 'Tracked 48'],
    hubs: ['Warrington', 'Northampton', 'Greenford', 'Glasgow'], lateShare: 0.031,
    trackingUrl: (number) => `https://www.royalmail.com/track-your-item#/tracking-results/${number}`, number: postalNumber,
  },
};

import { isSameAddress, readAddress, type DeliveryAddress } from '@orderwatch/domain';
import type { ReshipBasis } from './admin-schema.js';

type ShopAddress = NonNullable<ReshipBasis['shippingAddress']>;

/** Where and how a reship was approved to go. */
export interface ApprovedDelivery {
  readonly address: DeliveryAddress;
  /** It is the order's own address as the shop had it then: another one there by now is not what was approved. */
  readonly isShops: boolean;
}

/** The shop's fields as an address; null when nothing can be sent there. */
export function addressFrom(told: ShopAddress | null | undefined): DeliveryAddress | null {
  if (!told) return null;
  const { firstName, lastName, company, address1, address2, city, zip, provinceCode, countryCodeV2, phone } = told;
  const name = [firstName, lastName].filter((part) => part).join(' ');
  const read = readAddress({ name, company, line1: address1, line2: address2, city, region: provinceCode, postalCode: zip, country: countryCodeV2, phone });
  return typeof read === 'string' ? null : read;
}

/** Whether the shop says something else by now than what was approved; where it says nothing, what was approved holds. */
export function isOtherNow({ address, isShops }: ApprovedDelivery, told: ShopAddress | null | undefined): boolean {
  const now = addressFrom(told);
  return isShops && now !== null && !isSameAddress(now, address);
}

/** `MailingAddressInput` of it. */
export function mailingAddress({ name, company, line1, line2, city, region, postalCode, country, phone }: DeliveryAddress): object {
  const words = name.split(' ');
  const named = words.length > 1 ? { firstName: words.slice(0, -1).join(' '), lastName: words.at(-1) } : { lastName: name };
  const fields = { ...named, company, address1: line1, address2: line2, city, zip: postalCode, provinceCode: region, countryCode: country, phone };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
}

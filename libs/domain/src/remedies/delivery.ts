/** Where a reship goes. Personal data: sealed wherever it is kept. `''` = not there. */
export interface DeliveryAddress {
  readonly name: string;
  readonly company: string;
  readonly line1: string;
  readonly line2: string;
  readonly city: string;
  /** State or province, in the form the country uses on labels. */
  readonly region: string;
  readonly postalCode: string;
  /** ISO 3166, two letters. */
  readonly country: string;
  readonly phone: string;
}

/**
 * Whose address it is. `shop`: the order's own as the shop had it when it was asked for; `other`: entered for this reship alone;
 * `unknown`: the shop could not be asked, it goes where the shop or the warehouse says when it is sent.
 */
export type AddressOf = 'shop' | 'other' | 'unknown';

const FIELDS = ['name', 'company', 'line1', 'line2', 'city', 'region', 'postalCode', 'country', 'phone'] as const;

/** Longest field of an address, characters; what labels and both outside systems take. */
const LONGEST = 100;

const plain = (text: string | null | undefined): string => (text ?? '').replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ').replace(/\s+/g, ' ').trim();

/** An address as somebody typed it, or as an outside system told it. @returns why nothing can be sent there, as text. */
export function readAddress(typed: Partial<Record<keyof DeliveryAddress, string | null | undefined>>): DeliveryAddress | string {
  const read = Object.fromEntries(FIELDS.map((field) => [field, plain(typed[field])])) as unknown as DeliveryAddress;
  const address = { ...read, country: read.country.toUpperCase(), name: read.name === '' ? read.company : read.name };
  if (FIELDS.some((field) => address[field].length > LONGEST)) return `A line of an address has ${LONGEST} characters at most.`;
  if (address.name === '') return 'Say who receives it.';
  if (address.line1 === '') return 'Give the street and number.';
  if (address.city === '') return 'Give the city.';
  if (!/^[A-Z]{2}$/.test(address.country)) return 'Give the country as two letters.';
  return address;
}

/** Whether both are the same place and addressee; spelling in capitals and spaces does not count. */
export function isSameAddress(a: DeliveryAddress, b: DeliveryAddress): boolean {
  const bare = (text: string): string => text.toLowerCase().replace(/\s+/g, ' ').trim();
  return FIELDS.every((field) => bare(a[field]) === bare(b[field]));
}

/** As it stands on a label, top to bottom. @param isMasked only where it goes in general: no name, no street, no phone. */
export function addressLines(address: DeliveryAddress, isMasked: boolean): string[] {
  const { name, company, line1, line2, city, region, postalCode, country, phone } = address;
  if (isMasked) return ['•••', [city, region].filter(Boolean).join(', '), country];
  const town = [[postalCode, city].filter(Boolean).join(' '), region].filter(Boolean).join(', ');
  return [name, company === name ? '' : company, line1, line2, town, country, phone].filter(Boolean);
}

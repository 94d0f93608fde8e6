import type { ReshipDeliveryInput } from '../../gql';

const fields = ['name', 'company', 'line1', 'line2', 'postalCode', 'city', 'region', 'country', 'phone'] as const;
export type AddressField = (typeof fields)[number];
export const addressFields: readonly AddressField[] = fields;

/** What nothing can be sent without. */
const needed: ReadonlySet<AddressField> = new Set(['name', 'line1', 'city', 'country']);
export const isNeeded = (field: AddressField): boolean => needed.has(field);

/** Where it goes: the order's own address, another one that is entered, or as it was asked for before (when a proposal is edited). */
export interface DeliveryDraft {
  where: 'own' | 'other' | 'kept';
  address: Readonly<Partial<Record<AddressField, string>>>;
  /** Empty: what the customer had. */
  service: string;
}

export const ownDelivery: DeliveryDraft = { where: 'own', address: {}, service: '' };

const said = (text: string | undefined): string => (text ?? '').trim();

/** Whether something can be sent there: two letters are a country, and everything that is needed is there. */
export const isAddressWhole = ({ where, address }: DeliveryDraft): boolean => where !== 'other' || (fields.every((field) => !isNeeded(field) || said(address[field]) !== '') && /^[a-z]{2}$/i.test(said(address.country)));

/** What is sent of it; undefined: it stays as it was asked for. */
export const deliveryOf = ({ where, address, service }: DeliveryDraft): ReshipDeliveryInput | undefined => {
  if (where === 'kept') return undefined;
  const by = said(service) === '' ? {} : { service: said(service) };
  if (where === 'own') return by;
  const text = (field: AddressField): string => said(address[field]);
  const more = Object.fromEntries((['company', 'line2', 'postalCode', 'region', 'phone'] as const).flatMap((field) => (text(field) === '' ? [] : [[field, text(field)]])));
  return { ...by, address: { name: text('name'), line1: text('line1'), city: text('city'), country: text('country').toUpperCase(), ...more } };
};

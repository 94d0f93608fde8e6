import { parse, stringify } from 'lossless-json';

const MASK = '•••';
/** Instead of a body that cannot be read and so cannot be masked. */
export const WITHHELD = 'Not shown: it may hold personal data, and it cannot be read to mask it.';

/** Keys whose value is a person's wherever they stand (e-mail, phone, names, street lines, free text of theirs). */
const PERSONAL = new Set([
  'email', 'contactemail', 'phone', 'phonenumber', 'mobile', 'firstname', 'lastname', 'fullname', 'recipientname', 'signedby', 'address1', 'address2', 'street', 'street1', 'street2',
  'streetline1', 'streetline2', 'company', 'latitude', 'longitude', 'zip', 'postalcode', 'postcode', 'browserip', 'clientip', 'text', 'note', 'notes', 'message', 'orderstatusurl',
]);
/** Things whose `name` is a person's. */
const PEOPLE = /customer|address|recipient|receiver|consignee|buyer|shipto|billto|person|contact/;
/** The same where the whole person stands in one text: `"recipient": "Maria Keller"`. */
const PERSON_ITSELF = /(customer|address|recipient|receiver|consignee|buyer|shipto|billto|person|contact)$/;
/** Bounded, as addresses are: without bounds a long text without an `@` would be searched anew from each of its letters. */
const EMAIL = /[^\s@"'<>:;,()]{1,64}@[^\s@"'<>:;,()]{1,255}\.[a-z]{2,}/gi;

const plain = (key: string): string => key.toLowerCase().replace(/[^a-z0-9]/g, '');

function isPersonal(key: string, parent: string): boolean {
  const own = plain(key);
  return PERSONAL.has(own) || (own === 'name' && PEOPLE.test(plain(parent)));
}

function mask(value: unknown, key: string, parent: string): unknown {
  if (isPersonal(key, parent) && value !== null && value !== '') return MASK;
  if (typeof value === 'string') return value !== '' && PERSON_ITSELF.test(plain(key)) ? MASK : value.replace(EMAIL, MASK);
  if (Array.isArray(value)) return value.map((item) => mask(item, key, parent));
  if (value === null || typeof value !== 'object' || 'isLosslessNumber' in value) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, mask(inner, name, key)]));
}

/** A JSON body without a person's data; digits of long ids stay as they are. What is no JSON, or nested beyond reading, is withheld. */
export function maskPersonal(body: string): string {
  try {
    return stringify(mask(parse(body), '', ''), null, 2) ?? WITHHELD;
  } catch {
    return WITHHELD;
  }
}

/** Words that carriers' names start with, as shops and aggregators write them (lower case, letters and digits only) → canonical id. Longest match wins. */
const ALIASES: readonly (readonly [prefix: string, carrier: string])[] = [
  ['upsmailinnovations', 'ups'], ['upssurepost', 'ups'], ['upsdap', 'ups'], ['ups', 'ups'], ['unitedparcelservice', 'ups'],
  ['usps', 'usps'], ['unitedstatespostalservice', 'usps'], ['fedex', 'fedex'], ['federalexpress', 'fedex'],
  ['dhlexpress', 'dhl_express'], ['dhlecommerce', 'dhl_ecommerce'], ['dhlecs', 'dhl_ecommerce'], ['dhlparcel', 'dhl'], ['dhlpaket', 'dhl'], ['dhl', 'dhl'], ['deutschepost', 'dhl'],
  ['gls', 'gls'], ['dpd', 'dpd'], ['royalmail', 'royal_mail'], ['parcelforce', 'parcelforce'], ['canadapost', 'canada_post'], ['australiapost', 'australia_post'],
  ['auspost', 'australia_post'], ['postnl', 'postnl'], ['correos', 'correos'], ['brt', 'brt'], ['bartolini', 'brt'], ['posteitaliane', 'poste_italiane'],
  ['laposte', 'colissimo'], ['colissimo', 'colissimo'], ['chronopost', 'chronopost'], ['evri', 'evri'], ['hermesuk', 'evri'], ['myhermes', 'evri'], ['hermes', 'hermes'],
  ['ontrac', 'ontrac'], ['lasership', 'ontrac'], ['purolator', 'purolator'], ['tnt', 'tnt'], ['aramex', 'aramex'], ['bpost', 'bpost'], ['postnord', 'postnord'],
  ['austrianpost', 'austrian_post'], ['swisspost', 'swiss_post'], ['yodel', 'yodel'], ['asendia', 'asendia'], ['landmark', 'landmark'],
];

/** Names that say nothing about who carries it. */
const NO_CARRIER = new Set(['', 'other', 'custom', 'unknown', 'none', 'na']);

/** The canonical id of a carrier's name; an unknown one is a slug of itself; undefined when it names nobody. */
export function carrierOf(name: string | null | undefined): string | undefined {
  const letters = (name ?? '').toLowerCase().normalize('NFKD').replace(/[^a-z0-9]/g, '');
  if (NO_CARRIER.has(letters)) return undefined;
  let best: readonly [string, string] | undefined;
  for (const alias of ALIASES) if (letters.startsWith(alias[0]) && (!best || alias[0].length > best[0].length)) best = alias;
  if (best) return best[1];
  return (name ?? '').toLowerCase().normalize('NFKD').replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '').slice(0, 60) || undefined;
}

/** A tracking number without spaces and dashes, upper case; undefined when nothing is left of it. */
export function trackingNumberOf(number: string | null | undefined): string | undefined {
  const plain = (number ?? '').toUpperCase().replace(/[\s\-‐-―._]/g, '');
  return plain === '' ? undefined : plain.slice(0, 100);
}

/** The handle `<carrier>:<number>`; undefined without a carrier or a number: nothing is linked by guess. */
export function handleOf(carrier: string | null | undefined, number: string | null | undefined): string | undefined {
  const who = carrierOf(carrier);
  const what = trackingNumberOf(number);
  return who && what ? `${who}:${what}` : undefined;
}

/** An amount in the currency's minor units (cents); never a float, never summed across currencies. */
export interface Money {
  readonly minor: number;
  /** ISO 4217, upper case. */
  readonly currency: string;
}

/** ISO 4217 currencies whose minor unit is not 1/100 (ISO 4217 table of 2024-06-25). */
const EXPONENTS: Readonly<Record<string, number>> = {
  BIF: 0, CLP: 0, DJF: 0, GNF: 0, ISK: 0, JPY: 0, KMF: 0, KRW: 0, PYG: 0, RWF: 0, UGX: 0, UYI: 0, VND: 0, VUV: 0,
  XAF: 0, XOF: 0, XPF: 0, BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3,
};

/** Number of decimal places of the currency's minor unit; 2 where ISO 4217 names nothing else. */
export function minorExponent(currency: string): number {
  return EXPONENTS[currency.toUpperCase()] ?? 2;
}

/** Currencies whose minor unit has so many places; those with 2 are all that are in no list. */
export function currenciesWithPlaces(places: 0 | 3): string[] {
  return Object.keys(EXPONENTS).filter((currency) => EXPONENTS[currency] === places);
}

/**
 * Reads an amount in major units from its source text ("129.90", "-3", "1e2" is refused) without passing a float.
 * Digits beyond the minor unit are rounded half up, away from zero.
 * @returns minor units, or undefined when the text is no plain decimal or exceeds 2^53 minor units.
 */
export function parseMinor(text: string, currency: string): number | undefined {
  const match = /^([+-]?)(\d+)(?:\.(\d*))?$/.exec(text.trim());
  if (!match) return undefined;
  const exponent = minorExponent(currency);
  const fraction = (match[3] ?? '').padEnd(exponent + 1, '0');
  let minor = BigInt(match[2] + fraction.slice(0, exponent));
  if (fraction.charCodeAt(exponent) >= 53) minor += 1n;
  if (minor > BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
  const value = Number(minor);
  return match[1] === '-' && value !== 0 ? -value : value;
}

/** The amount in major units as plain decimal text, as outside systems want it ("129.90"). */
export function formatMajor(money: Money): string {
  const exponent = minorExponent(money.currency);
  const sign = money.minor < 0 ? '-' : '';
  const digits = String(Math.abs(money.minor)).padStart(exponent + 1, '0');
  if (exponent === 0) return sign + digits;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

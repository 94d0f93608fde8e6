import { intlLocale } from '../i18n';

export const digitsOf = (currency: string): number => new Intl.NumberFormat(intlLocale(), { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

/** Text to minor units without a float between: "129", "129.5" and "129.50"; null when it is no amount. */
export const toMinor = (value: string | number, digits: number): number | null => {
  const [whole = '', part = ''] = String(value).trim().split('.');
  if (!/^\d+$/.test(whole) || !/^\d*$/.test(part) || part.length > digits) return null;
  return Number(whole + part.padEnd(digits, '0'));
};

/** 12950 → "129.50", as a field is filled with it. */
export const minorText = (minor: number, digits: number): string => {
  const text = String(Math.round(minor)).padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
};

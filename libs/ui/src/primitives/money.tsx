interface MoneyProps {
  /** Integer minor units, as text or number: 12900 is 129.00 in EUR and 12 900 in JPY. */
  minor: number | string | bigint;
  currency: string;
  /** Leaves out the minor part when it is zero, for dense lists. */
  short?: boolean;
  className?: string | undefined;
}

interface Currency {
  readonly digits: number;
  /** Undefined when nobody knows the currency. */
  readonly symbol: string | undefined;
}

const currencies = new Map<string, Currency>();

const look = (currency: string): Currency => {
  try {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
    return { digits: format.resolvedOptions().maximumFractionDigits ?? 2, symbol: format.formatToParts(0).find((part) => part.type === 'currency')?.value ?? currency };
  } catch {
    return { digits: 2, symbol: undefined };
  }
};

/** Looked up once: a list draws the same few currencies hundreds of times. */
const currencyOf = (currency: string): Currency => {
  const known = currencies.get(currency) ?? look(currency);
  currencies.set(currency, known);
  return known;
};

/** Minor units to text without ever making a float of the amount. */
export const formatMoney = (minor: number | string | bigint, currency: string, isShort = false): string => {
  const { digits, symbol } = currencyOf(currency);
  const value = BigInt(minor);
  const sign = value < 0n ? '−' : '';
  const raw = (value < 0n ? -value : value).toString().padStart(digits + 1, '0');
  const whole = digits === 0 ? raw : raw.slice(0, -digits);
  const part = digits === 0 ? '' : raw.slice(-digits);
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f');
  const amount = part && !(isShort && /^0+$/.test(part)) ? `${grouped}.${part}` : grouped;
  const isShown = symbol !== undefined && !(symbol.length > 1 && /^[A-Z]+$/.test(symbol));
  return isShown ? `${sign}${symbol}${amount}` : `${sign}${amount}\u00a0${symbol ?? currency}`;
};

export const Money = ({ minor, currency, short = false, className }: MoneyProps) => (
  <span className={className}>{formatMoney(minor, currency, short)}</span>
);

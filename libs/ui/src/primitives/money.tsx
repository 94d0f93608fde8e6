interface MoneyProps {
  /** Integer minor units, as text or number: 12900 is 129.00 in EUR and 12 900 in JPY. */
  minor: number | string | bigint;
  currency: string;
  /** Leaves out the minor part when it is zero, for dense lists. */
  short?: boolean;
  className?: string | undefined;
}

const digitsOf = (currency: string): number => {
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
};

/** Minor units to text without ever making a float of the amount. */
export const formatMoney = (minor: number | string | bigint, currency: string, isShort = false): string => {
  const digits = digitsOf(currency);
  const value = BigInt(minor);
  const sign = value < 0n ? '−' : '';
  const raw = (value < 0n ? -value : value).toString().padStart(digits + 1, '0');
  const whole = digits === 0 ? raw : raw.slice(0, -digits);
  const part = digits === 0 ? '' : raw.slice(-digits);
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f');
  const amount = part && !(isShort && /^0+$/.test(part)) ? `${grouped}.${part}` : grouped;
  try {
    const parts = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).formatToParts(0);
    const symbol = parts.find((p) => p.type === 'currency')?.value ?? currency;
    return symbol.length > 1 && /^[A-Z]+$/.test(symbol) ? `${sign}${amount}\u00a0${symbol}` : `${sign}${symbol}${amount}`;
  } catch {
    return `${sign}${amount}\u00a0${currency}`;
  }
};

export const Money = ({ minor, currency, short = false, className }: MoneyProps) => (
  <span className={className}>{formatMoney(minor, currency, short)}</span>
);

/** The rail has room for four digits; beyond that the exact figure is not what one looks for. */
export const capRail = (n: number): string => (n > 9999 ? '9999+' : n > 999 ? String(n).replace(/(\d)(\d{3})$/, '$1\u202f$2') : String(n));

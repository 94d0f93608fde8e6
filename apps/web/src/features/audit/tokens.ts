/** One condition of the search as it was typed. */
export interface Token {
  raw: string;
  isNot: boolean;
  /** `actor`; free text has none. */
  field: string | null;
  value: string;
}

/** As the server cuts the text; what it means, the server alone knows. */
const TOKEN = /(-?)(?:([a-zA-Z]+):)?(?:"([^"]*)"?|(\S+))/g;

export const tokensOf = (text: string): readonly Token[] =>
  [...text.matchAll(TOKEN)].map(([raw, minus, field, quoted, plain]) => ({ raw, isNot: minus === '-', field: field?.toLowerCase() ?? null, value: quoted ?? plain ?? '' })).filter(({ value }) => value !== '');

/** The text without one of its conditions. */
export const without = (text: string, n: number): string => tokensOf(text).filter((_, i) => i !== n).map(({ raw }) => raw).join(' ');

/** The text with one condition more, once. */
export const withToken = (text: string, raw: string): string => (tokensOf(text).some((token) => token.raw === raw) ? text : `${text} ${raw}`.trim());

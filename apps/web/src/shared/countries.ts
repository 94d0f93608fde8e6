const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' });

/** "DE" → "Germany"; what is no code of a country is shown as it came. */
export const countryName = (code: string): string => {
  try {
    return names.of(code.toUpperCase()) ?? code;
  } catch {
    return code;
  }
};

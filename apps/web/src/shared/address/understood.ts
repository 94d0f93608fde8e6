/** A part of an address that was left out or read as something else. */
export interface NotUnderstood {
  name: string;
  /** Set when the name is known and its value is not. */
  value?: string;
}

const flat = (value: unknown): string => (Array.isArray(value) ? value.map(String).join(',') : typeof value === 'object' ? JSON.stringify(value) : String(value));

/** Values that mean the same although they are written otherwise: a number, a switch, a list with commas. */
const isSame = (raw: unknown, read: unknown): boolean => flat(raw) === flat(read) || (typeof read === 'boolean' && flat(raw) === String(Number(read)));

/**
 * What of an address did not reach the page. `known` are names that others read.
 * An unknown name is named alone, an unknown value with its name; an empty value asks for nothing.
 */
export const notUnderstood = (raw: Readonly<Record<string, unknown>>, read: Readonly<Record<string, unknown>>, known: readonly string[] = []): NotUnderstood[] =>
  Object.entries(raw).flatMap(([name, value]): NotUnderstood[] => {
    if (known.includes(name) || value === undefined || value === null || value === '' || isSame(value, read[name])) return [];
    // A default in its place, or a list of which only a part was kept: the name is known.
    return read[name] === undefined && !(name in read) ? [{ name }] : [{ name, value: flat(value) }];
  });

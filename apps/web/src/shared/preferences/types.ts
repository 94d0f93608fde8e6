export type Density = 'compact' | 'default' | 'roomy';
export type ThemeChoice = 'auto' | 'light' | 'dark' | 'contrast';
export type LanguageChoice = 'en' | 'pseudo';

/** The lists whose columns can be chosen. */
export type ListName = 'queue' | 'stuck' | 'orders' | 'approvals';

export interface KeyboardPreferences {
  /** Single keys that work everywhere: `/ ? z y [ ] .` and a screen's own letters outside its list. */
  singles: boolean;
  /** Keys one after the other: `g q`. */
  chords: boolean;
  /** Own keys by command; empty: none. */
  own: Readonly<Record<string, string>>;
}

/** How one person wants to work; the same on every machine. */
export interface Preferences {
  keyboard: KeyboardPreferences;
  density: Density;
  theme: ThemeChoice;
  /** An IANA zone, or null for that of the machine. */
  timeZone: string | null;
  language: LanguageChoice;
  /** One tone when a deadline of one's own passes. */
  sound: boolean;
  /** Width of the panel beside a list in CSS pixels (420–560), or null for the usual one. */
  peekWidth: number | null;
  /** Whether arrivals wait to be applied, or go in by themselves. */
  listMode: 'hold' | 'live';
  /** The columns that were chosen for a list, in their order; absent: the usual ones. */
  columns: Readonly<Partial<Record<ListName, readonly string[]>>>;
}

export const defaultPreferences: Preferences = {
  keyboard: { singles: true, chords: true, own: {} },
  density: 'default',
  theme: 'auto',
  timeZone: null,
  language: 'en',
  sound: false,
  peekWidth: null,
  listMode: 'hold',
  columns: {},
};

import { defaultPreferences, type KeyboardPreferences, type ListName, type Preferences } from './types';

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields | undefined => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined);
const isText = (value: unknown): value is string => typeof value === 'string';
const isShort = (max: number) => (value: unknown): value is string => isText(value) && value.length <= max;
const flag = (value: unknown, usual: boolean): boolean => (typeof value === 'boolean' ? value : usual);
const choice = <T extends string>(value: unknown, all: readonly T[], usual: T): T => all.find((each) => each === value) ?? usual;

const isZone = (zone: unknown): zone is string => {
  if (!isText(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
};

const usual = defaultPreferences;
const isOwnKey = isShort(30);
const isColumn = isShort(60);

const keyboardOf = (kept: Fields): KeyboardPreferences => {
  const own = Object.entries(fieldsOf(kept['own']) ?? {});
  return {
    singles: flag(kept['singles'], usual.keyboard.singles),
    chords: flag(kept['chords'], usual.keyboard.chords),
    own: Object.fromEntries(own.filter((entry): entry is [string, string] => isOwnKey(entry[1]))),
  };
};

const LISTS: readonly ListName[] = ['queue', 'stuck', 'orders', 'approvals'];

const columnsOf = (kept: Fields): Preferences['columns'] =>
  Object.fromEntries(
    LISTS.flatMap((list) => {
      const ids = kept[list];
      return Array.isArray(ids) && ids.length > 0 && ids.every(isColumn) ? [[list, ids]] : [];
    }),
  );

const widthOf = (kept: unknown): number | null => (typeof kept === 'number' && kept >= 420 && kept <= 560 ? kept : usual.peekWidth);

/** Reads what was kept, by another version of this page or another machine; what is not understood is as usual. */
export const parsePreferences = (kept: unknown): Preferences => {
  const all = fieldsOf(kept) ?? {};
  return {
    keyboard: keyboardOf(fieldsOf(all['keyboard']) ?? {}),
    density: choice(all['density'], ['compact', 'default', 'roomy'], usual.density),
    theme: choice(all['theme'], ['auto', 'light', 'dark', 'contrast'], usual.theme),
    timeZone: isZone(all['timeZone']) ? all['timeZone'] : usual.timeZone,
    language: choice(all['language'], ['en', 'pseudo'], usual.language),
    sound: flag(all['sound'], usual.sound),
    peekWidth: widthOf(all['peekWidth']),
    listMode: choice(all['listMode'], ['hold', 'live'], usual.listMode),
    columns: columnsOf(fieldsOf(all['columns']) ?? {}),
  };
};

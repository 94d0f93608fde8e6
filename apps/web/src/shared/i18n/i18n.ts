import { createInstance } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { cases } from './en/cases';
import { frame } from './en/frame';
import { session } from './en/session';
import type { LabelKey, Namespace, TextKey, Translate } from './keys';

export type Language = 'en' | 'pseudo' | 'pseudo-rtl';

type Bundle = Readonly<Record<string, string>>;

/** Both are en to `Intl`; the private part keeps the made-up texts apart. */
const tags: Readonly<Record<Language, string>> = { en: 'en', pseudo: 'en-XA', 'pseudo-rtl': 'en-XB' };

/** The namespaces that come with their route. `frame`, `session` and `cases` are needed before or by most of them and come with the app. */
const english: Readonly<Record<Namespace, () => Promise<Bundle>>> = {
  frame: () => Promise.resolve(frame),
  session: () => Promise.resolve(session),
  settings: async () => (await import('./en/settings')).settings,
  cases: () => Promise.resolve(cases),
  queue: async () => (await import('./en/queue')).queue,
  order: async () => (await import('./en/order')).order,
  orders: async () => (await import('./en/orders')).orders,
  stuck: async () => (await import('./en/stuck')).stuck,
  approvals: async () => (await import('./en/approvals')).approvals,
  remedies: async () => (await import('./en/remedies')).remedies,
  health: async () => (await import('./en/health')).health,
  reports: async () => (await import('./en/reports')).reports,
  audit: async () => (await import('./en/audit')).audit,
};

export const i18n = createInstance();
void i18n.use(initReactI18next).init({
  lng: 'en',
  fallbackLng: false,
  resources: { en: { frame, session, cases } },
  defaultNS: 'frame',
  ns: ['frame', 'session', 'cases'],
  // Names may hold dots; everything is one level deep.
  keySeparator: false,
  nsSeparator: ':',
  interpolation: { escapeValue: false },
  initAsync: false,
  react: { useSuspense: false },
});

let language: Language = 'en';
const wanted = new Set<Namespace>(['frame', 'session', 'cases']);

export const currentLanguage = (): Language => language;

const bundleOf = async (which: Language, name: Namespace): Promise<Bundle> => {
  const texts = await english[name]();
  if (which === 'en') return texts;
  const { pseudoBundle } = await import('./pseudo');
  return pseudoBundle(texts);
};

const load = async (which: Language, name: Namespace): Promise<void> => {
  const tag = tags[which];
  if (i18n.hasResourceBundle(tag, name)) return;
  i18n.addResourceBundle(tag, name, await bundleOf(which, name));
};

/** Brings the texts of a route; the router calls it together with the route's own code. */
export const loadTexts = async (...names: readonly Namespace[]): Promise<void> => {
  for (const name of names) wanted.add(name);
  await Promise.all(names.map((name) => load(language, name)));
};

/** Changes the language of everything that is loaded, and the direction in which it is read. */
export const setLanguage = async (next: Language): Promise<void> => {
  await Promise.all([...wanted].map((name) => load(next, name)));
  language = next;
  await i18n.changeLanguage(tags[next]);
  if (typeof document === 'undefined') return;
  document.documentElement.lang = tags[next];
  document.documentElement.dir = next === 'pseudo-rtl' ? 'rtl' : 'ltr';
};

/** The tag for `Intl`. Times and numbers of the interface are written as British English does. */
export const intlLocale = (): string => 'en-GB';

/** Texts without values, as they were found: a list draws the same few hundreds of times, and finding one costs a hundred times what reading it does. */
const plain = new Map<string, string>();
const forget = (): void => plain.clear();
i18n.on('languageChanged', forget);
i18n.store.on('added', forget);

const plainText = (key: string): string => {
  const known = plain.get(key);
  if (known !== undefined) return known;
  const text = i18n.t(key);
  plain.set(key, text);
  return text;
};

/** A function of its own, so that two languages can be told apart by it. */
export const makeTranslate =
  (): Translate =>
  (key: TextKey, ...values: readonly unknown[]) =>
    values[0] === undefined ? plainText(key) : i18n.t(key, values[0] as Record<string, unknown>);

/** For code outside components. What it gives does not follow a change of language by itself; in a component take `useText`. */
export const t = makeTranslate();

/** The text of a label that is held as a key: in a table, a command, a column. */
export const label = (key: LabelKey): string => plainText(key);

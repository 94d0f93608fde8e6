import { useTranslation } from 'react-i18next';
import { i18n, makeTranslate } from './i18n';
import type { Translate } from './keys';

const perLanguage = new Map<string, Translate>();

/** The same function is another one per language, so that what was remembered from it is made anew. */
const translateIn = (tag: string): Translate => {
  const known = perLanguage.get(tag);
  if (known) return known;
  const made = makeTranslate();
  perLanguage.set(tag, made);
  return made;
};

/** The texts in a component; it is drawn again when the language changes. */
export const useText = (): Translate => {
  const { i18n: used } = useTranslation(undefined, { i18n });
  return translateIn(used.language);
};

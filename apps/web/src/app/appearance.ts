import { useScheme } from '@orderwatch/ui';
import { useEffect } from 'react';
import { setLanguage, type Language } from '../shared/i18n';
import { onPreferences, preferences, usePreferences } from '../shared/preferences';

/** Puts what a person chose for the look onto the page: colours, contrast, row height. */
export const useAppearance = (): void => {
  const { theme, density } = usePreferences();
  const { choice, set } = useScheme();
  useEffect(() => {
    document.documentElement.dataset['contrast'] = theme === 'contrast' ? 'high' : 'usual';
    // High contrast follows the system's light or dark.
    const scheme = theme === 'contrast' ? 'auto' : theme;
    if (choice !== scheme) set(scheme);
  }, [theme, choice, set]);
  useEffect(() => {
    document.documentElement.dataset['density'] = density;
  }, [density]);
};

const asked = (): Language | undefined => {
  const locale = new URLSearchParams(window.location.search).get('locale');
  return locale === 'pseudo' || locale === 'pseudo-rtl' || locale === 'en' ? locale : undefined;
};

/** The language of the address, for looking at it, before the one that was chosen. */
export const startLanguage = async (): Promise<void> => {
  const fixed = asked();
  await setLanguage(fixed ?? preferences().language);
  let last = preferences().language;
  onPreferences(() => {
    const next = preferences().language;
    if (next === last) return;
    last = next;
    void setLanguage(next);
  });
};

import { describe, expect, it } from '@jest/globals';
import { i18n, setLanguage, t } from './i18n';

describe('a text that is asked for again', () => {
  it('is found anew when its page has come and when the language is another', async () => {
    const before = t('queue:title');
    i18n.addResourceBundle('en', 'queue', { title: 'Exceptions' });
    expect([before, t('queue:title')]).toEqual(['title', 'Exceptions']);
    const english = t('frame:search.label');
    await setLanguage('pseudo');
    expect(t('frame:search.label')).not.toBe(english);
    await setLanguage('en');
    expect(t('frame:search.label')).toBe(english);
  });
});

import { Button } from '@orderwatch/ui';
import { useText } from '../../shared/i18n';
import { changePreferences, usePreferences } from '../../shared/preferences';
import { playTone } from '../../shared/tone';
import { Check } from './choices';

/** What reaches a person who looks elsewhere. */
export const AttentionSettings = () => {
  const t = useText();
  const { sound } = usePreferences();
  return (
    <section aria-label={t('settings:attention')}>
      <h2>{t('settings:attention')}</h2>
      <Check label={t('settings:sound')} hint={t('settings:sound.hint')} isOn={sound} onChange={(next) => changePreferences({ sound: next })} />
      <Button compact onClick={playTone}>
        {t('settings:sound.try')}
      </Button>
    </section>
  );
};

import { useText } from '../../shared/i18n';
import { changePreferences, usePreferences, type Density, type ThemeChoice } from '../../shared/preferences';
import { Choices } from './choices';

const themes: readonly ThemeChoice[] = ['auto', 'light', 'dark', 'contrast'];
const densities: readonly Density[] = ['compact', 'default', 'roomy'];

export const LookSettings = () => {
  const t = useText();
  const { theme, density } = usePreferences();
  return (
    <section aria-label={t('settings:look')}>
      <h2>{t('settings:look')}</h2>
      <Choices legend={t('settings:theme')} value={theme} options={themes.map((id) => ({ id, label: t(`settings:theme.${id}`) }))} onChange={(next) => changePreferences({ theme: next })} />
      <Choices legend={t('settings:density')} value={density} options={densities.map((id) => ({ id, label: t(`settings:density.${id}`) }))} onChange={(next) => changePreferences({ density: next })} />
    </section>
  );
};

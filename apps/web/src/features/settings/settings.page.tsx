import './settings.css';
import { TopBar } from '../../shared/top-bar';
import { useText } from '../../shared/i18n';
import { KeyboardSettings } from './keyboard-settings';
import { AttentionSettings } from './attention-settings';
import { LookSettings } from './look-settings';
import { TimeSettings } from './time-settings';

/** How this person wants to work. Every change holds at once; there is nothing to save. */
export const SettingsPage = () => {
  const t = useText();
  return (
    <div className="settings" tabIndex={0} role="group" aria-label={t('settings:title')}>
      <TopBar title={t('settings:title')} />
      <div className="settings-in">
        <p className="settings-lead">{t('settings:kept')}</p>
        <LookSettings />
        <AttentionSettings />
        <TimeSettings />
        <KeyboardSettings />
      </div>
    </div>
  );
};

import { findCommand } from '../shared/commands';
import { zoneName } from '../shared/format';
import { useText } from '../shared/i18n';
import { useShownZone } from '../shared/zone';

/** Whose clock the whole screen shows: quietly while it is one's own, so that whoever follows a shared link sees at once when it is not. */
export const ZoneButton = () => {
  const t = useText();
  const { mode, timeZone } = useShownZone();
  const zone = mode === 'mine' ? zoneName(timeZone) : t(`frame:zone.${mode}`);
  return (
    <button type="button" className="frame-zone" data-mine={mode === 'mine' || undefined} aria-keyshortcuts="Shift+T" title={t('frame:zone.change', { zone })} onClick={() => findCommand('zone')?.run()}>
      {mode === 'mine' ? <span translate="no">{zone}</span> : t('frame:zone.chip', { zone })}
    </button>
  );
};

import { Button } from '@orderwatch/ui';
import { useActivity } from '../../shared/activity';
import { useText } from '../../shared/i18n';

interface ActivityButtonProps {
  isOpen: boolean;
  onToggle: () => void;
}

/** Opens the tray; counts what is still on its way or failed, since the rest needs nobody. */
export const ActivityButton = ({ isOpen, onToggle }: ActivityButtonProps) => {
  const t = useText();
  const entries = useActivity();
  const failed = entries.filter((entry) => entry.result.state === 'failed').length;
  const count = failed + entries.filter((entry) => entry.result.state === 'running').length;
  return (
    <Button aria-expanded={isOpen} aria-label={count > 0 ? t('frame:activity.buttonLabel', { count }) : undefined} onClick={onToggle}>
      {t('frame:activity.button')}{' '}
      {count > 0 ? (
        <span className="activity-count" data-failed={failed > 0 || undefined}>
          {count}
        </span>
      ) : null}
    </Button>
  );
};

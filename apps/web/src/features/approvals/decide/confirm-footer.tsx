import { Button } from '@orderwatch/ui';
import type { Ref } from 'react';
import { useText } from '../../../shared/i18n';

interface ConfirmFooterProps {
  /** What the button does, in words that name it. */
  label: string;
  kbd: 'Enter' | 'Ctrl ↵';
  /** Why it cannot be done now. */
  missing: string | undefined;
  onDone: () => void;
  onCancel: () => void;
  button?: Ref<HTMLButtonElement>;
}

/** The act itself, and the way out of it. */
export const ConfirmFooter = ({ label, kbd, missing, onDone, onCancel, button }: ConfirmFooterProps) => {
  const t = useText();
  return (
    <footer>
      <Button ref={button} variant="primary" kbd={kbd} disabled={missing !== undefined} reason={missing} onClick={onDone}>
        {label}
      </Button>
      <Button kbd="Esc" onClick={onCancel}>
        {t('approvals:act.notNow')}
      </Button>
    </footer>
  );
};

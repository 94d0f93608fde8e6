import './session.css';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Dialog } from '../../shared/dialog';
import { useText } from '../../shared/i18n';
import { queryKeys } from '../../shared/query-keys';
import { SignInForm } from './sign-in-form';
import { onSignedInElsewhere } from './signed-in-elsewhere';

interface SessionEndedProps {
  onBack: () => void;
  /** It has not ended yet, and the person may leave it at that. */
  onClose?: (() => void) | undefined;
}

/** When a session ends under an open page, or soon will, the page stays as it is and one signs in again over it, or in another window; then what failed is read anew. */
export const SessionEnded = ({ onBack, onClose }: SessionEndedProps) => {
  const t = useText();
  const client = useQueryClient();
  const email = client.getQueryData<{ email: string }>(queryKeys.me)?.email;
  useEffect(
    () =>
      onSignedInElsewhere((who) => {
        // What stands on this page is not another person's.
        if (who.toLowerCase() !== email?.toLowerCase()) return;
        onBack();
        void client.invalidateQueries();
      }),
    [client, email, onBack],
  );
  return (
    <Dialog title={t(onClose ? 'session:again' : 'session:ended')} onClose={onClose}>
      <p className="ow-dim">{t('session:endedWhy')}</p>
      <SignInForm email={email} onDone={onBack} />
    </Dialog>
  );
};

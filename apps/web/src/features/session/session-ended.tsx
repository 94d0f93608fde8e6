import './session.css';
import { useQueryClient } from '@tanstack/react-query';
import { Dialog } from '../../shared/dialog';
import { useText } from '../../shared/i18n';
import { queryKeys } from '../../shared/query-keys';
import { SignInForm } from './sign-in-form';

/** When a session ends under an open page, the page stays as it is and one signs in again over it; then what failed is read anew. */
export const SessionEnded = ({ onBack }: { onBack: () => void }) => {
  const t = useText();
  const client = useQueryClient();
  const email = client.getQueryData<{ email: string }>(queryKeys.me)?.email;
  return (
    <Dialog title={t('session:ended')}>
      <p className="ow-dim">{t('session:endedWhy')}</p>
      <SignInForm email={email} onDone={onBack} />
    </Dialog>
  );
};

import { PasswordInput } from '@mantine/core';
import { Button, ErrorBar } from '@orderwatch/ui';
import { useMutation } from '@tanstack/react-query';
import { useRef, type FormEvent } from 'react';
import { announce } from '../../../shared/announce';
import { Dialog } from '../../../shared/dialog';
import { post, RequestError, tellSignedOut } from '../../../shared/graphql';
import { useText } from '../../../shared/i18n';

interface SignInAgainProps {
  /** The server's words for why. */
  why: string;
  onDone: () => void;
  onClose: () => void;
}

/** Money is only moved by who has just proved who they are. The page under it stays as it is, and the act is pressed anew: nothing is sent by signing in. */
export const SignInAgain = ({ why, onDone, onClose }: SignInAgainProps) => {
  const t = useText();
  const field = useRef<HTMLInputElement>(null);
  const confirm = useMutation({
    mutationFn: (password: string) => post('/api/v1/session/confirm', { password }),
    onSuccess: () => {
      onDone();
      announce(t('approvals:signIn.done'));
    },
    onError: (failed) => {
      if (!(failed instanceof RequestError && failed.kind === 'signed-out')) return field.current?.focus();
      announce(t('approvals:signIn.over'), 'assertive');
      onClose();
      tellSignedOut();
    },
  });
  const { error } = confirm;
  const isWrong = error instanceof RequestError && (error.kind === 'forbidden' || error.status === 422);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    confirm.mutate(String(new FormData(event.currentTarget).get('password') ?? ''));
  };
  return (
    <Dialog title={t('approvals:signIn.title')} onClose={onClose}>
      <form className="ap-sign-in" onSubmit={submit}>
        <p className="ow-dim">{why}</p>
        {error ? <ErrorBar>{isWrong ? t('approvals:signIn.wrong') : error.message}</ErrorBar> : null}
        <PasswordInput label={t('approvals:signIn.password')} name="password" autoComplete="current-password" required withAsterisk={false} ref={field} autoFocus data-autofocus visibilityToggleButtonProps={{ 'aria-label': t('approvals:signIn.show') }} />
        <footer>
          <Button onClick={onClose}>{t('approvals:act.notNow')}</Button>
          <Button type="submit" variant="primary" disabled={confirm.isPending} reason={t('approvals:act.sending')}>
            {t('approvals:signIn.now')}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
};

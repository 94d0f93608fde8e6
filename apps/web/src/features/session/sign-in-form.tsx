import { Button, ErrorBar } from '@orderwatch/ui';
import { PasswordInput, TextInput } from '@mantine/core';
import { useRef, useState, type FormEvent } from 'react';
import { RequestError } from '../../shared/graphql';
import { useText, type Translate } from '../../shared/i18n';
import { useSignIn } from './api';

interface SignInFormProps {
  onDone: () => void;
  /** Known already when a session has ended under an open page. */
  email?: string | undefined;
}

/** A wrong name and a wrong password are the same to whoever tries; anything else is no fault of theirs and says so. */
const wordsFor = (error: Error, t: Translate): string => {
  if (!(error instanceof RequestError)) return t('session:broken', { why: error.message });
  if (error.kind === 'offline') return t('session:offline');
  if (error.kind === 'signed-out') return t('session:wrong');
  return error.status === 429 || error.status === 503 ? t('session:busy') : t('session:broken', { why: error.message });
};

export const SignInForm = ({ onDone, email: knownEmail = '' }: SignInFormProps) => {
  const t = useText();
  const signIn = useSignIn();
  const password = useRef<HTMLInputElement>(null);
  const [isCapsOn, setCapsOn] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    signIn.mutate(
      { email: String(form.get('email') ?? '').trim(), password: String(form.get('password') ?? '') },
      { onSuccess: onDone, onError: () => password.current?.focus() },
    );
  };
  return (
    <form className="sign-in-form" onSubmit={submit}>
      {signIn.error ? <ErrorBar>{wordsFor(signIn.error, t)}</ErrorBar> : null}
      <TextInput label={t('session:email')} name="email" type="email" autoComplete="username webauthn" required withAsterisk={false} defaultValue={knownEmail} autoFocus={knownEmail === ''} />
      <PasswordInput
        label={t('session:password')}
        name="password"
        autoComplete="current-password"
        required
        withAsterisk={false}
        ref={password}
        visibilityToggleButtonProps={{ 'aria-label': t('session:showPassword') }}
        autoFocus={knownEmail !== ''}
        description={isCapsOn ? t('session:capsLock') : undefined}
        onKeyUp={(event) => setCapsOn(event.getModifierState('CapsLock'))}
      />
      <Button type="submit" variant="primary" disabled={signIn.isPending}>
        {signIn.isPending ? t('session:signingIn') : t('session:signIn')}
      </Button>
    </form>
  );
};

import { Button, ErrorBar } from '@orderwatch/ui';
import { PasswordInput, TextInput } from '@mantine/core';
import { useRef, useState, type FormEvent } from 'react';
import { RequestError } from '../../shared/graphql';
import { useSignIn } from './api';

interface SignInFormProps {
  onDone: () => void;
  /** Known already when a session has ended under an open page. */
  email?: string | undefined;
}

const wordsFor = (error: Error): string =>
  error instanceof RequestError && error.kind === 'offline' ? 'The server cannot be reached. Try again in a moment.' : 'This e-mail and password do not fit together.';

export const SignInForm = ({ onDone, email: knownEmail = '' }: SignInFormProps) => {
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
      {signIn.error ? <ErrorBar>{wordsFor(signIn.error)}</ErrorBar> : null}
      <TextInput label="Work e-mail" name="email" type="email" autoComplete="username" required withAsterisk={false} defaultValue={knownEmail} autoFocus={knownEmail === ''} />
      <PasswordInput
        label="Password"
        name="password"
        autoComplete="current-password"
        required
        withAsterisk={false}
        ref={password}
        autoFocus={knownEmail !== ''}
        description={isCapsOn ? 'Caps Lock is on' : undefined}
        onKeyUp={(event) => setCapsOn(event.getModifierState('CapsLock'))}
      />
      <Button type="submit" variant="primary" disabled={signIn.isPending}>
        {signIn.isPending ? 'Signing in…' : 'Sign in'}
      </Button>
    </form>
  );
};

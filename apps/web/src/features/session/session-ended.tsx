import './session.css';
import { Modal } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { onSignedOut } from '../../shared/graphql';
import { queryKeys } from '../../shared/query-keys';
import { SignInForm } from './sign-in-form';

/** When a session ends under an open page, the page stays as it is and one signs in again over it. */
export const SessionEnded = () => {
  const client = useQueryClient();
  const [isEnded, setEnded] = useState(false);
  useEffect(() => onSignedOut(() => setEnded(true)), []);
  const email = client.getQueryData<{ email: string }>(queryKeys.me)?.email;
  return (
    <Modal opened={isEnded} onClose={() => undefined} withCloseButton={false} closeOnEscape={false} closeOnClickOutside={false} title="Your session has ended" centered size={400}>
      <p className="ow-dim">Sign in again; what is on the page stays.</p>
      <SignInForm email={email} onDone={() => setEnded(false)} />
    </Modal>
  );
};

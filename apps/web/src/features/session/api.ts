import type { HandsSaid, SessionLeft } from '@orderwatch/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { post, postFor, RequestError, tellSignedOut } from '../../shared/graphql';
import { tellSignedIn } from './signed-in-elsewhere';

interface Credentials {
  email: string;
  password: string;
}

export const useSignIn = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (credentials: Credentials) => post('/auth/sign-in', credentials),
    onSuccess: (_, { email }) => {
      tellSignedIn(email);
      return client.invalidateQueries();
    },
  });
};

/** Says how long the hands have rested in this window, and hears how long the session goes on; when it is over, the page says so. */
export const sayHands = async (restedMs: number | null): Promise<SessionLeft> => {
  const said: HandsSaid = { restedMs };
  try {
    return await postFor<SessionLeft>('/api/v1/session/hands', said);
  } catch (error) {
    if (error instanceof RequestError && error.kind === 'signed-out') tellSignedOut();
    throw error;
  }
};

export const signOut = (): Promise<void> => post('/auth/sign-out', {});

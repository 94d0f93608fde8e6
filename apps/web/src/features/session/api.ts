import { useMutation, useQueryClient } from '@tanstack/react-query';
import { post } from '../../shared/graphql';

interface Credentials {
  email: string;
  password: string;
}

export const useSignIn = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (credentials: Credentials) => post('/auth/sign-in', credentials),
    onSuccess: () => client.invalidateQueries(),
  });
};

export const signOut = (): Promise<void> => post('/auth/sign-out', {});

import { useQuery } from '@tanstack/react-query';
import { colleaguesQuery } from '../../../shared/cases/colleagues';

/** The colleague whose cases are listed, when one leads; to be released together at the end of a shift. */
export const useHandOver = (owner: string | undefined, me: { role: string }): { id: string; name: string } | undefined => {
  const isLead = me.role === 'lead' || me.role === 'manager';
  const isPerson = owner !== undefined && owner !== 'me' && owner !== 'nobody';
  const { data: people } = useQuery({ ...colleaguesQuery, enabled: isLead && isPerson });
  return isLead && isPerson ? people?.find(({ id }) => id === owner) : undefined;
};

import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { RenewClaimDocument } from '../../gql';
import { useAway } from '../../live/at-work';
import { execute } from '../graphql';
import { queryKeys } from '../query-keys';
import { changeCaseRow } from './case-cache';
import type { CaseRow } from './types';

/** How often a person at work prolongs what they hold, in milliseconds. */
const RENEW_MS = 60_000;

/** Prolongs the lease of one's own case while it is open and one is at work; without either it ends, and the case goes back to the queue. */
export const useLease = (row: CaseRow | undefined, meId: string, isOnline: boolean, onLost: (id: string, why: string) => void): void => {
  const client = useQueryClient();
  const isAway = useAway();
  const id = row?.state === 'claimed' && row.owner?.id === meId ? row.id : undefined;
  useEffect(() => {
    if (id === undefined || isAway || !isOnline) return;
    const renew = async (): Promise<void> => {
      const { renewClaim } = await execute(RenewClaimDocument, { id });
      if (renewClaim.__typename === 'ClaimLease') {
        const { leaseUntil } = renewClaim;
        changeCaseRow(client, id, (old) => ({ ...old, leaseUntil }));
        return;
      }
      onLost(id, renewClaim.message);
      await Promise.all([client.invalidateQueries({ queryKey: queryKeys.exceptionCase(id) }), client.invalidateQueries({ queryKey: queryKeys.queue })]);
    };
    // Not reached: the next one will, and the ring says how long is left.
    const timer = setInterval(() => void renew().catch(() => undefined), RENEW_MS);
    return () => clearInterval(timer);
  }, [client, id, isAway, isOnline, onLost]);
};

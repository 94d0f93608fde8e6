import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { RemedyPolicyResultDocument, type RemedyKind, type RemedyLineInput, type RemedyPolicyResultQuery } from '../../gql';
import { execute } from '../graphql';
import { queryKeys } from '../query-keys';

export type PolicyResult = RemedyPolicyResultQuery['remedyPolicyResult'];

/** What somebody thinks of asking for. */
export interface Wish {
  orderId: string;
  kind: RemedyKind;
  /** Minor units; refunds only. */
  amountMinor: number | null;
  lines: RemedyLineInput[] | null;
  /** How many facts it rests on. */
  evidence: number;
  /** Which they are, so that it is told whether they are of the kind that the reason needs. */
  evidenceFactIds?: string[];
  /** Null: none was chosen yet. */
  reasonCode?: string | null;
  /** Rules that are asked to be set aside. */
  exceptionRules?: string[] | null;
}

/** Each rule in words, and what was made good before. `as` tells states of the world apart: with another, it is asked anew. */
export const policyResultQuery = (wish: Wish, as?: number) =>
  queryOptions({
    queryKey: [...queryKeys.remedyPreview, wish, as ?? 0],
    queryFn: async ({ signal }) => (await execute(RemedyPolicyResultDocument, { ...wish }, signal)).remedyPolicyResult,
    placeholderData: (before, query) => (query?.queryKey[1] as Wish | undefined)?.orderId === wish.orderId ? keepPreviousData(before) : undefined,
    refetchInterval: false,
  });

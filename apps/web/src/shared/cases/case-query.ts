import { queryOptions, replaceEqualDeep } from '@tanstack/react-query';
import { CaseDetailDocument } from '../../gql';
import { execute } from '../graphql';
import { queryKeys } from '../query-keys';
import type { CaseFull } from './types';

/** A read that began before one's own act may end after it: what it tells is older than what the act was answered. */
const newerOf = (before: unknown, next: unknown): unknown => {
  const [had, has] = [before as CaseFull | null | undefined, next as CaseFull | null];
  return had && has && had.row.version > has.row.version ? had : replaceEqualDeep(before, next);
};

export const caseQuery = (id: string) =>
  queryOptions({
    queryKey: queryKeys.exceptionCase(id),
    queryFn: async ({ signal }) => (await execute(CaseDetailDocument, { id }, signal)).exceptionCase,
    structuralSharing: newerOf,
  });

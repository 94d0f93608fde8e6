import { queryOptions } from '@tanstack/react-query';
import { CaseDetailDocument } from '../../gql';
import { execute } from '../graphql';
import { queryKeys } from '../query-keys';

export const caseQuery = (id: string) =>
  queryOptions({
    queryKey: queryKeys.exceptionCase(id),
    queryFn: async ({ signal }) => (await execute(CaseDetailDocument, { id }, signal)).exceptionCase,
  });

import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { DeadLettersDocument, HealthDocument, ReplayDeadLettersDocument, type HealthQuery, type ReplayDeadLettersMutation } from '../../gql';
import { execute } from '../../shared/graphql';
import { queryKeys } from '../../shared/query-keys';
import { sourceName } from '../../shared/sources';

type Raw = HealthQuery['health'];

/** Every row with its source as people call it. */
const named = (health: Raw) => {
  const labels = new Map(health.sources.map((source) => [source.connection, source.label]));
  const withSource = <Row extends { connection: string }>(rows: readonly Row[]) => rows.map((row) => ({ ...row, source: labels.get(row.connection) ?? sourceName(row.connection) }));
  return { ...health, deadLetterGroups: withSource(health.deadLetterGroups), unlinked: withSource(health.unlinked), notUsed: withSource(health.notUsed) };
};

export type Health = ReturnType<typeof named>;
export type Source = Health['sources'][number];
export type DeadLetterGroup = Health['deadLetterGroups'][number];
export type ReplayResult = ReplayDeadLettersMutation['replayDeadLetters'];

export const healthQuery = queryOptions({
  queryKey: queryKeys.health,
  queryFn: async ({ signal }) => (await execute(HealthDocument, {}, signal)).health,
  select: named,
});

export const deadLettersQuery = (connection: string, cause: string) =>
  queryOptions({
    queryKey: [...queryKeys.deadLetters, connection, cause],
    queryFn: async ({ signal }) => (await execute(DeadLettersDocument, { connection, cause }, signal)).deadLetters,
  });

interface ReplayRequest {
  connection: string;
  cause: string;
  dryRun: boolean;
  /** Made when the control opens; running the same replay again is the same act. */
  mutationId: string;
}

export const useReplay = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (request: ReplayRequest) => (await execute(ReplayDeadLettersDocument, request)).replayDeadLetters,
    onSettled: (_result, _error, { dryRun }) => (dryRun ? undefined : Promise.all([queryKeys.health, queryKeys.deadLetters, queryKeys.counts].map((queryKey) => client.invalidateQueries({ queryKey })))),
  });
};

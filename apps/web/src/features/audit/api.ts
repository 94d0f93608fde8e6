import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { AuditLogDocument, AuditNewerDocument, AuditStoryDocument, type AuditLogQuery } from '../../gql';
import { execute } from '../../shared/graphql';
import { queryKeys } from '../../shared/query-keys';

export type AuditPage = AuditLogQuery['auditLog'];
export type AuditEntry = AuditPage['entries'][number];
export type AuditChain = AuditPage['chain'];

/** A page stands as it was read until somebody asks for what is newer, whatever the socket has missed meanwhile; who comes back reads it anew. */
const still = { staleTime: 'static', refetchInterval: false, gcTime: 0 } as const;

export const auditQuery = (query: string, after: string | undefined) =>
  queryOptions({
    queryKey: [...queryKeys.audit, 'log', query, after ?? ''],
    queryFn: async ({ signal }) => (await execute(AuditLogDocument, { query, after: after ?? null }, signal)).auditLog,
    placeholderData: keepPreviousData,
    ...still,
  });

/** Asked again and again: how many came since, and how the chain is. */
export const newerQuery = (query: string, than: string) =>
  queryOptions({ queryKey: [...queryKeys.audit, 'newer', query, than], queryFn: async ({ signal }) => (await execute(AuditNewerDocument, { query, than }, signal)).auditNewer });

export const storyQuery = (orderId: string) =>
  queryOptions({ queryKey: [...queryKeys.audit, 'story', orderId], queryFn: async ({ signal }) => (await execute(AuditStoryDocument, { orderId }, signal)).auditStory });

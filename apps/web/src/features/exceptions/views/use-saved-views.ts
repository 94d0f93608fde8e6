import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { CreateViewDocument, DeleteViewDocument, PinViewsDocument, SavedViewCountsDocument, SavedViewsDocument, ShareViewDocument, UpdateViewDocument, type SavedViewPartsFragment, type SavedViewResultPartsFragment } from '../../../gql';
import { announce } from '../../../shared/announce';
import { execute, newMutationId } from '../../../shared/graphql';
import { t } from '../../../shared/i18n';
import { queryKeys } from '../../../shared/query-keys';
import type { QueueSearch } from '../search';
import { queryOf } from './view-query';

export type SavedView = SavedViewPartsFragment;

export type ViewAct =
  | { kind: 'create'; name: string; purpose: string; isTeam: boolean; search: QueueSearch }
  | { kind: 'update'; view: SavedView; search: QueueSearch }
  | { kind: 'delete'; view: SavedView }
  | { kind: 'share'; view: SavedView; purpose: string }
  | { kind: 'pin'; ids: readonly string[] };

const KEY = ['savedViews'] as const;

const done = (result: SavedViewResultPartsFragment): SavedView | null => {
  if (result.__typename === 'SavedViewDone') return result.view;
  throw new Error(result.__typename === 'SavedViewConflict' ? result.message : result.reason);
};

const run = async (act: ViewAct): Promise<SavedView | null> => {
  const mutationId = newMutationId();
  switch (act.kind) {
    case 'create': {
      const made = done((await execute(CreateViewDocument, { input: { name: act.name, purpose: act.purpose || null, query: queryOf(act.search) }, mutationId })).createView);
      if (!made || !act.isTeam) return made;
      return done((await execute(ShareViewDocument, { id: made.id, purpose: act.purpose, expectedVersion: made.version, mutationId: newMutationId() })).shareView);
    }
    case 'update':
      return done((await execute(UpdateViewDocument, { id: act.view.id, input: { name: act.view.name, purpose: act.view.purpose, query: queryOf(act.search) }, expectedVersion: act.view.version, mutationId })).updateView);
    case 'delete':
      return done((await execute(DeleteViewDocument, { id: act.view.id, expectedVersion: act.view.version, mutationId })).deleteView);
    case 'share':
      return done((await execute(ShareViewDocument, { id: act.view.id, purpose: act.purpose, expectedVersion: act.view.version, mutationId })).shareView);
    case 'pin':
      await execute(PinViewsDocument, { ids: [...act.ids] });
      return null;
  }
};

const none: readonly SavedView[] = [];

/** Named addresses of the queue, one's own and the team's; the pinned ones are counted. */
export const useSavedViews = () => {
  const client = useQueryClient();
  const { data } = useQuery({ queryKey: KEY, queryFn: async ({ signal }) => (await execute(SavedViewsDocument, {}, signal)).savedViews, staleTime: 60_000, refetchInterval: 120_000 });
  const views = data?.views ?? none;
  const pinned = useMemo(() => (data?.pinned ?? []).flatMap((id) => views.find((view) => view.id === id) ?? []), [data, views]);
  // Below the counts of the built-in views, so that whatever renews those renews these.
  const { data: counted } = useQuery({
    queryKey: [...queryKeys.counts, 'saved'],
    queryFn: async ({ signal }) => (await execute(SavedViewCountsDocument, {}, signal)).savedViewCounts,
    enabled: pinned.length > 0,
    staleTime: 10_000,
  });
  const { mutate } = useMutation({
    mutationFn: run,
    onError: (error) => announce(t('queue:views.failed', { why: error.message }), 'assertive'),
    onSettled: () => Promise.all([client.invalidateQueries({ queryKey: KEY }), client.invalidateQueries({ queryKey: [...queryKeys.counts, 'saved'] })]),
  });
  // The same while nothing of it has changed: what is drawn of it is drawn once.
  return useMemo(() => ({ views, pinned, countOf: (id: string): number | undefined => counted?.find((each) => each.id === id)?.count, act: { mutate } }), [views, pinned, counted, mutate]);
};

export type SavedViews = ReturnType<typeof useSavedViews>;

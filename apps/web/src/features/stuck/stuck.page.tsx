import './stuck.css';
import { Button, EmptyState, ErrorBar, formatDuration, GridFooter, PendingPill, QueueGrid, SkeletonRows, StaleBand, useNow, formatCount } from '@orderwatch/ui';
import { useElementSize } from '@mantine/hooks';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useFreshness, useTopic } from '../../live';
import { carrierName } from '../../shared/carriers';
import { RequestError } from '../../shared/graphql';
import { useGlobalKeys } from '../../shared/keys';
import { useMe } from '../../shared/me';
import { PageFreshness } from '../../shared/page-freshness';
import { TopBar } from '../../shared/top-bar';
import { useInHand } from '../../shared/use-in-hand';
import { GroupTree } from './group-tree';
import { byCarrier } from './groups';
import { stuckColumns } from './stuck-columns';
import { stuckSearch, useStuck, type StuckSearch } from './use-stuck';

export const StuckPage = () => {
  useTopic('queue');
  const me = useMe();
  const navigate = useNavigate();
  const search = stuckSearch(useSearch({ strict: false }));
  const now = useNow(60_000);
  const { ref, width } = useElementSize();
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const hand = useInHand();
  const list = useStuck({ search, focusedId, isFree: !hand.isInHand });
  const fresh = useFreshness(list.page?.generatedAt, list.error !== null);
  const columns = useMemo(() => stuckColumns(width || 900, now, me.id), [width, now, me.id]);
  const groups = useMemo(() => byCarrier(list.page?.groups ?? []), [list.page]);
  const feedLate = groups.reduce((n, group) => n + group.feedLate, 0);
  const go = (next: StuckSearch): void => void navigate({ to: '/stuck', search: next, replace: true, resetScroll: false });
  const { feedLate: _feedLate, ...place } = search;
  const toggle = (): void => go(search.feedLate ? place : { ...place, feedLate: true });
  const open = (id: string): void => {
    const row = list.byId.get(id);
    if (row) void navigate({ to: '/orders/$orderId', params: { orderId: row.orderId } });
  };
  useGlobalKeys({ '.': list.held.apply, t: toggle });
  const { page, error } = list;
  return (
    <>
      <TopBar title="Stuck parcels" freshness={<PageFreshness generatedAt={page?.generatedAt} isFailed={error !== null} />} />
      <div className="st">
        <GroupTree groups={groups} search={search} isKnown={page !== undefined} onPick={(picked) => go({ ...picked, ...(search.feedLate ? { feedLate: true } : {}) })} />
        <section className="ow-pane" aria-label="Stuck parcels">
          <div className="ow-bar">
            <button type="button" className="ow-filter" aria-pressed={search.feedLate ?? false} onClick={toggle}>
              Feed late <b>{search.feedLate ? 'shown' : page ? `${formatCount(feedLate)} apart` : 'apart'}</b>
            </button>
            {search.carrier ? (
              <span className="ow-filter">
                <span>
                  Where <b>{[carrierName(search.carrier), search.facility].filter(Boolean).join(', ')}</b>
                </span>
              </span>
            ) : null}
            <span className="ow-spacer" />
            <span className="ow-dim ow-small">Longest over its limit first</span>
          </div>
          <PendingPill pending={list.held.pending} onApply={list.held.apply} quiet={feedLate > 0 && !search.feedLate ? `${formatCount(feedLate)} more are silent because their feed is late; they may be moving` : 'Rows keep their place while you work'} />
          {error && page ? (
            <ErrorBar onRetry={list.refetch} reference={error instanceof RequestError ? error.requestId : undefined}>
              The list could not be refreshed: {error.message} What you see is from before.
            </ErrorBar>
          ) : null}
          <StaleBand since={fresh.staleSince} note="You can read.">
            <div className="st-body" ref={ref} {...hand.handlers}>
              {list.isPending ? (
                <SkeletonRows rows={14} />
              ) : (
                <QueueGrid
                  label="Parcels silent beyond their limit, longest first"
                  order={list.held.order}
                  rowsById={list.byId}
                  columns={columns}
                  total={page?.total ?? -1}
                  focusedId={focusedId}
                  onFocusChange={setFocusedId}
                  onOpen={open}
                  goneIds={list.goneIds}
                  rowTone={(row) => (row.feedLate ? 'sunken' : undefined)}
                  renderGone={(_row, column) => (column === 'scan' ? 'Moved, or no longer stuck' : undefined)}
                  onRowPointerDown={list.held.onRowPointerDown}
                  onEndReached={list.fetchMore}
                  isRefreshing={list.isNewQuestion}
                  empty={
                    error && !page ? (
                      <EmptyState kind="nothing" title="The list could not be read" action={<Button onClick={list.refetch}>Try again</Button>}>
                        {error.message}
                      </EmptyState>
                    ) : search.carrier ? (
                      <EmptyState kind="filtered" title="Nothing is stuck there" action={<Button onClick={() => go({})}>All carriers</Button>}>
                        {[carrierName(search.carrier), search.facility].filter(Boolean).join(', ')}
                      </EmptyState>
                    ) : (
                      <EmptyState kind="nothing" title="No parcel is silent beyond its limit">
                        {feedLate > 0 ? `${formatCount(feedLate)} are unknown because their feed is late.` : 'A parcel that falls silent appears here by itself.'}
                      </EmptyState>
                    )
                  }
                />
              )}
            </div>
          </StaleBand>
          <GridFooter hints={[{ keys: ['J', 'K'], label: 'move' }, { keys: ['Enter'], label: 'open order' }, { keys: ['T'], label: 'feed late' }, { keys: ['?'], label: 'all keys' }]}>
            {page ? `${formatCount(page.total)} stuck${page.oldestSeconds ? ` · oldest silent for ${formatDuration(page.oldestSeconds * 1000)}` : ''}` : null}
          </GridFooter>
        </section>
      </div>
    </>
  );
};

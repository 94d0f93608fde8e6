import './queue.css';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, EmptyState, ErrorBar, GridFooter, PendingPill, QueueGrid, SkeletonRows, SplitView, StaleBand, Tabs } from '@orderwatch/ui';
import { useElementSize } from '@mantine/hooks';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useMe } from '../../shared/me';
import { useAnnounced } from '../../shared/announce';
import { RequestError } from '../../shared/graphql';
import { useGlobalKeys } from '../../shared/keys';
import { useLiveStatus } from '../../shared/live-status';
import { PageFreshness } from '../../shared/page-freshness';
import { TopBar } from '../../shared/top-bar';
import { CasePeek } from './case-peek';
import { chipsOf, FilterMenu } from './filter-menu';
import { goneCell } from './gone-cell';
import { queueColumns } from './queue-columns';
import { filterOf, type QueueSearch } from './search';
import { useQueue } from './use-queue';
import { useQueueActs } from './use-queue-acts';
import { viewOf, views } from './views';

/** Nothing has the keyboard yet: the key is meant for the row in hand, which takes it from here on. */
const enterList = (key: string): void => {
  if (document.activeElement !== document.body) return;
  const row = document.querySelector<HTMLElement>('[data-row-id][tabindex="0"]');
  row?.focus();
  row?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
};
const intoList = Object.fromEntries(['j', 'k', 'ArrowDown', 'ArrowUp', 'c', 'C', 'e', 'h', 'm', 'o', 'Enter'].map((key) => [key, () => enterList(key)]));

export const QueuePage = () => {
  const me = useMe();
  const navigate = useNavigate();
  const search: QueueSearch = useSearch({ strict: false });
  const live = useLiveStatus();
  const said = useAnnounced();
  const { ref, width } = useElementSize();
  const [isFilterOpen, setFilterOpen] = useState(false);
  const view = viewOf(search.view);
  const filter = useMemo(() => filterOf(search), [search]);
  const list = useQueue(search.view, filter, search.case ?? null);
  const acts = useQueueActs({ me, list, view: search.view, filter });
  const go = (change: Partial<QueueSearch>, replace = false): void =>
    void navigate({ to: '/queue', search: (old: Record<string, unknown>) => ({ ...old, ...change }), replace, resetScroll: false });
  const columns = useMemo(
    () => queueColumns(width || 900, { meId: me.id, notes: acts.notes, isResolvedView: search.view === 'resolved' }),
    [width, me.id, acts.notes, search.view],
  );
  const open = (id: string): void => {
    const row = list.rowsById.get(id);
    if (row) void navigate({ to: '/orders/$orderId', params: { orderId: row.orderId } });
  };
  const goLater = useRef(go);
  useEffect(() => {
    goLater.current = go;
  });
  useEffect(() => {
    if (list.focusedId === null || list.focusedId === search.case || list.isNewQuestion) return;
    // The address follows the row in hand, but not on every step of a walk.
    const timer = setTimeout(() => goLater.current({ case: list.focusedId ?? undefined } as Partial<QueueSearch>, true), 400);
    return () => clearTimeout(timer);
  }, [list.focusedId, list.isNewQuestion, search.case]);
  useGlobalKeys({ n: acts.next, '.': list.held.apply, f: () => setFilterOpen(true) });
  useGlobalKeys(intoList, true);

  const focused = list.focusedId === null ? undefined : list.rowsById.get(list.focusedId);
  const isFiltered = filter !== undefined;
  const counts = list.page?.counts;
  return (
    <>
      <TopBar
        title="Exceptions"
        freshness={<PageFreshness generatedAt={list.page?.generatedAt} isFailed={list.error !== null} />}
        buttons={
          <>
            <Button onClick={() => go({ view: 'mine' })}>My claims {counts?.myClaims ?? ''}</Button>
            <Button kbd="N" onClick={acts.next} disabled={acts.isNextPending || live.state === 'offline'} reason="You are offline">
              Next case
            </Button>
          </>
        }
      />
      <SplitView
        peek={
          focused && acts.isPeekOpen ? (
            <CasePeek key={focused.id} row={focused} meId={me.id} actions={acts.actions} panel={acts.panel} onPanel={acts.setPanel} isReadOnly={live.state === 'offline'} />
          ) : null
        }
      >
        <Tabs label="Views" value={search.view} onChange={(id) => go({ view: id as QueueSearch['view'], case: undefined } as Partial<QueueSearch>)} items={views.map(({ id, label, count }) => ({ id, label, count: count && counts ? counts[count] : undefined }))} />
        <FilterMenu
          search={search}
          carriers={list.carriers}
          onChange={(change) => go({ ...change, case: undefined } as Partial<QueueSearch>)}
          isOpen={isFilterOpen}
          onOpenChange={setFilterOpen}
          aside={
            <span className="queue-aside">
              {search.view === 'resolved' ? 'Newest first' : search.view === 'snoozed' ? 'Waking soonest first' : 'Sorted by due, then value'}
              <button type="button" className="ow-filter" aria-pressed={list.isHeld} title="Held: rows keep their place and news waits. Otherwise rows come and go by themselves." onClick={() => list.setHeld(!list.isHeld)}>
                {list.isHeld ? 'Held' : 'Hold'}
              </button>
            </span>
          }
        />
        <PendingPill pending={list.held.pending} onApply={list.held.apply} quiet={list.page ? (list.isHeld ? 'Nothing new' : 'Rows come and go by themselves until you take one') : ''} />
        {list.error && list.page ? (
          <ErrorBar onRetry={list.refetch} reference={list.error instanceof RequestError ? list.error.requestId : undefined}>
            The list could not be refreshed: {list.error.message} What you see is from before.
          </ErrorBar>
        ) : null}
        <StaleBand since={live.state === 'stale' || live.state === 'offline' ? live.since : undefined} note={live.state === 'offline' ? 'You can read.' : 'You can read, claim and resolve; the server checks.'}>
          <div className="queue-body" ref={ref} {...list.hands}>
            {list.isFirstLoad ? (
              <SkeletonRows rows={14} />
            ) : (
              <QueueGrid
                label={view.name}
                order={list.held.order}
                rowsById={list.rowsById}
                columns={columns}
                total={list.page?.total ?? -1}
                focusedId={list.focusedId}
                onFocusChange={list.setFocusedId}
                onOpen={open}
                onKey={acts.onKey}
                goneIds={list.goneIds}
                renderGone={goneCell}
                onRowPointerDown={list.held.onRowPointerDown}
                onEndReached={list.fetchMore}
                isRefreshing={list.isNewQuestion}
                empty={
                  list.error && !list.page ? (
                    <EmptyState kind="nothing" title="The list could not be read" action={<Button onClick={list.refetch}>Try again</Button>}>
                      {list.error.message}
                    </EmptyState>
                  ) : isFiltered ? (
                    <EmptyState
                      kind="filtered"
                      title="Nothing matches"
                      action={<Button onClick={() => void navigate({ to: '/queue', search: { view: search.view } })}>Clear the filters</Button>}
                    >
                      {chipsOf(search).map((chip) => `${chip.field} ${chip.value}`).join(' · ')}
                    </EmptyState>
                  ) : (
                    <EmptyState kind="nothing" title={view.empty}>
                      {list.page ? `${list.page.rulesOn} rules are on and watch every order. New cases appear here by themselves.` : null}
                    </EmptyState>
                  )
                }
              />
            )}
          </div>
        </StaleBand>
        <GridFooter
          hints={[
            { keys: ['J', 'K'], label: 'move' },
            { keys: ['C'], label: 'claim' },
            { keys: ['H'], label: 'snooze' },
            { keys: ['E'], label: 'resolve' },
            { keys: ['?'], label: 'all keys' },
          ]}
        >
          {said.text ? <span className={said.tone === 'assertive' ? 'ow-red' : undefined}>{said.text}</span> : list.page ? `${list.page.total} ${search.view === 'resolved' ? 'resolved' : 'open'} · ${list.page.rulesOn} rules on` : null}
        </GridFooter>
      </SplitView>
    </>
  );
};

import './queue.css';
import { useElementSize } from '@mantine/hooks';
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { Button, SplitView, Tabs } from '@orderwatch/ui';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useFreshness } from '../../live';
import { announce } from '../../shared/announce';
import { useLease } from '../../shared/cases/use-lease';
import { useText } from '../../shared/i18n';
import { rememberQuestion } from '../../shared/last-list';
import { useLiveStatus } from '../../shared/live-status';
import { useMe } from '../../shared/me';
import { usePreferences } from '../../shared/preferences';
import { PageFreshness } from '../../shared/page-freshness';
import { TopBar } from '../../shared/top-bar';
import { useAtRest } from '../../shared/use-at-rest';
import { SelectedBar } from './bulk/selected-bar';
import { useSelected } from './bulk/use-selected';
import { CasePeek } from './peek/case-peek';
import { exportList } from './export-list';
import type { SearchChange } from './filter/filter-fields';
import { Layers, type Layer } from './layers';
import { PeekHandle } from './peek/peek-handle';
import { useKeepPlace, usePlace } from './list/place';
import { QueueBar, type OpenMenu } from './queue-bar';
import { queueColumns } from './columns/queue-columns';
import { QueueEmpty } from './list/queue-empty';
import { QueueFoot } from './list/queue-foot';
import { QueueList } from './list/queue-list';
import { filterOf, validateQueueSearch, type QueueSearch } from './search';
import { usePeekWidth } from './peek/use-peek-width';
import { useHandOver } from './hand-over/use-hand-over';
import { useIntoList } from './list/use-into-list';
import { useListWidth } from './list/use-list-width';
import { useQueue } from './list/use-queue';
import { useQueueActs } from './use-queue-acts';
import { useQueueCommands } from './use-queue-commands';
import { viewOf } from './views';
import { useSavedViews } from './views/use-saved-views';
import { useViewTabs } from './views/use-view-tabs';

export const QueuePage = () => {
  const t = useText();
  const me = useMe();
  const navigate = useNavigate();
  const router = useRouter();
  const address = useSearch({ strict: false });
  // Read here once more: the router keeps what the page's reader left out, and a sort that does not exist must not reach the list.
  const search = useMemo(() => validateQueueSearch(address), [address]);
  const isOffline = useLiveStatus().state === 'offline';
  const { ref: bodyRef, width } = useElementSize();
  const [menu, setMenu] = useState<OpenMenu>(null);
  const [layer, setLayer] = useState<Layer | null>(null);
  const view = viewOf(search.view);
  const filter = useMemo(() => filterOf(search), [search]);
  const place = usePlace(JSON.stringify([search.view, filter ?? null, search.sort ?? null]));
  const list = useQueue({ view: search.view, filter, sort: search.sort, wantedId: search.case ?? null, meId: me.id, place });
  const acts = useQueueActs({ me, list, view: search.view, filter, sort: search.sort, isPeekOpenAtFirst: place?.isPeekOpen ?? true });
  useEffect(() => rememberQuestion({ view: search.view, filter, sort: search.sort }), [search.view, filter, search.sort]);
  const selected = useSelected(search.view, filter, place?.selectedIds);
  const saved = useSavedViews();
  const { canDecide } = useFreshness(list.page?.generatedAt, list.error !== null);
  useKeepPlace({ queryKey: list.queryKey, order: list.order, isHeld: list.isHeld, rows: list.rowsById, focusedId: list.focusedId, selectedIds: selected.ids, isPeekOpen: acts.isPeekOpen });

  const go = (change: SearchChange, replace = false): void =>
    void navigate({ to: '/queue', search: (old: Record<string, unknown>) => ({ ...old, ...change }), replace, resetScroll: false });
  const goTo = (to: QueueSearch): void => void navigate({ to: '/queue', search: to, resetScroll: false });
  const peekWidth = usePeekWidth();
  const copyLink = (): void => {
    const link = new URL(window.location.href);
    if (list.focusedId !== null) link.searchParams.set('case', list.focusedId);
    void navigator.clipboard?.writeText(link.href).then(() => announce(t('queue:copiedLink')));
  };
  const handOver = useHandOver(search.owner, me);
  const tabs = useViewTabs({ search, counts: list.page?.counts, saved, onGo: goTo });
  const restId = useAtRest(list.focusedId, acts.panel !== null);
  const { tell } = acts;
  const tellLost = useCallback((id: string, why: string): void => tell(id, { refused: why }), [tell]);
  const peeked = acts.isPeekOpen && restId !== null ? list.rowsById.get(restId) : undefined;
  const listWidth = useListWidth(width, peeked !== undefined);
  const { columns: chosen } = usePreferences();
  const columns = useMemo(
    () => queueColumns(listWidth || 900, { meId: me.id, isResolvedView: view.id === 'resolved', isSnoozedView: view.id === 'snoozed', chosen: chosen.queue, sort: search.sort ?? 'due' }),
    [listWidth, me.id, view.id, chosen.queue, search.sort],
  );
  const exportNow = (): void => void exportList({ view: search.view, filter, sort: search.sort, columns: columns.map(({ id }) => id), total: list.page?.total ?? 0 });
  useLease(peeked, me.id, !isOffline, tellLost);
  const listItem = { section: 'list', scope: 'screen' } as const;
  useQueueCommands({
    list,
    acts,
    meId: me.id,
    onFilter: () => setMenu('filter'),
    onMany: selected.count > 0 && canDecide ? (verb) => setLayer({ kind: 'bulk', verb }) : undefined,
    more: [
      { ...listItem, id: 'queue.sort', keys: ['s'], label: 'queue:command.sort', isAllowed: () => ({ allowed: view.id !== 'resolved', why: t('queue:sorted.newest') }), run: () => setMenu('sort') },
      { ...listItem, id: 'queue.columns', label: 'queue:command.columns', run: () => setMenu('columns') },
      { ...listItem, id: 'queue.copyLink', keys: ['Shift+Y'], label: 'queue:command.copyLink', run: copyLink },
      { ...listItem, id: 'queue.group', keys: ['b'], label: 'queue:command.group', run: () => setMenu('group') },
      { ...listItem, id: 'queue.views', keys: ['v'], label: 'queue:command.views', run: () => setMenu('views') },
      { ...listItem, id: 'queue.saveView', label: 'queue:command.saveView', run: () => setLayer({ kind: 'saveView' }) },
      { ...listItem, id: 'queue.export', label: 'queue:command.export', run: exportNow },
    ],
  });
  const goLater = useRef(go);
  useEffect(() => {
    goLater.current = go;
  });
  useEffect(() => {
    if (list.focusedId === null || list.focusedId === search.case || list.isNewQuestion || !list.rowsById.has(list.focusedId)) return;
    // The address follows the row in hand, but not on every step of a walk.
    // On the way to another page it would end that way.
    const follow = (): void => {
      if (router.latestLocation.pathname === '/queue') goLater.current({ case: list.focusedId ?? undefined }, true);
    };
    const timer = setTimeout(follow, 400);
    return () => clearTimeout(timer);
  }, [router, list.focusedId, list.isNewQuestion, list.rowsById, search.case]);
  useIntoList();

  const open = (id: string): void => {
    const row = list.rowsById.get(id);
    if (row) void navigate({ to: '/orders/$orderId', params: { orderId: row.orderId } });
  };
  const clear = (): void => goTo({ view: search.view, ...(search.sort ? { sort: search.sort } : {}) });
  return (
    <>
      <TopBar
        title={t('queue:title')}
        freshness={<PageFreshness generatedAt={list.page?.generatedAt} isFailed={list.error !== null} />}
        buttons={
          <>
            <Button onClick={() => goTo({ view: 'mine' })}>{list.page ? t('queue:mine.buttonCount', { count: list.page.counts.myClaims }) : t('queue:mine.button')}</Button>
            <Button kbd="N" onClick={acts.next.run} disabled={acts.next.isPending || isOffline} reason={isOffline ? t('queue:offline.why') : undefined}>
              {t('queue:next.button')}
            </Button>
          </>
        }
      />
      <SplitView
        peekWidth={peekWidth.width}
        peek={peeked ? (
          <>
            <PeekHandle {...peekWidth} />
            <CasePeek key={peeked.id} row={peeked} me={me} actions={acts.actions} panel={acts.panel} onPanel={acts.setPanel} isOffline={isOffline} />
          </>
        ) : null}
      >
        <Tabs label={t('queue:view.label')} {...tabs} />
        <QueueBar
          list={list}
          view={view}
          search={search}
          saved={saved}
          menu={menu}
          onMenu={setMenu}
          onChange={(change) => go({ ...change, case: undefined })}
          onGo={goTo}
          onSaveAs={() => setLayer({ kind: 'saveView' })}
          onExport={exportNow}
          onHandOver={handOver ? () => setLayer({ kind: 'handOver', person: handOver }) : undefined}
        />
        <QueueList
          list={list}
          acts={acts}
          selected={selected}
          view={view}
          search={search}
          columns={columns}
          bodyRef={bodyRef}
          place={place}
          empty={<QueueEmpty list={list} view={view} search={search} onClear={clear} onChange={(change) => go({ ...change, case: undefined })} />}
          onOpen={open}
          onSort={(sort) => go({ sort, case: undefined })}
        />
        <SelectedBar list={list} selected={selected} reason={canDecide ? undefined : t('queue:bulk.refresh')} onVerb={(verb) => setLayer({ kind: 'bulk', verb })} />
        <QueueFoot list={list} search={search} />
        <Layers
          layer={layer}
          onClose={() => setLayer(null)}
          selected={selected}
          rowsById={list.rowsById}
          order={list.order}
          me={me}
          saved={saved}
          search={search}
          shownName={t(view.label)}
          onSaved={(id) => go({ saved: id })}
        />
      </SplitView>
    </>
  );
};

import { useMergedRef } from '@mantine/hooks';
import { ErrorBar, PendingPill, QueueGrid, SkeletonRows, StaleBand, useQuietApply, type GridColumn } from '@orderwatch/ui';
import { useCallback, useLayoutEffect, useRef, type ReactNode, type RefCallback } from 'react';
import type { QueueSort } from '../../../gql';
import { useFreshness } from '../../../live';
import type { CaseRow } from '../../../shared/cases/types';
import { useRowMenu } from '../../../shared/commands';
import { RequestError } from '../../../shared/graphql';
import { useText } from '../../../shared/i18n';
import { focusRow } from '../../../shared/use-row-focus';
import type { SelectedCases } from '../bulk/use-selected';
import { goneCell } from '../columns/gone-cell';
import { useGrouping } from '../grouping/grouping';
import { LateFeeds } from './late-feeds';
import { scrollerOf, type Place } from './place';
import type { QueueSearch } from '../search';
import { sortOfHead } from '../sorts';
import type { QueueList as List } from './use-queue';
import type { QueueActs } from '../use-queue-acts';
import { listName, type View } from '../views';

interface QueueListProps {
  list: List;
  acts: QueueActs;
  selected: SelectedCases;
  view: View;
  search: QueueSearch;
  columns: readonly GridColumn<CaseRow>[];
  /** Measures the room of the list. */
  bodyRef: RefCallback<HTMLDivElement>;
  place: Place | undefined;
  empty: ReactNode;
  onOpen: (id: string) => void;
  onSort: (by: QueueSort | undefined) => void;
}

/**
 * Back to the pixel and the row where it was left, and the keyboard with it. A page that is slow to come hides this one without taking it
 * away; who goes back before it is there gets the keyboard back as well.
 */
const useReturn = (place: Place | undefined, isThere: boolean): void => {
  const toReturn = useRef(place);
  const hadKeyboard = useRef(place !== undefined);
  useLayoutEffect(() => {
    if (!isThere) return;
    const body = document.querySelector<HTMLElement>('.queue-body');
    const scroller = scrollerOf(body);
    if (toReturn.current && scroller) scroller.scrollTop = toReturn.current.scrollTop;
    toReturn.current = undefined;
    if (hadKeyboard.current) focusRow();
    return () => {
      hadKeyboard.current = body?.contains(document.activeElement) ?? false;
    };
  }, [isThere]);
};

/** The list with what stands above it: what waits, what failed, how old it is. */
export const QueueList = ({ list, acts, selected, view, search, columns, bodyRef, place, empty, onOpen, onSort }: QueueListProps) => {
  const t = useText();
  const { staleSince, state } = useFreshness(list.page?.generatedAt, list.error !== null);
  const rowMenu = useRowMenu();
  const selectLabel = useCallback((row: CaseRow): string => t('queue:select.row', { name: row.number }), [t]);
  const grouping = useGrouping({ by: search.group ?? 'none', list, onNext: acts.next.runIn });
  const { page } = list;
  useReturn(place, list.order.length > 0);
  const body = useRef<HTMLDivElement>(null);
  const bothRef = useMergedRef(bodyRef, body);
  useQuietApply({ list: body, hasPending: list.hasPending, hasSelection: selected.count > 0, apply: list.apply });
  return (
    <>
      <PendingPill pending={list.pending} onApply={list.apply} quiet={page ? t(list.isHeld ? 'queue:pill.held' : 'queue:pill.live') : ''} />
      {list.error && page ? (
        <ErrorBar onRetry={list.refetch} reference={list.error instanceof RequestError ? list.error.requestId : undefined}>
          {t('queue:failed.list', { why: list.error.message })}
        </ErrorBar>
      ) : null}
      <LateFeeds list={list} search={search} />
      <StaleBand since={staleSince} note={t(state === 'offline' ? 'queue:stale.noteOffline' : 'queue:stale.note')}>
        <div className="queue-body" ref={bothRef} {...list.hands}>
          {list.isFirstLoad ? (
            <SkeletonRows rows={14} />
          ) : (
            <QueueGrid
              label={listName(view, search.sort)}
              order={list.order}
              rowsById={list.rowsById}
              columns={columns}
              total={page?.total ?? -1}
              focusedId={list.focusedId}
              onFocusChange={list.setFocusedId}
              onOpen={onOpen}
              onSort={(column) => onSort(sortOfHead(column, search.sort ?? 'due'))}
              onKey={acts.onKey}
              rowMenu={rowMenu}
              goneIds={list.goneIds}
              renderGone={goneCell}
              rowNotes={acts.notes}
              grouping={grouping}
              selectedIds={selected.ids}
              onSelectedChange={selected.setIds}
              selectLabel={selectLabel}
              selectHeader={t('queue:select.all')}
              onRowPointerDown={list.onRowPointerDown}
              onEndReached={list.fetchMore}
              isRefreshing={list.isNewQuestion}
              empty={empty}
            />
          )}
        </div>
      </StaleBand>
    </>
  );
};

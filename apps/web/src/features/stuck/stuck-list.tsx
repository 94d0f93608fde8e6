import { ErrorBar, PendingPill, QueueGrid, SkeletonRows, StaleBand, type GridColumn, type GridGrouping } from '@orderwatch/ui';
import { useCallback, type ReactNode, type RefCallback } from 'react';
import { useFreshness } from '../../live';
import { useRowMenu } from '../../shared/commands';
import { RequestError } from '../../shared/graphql';
import { useText } from '../../shared/i18n';
import type { useInHand } from '../../shared/use-in-hand';
import type { useChosen } from './use-chosen';
import type { StuckActs } from './use-stuck-acts';
import type { StuckList as List, StuckRow } from './use-stuck';

interface StuckListProps {
  list: List;
  acts: StuckActs;
  chosen: ReturnType<typeof useChosen>;
  hand: ReturnType<typeof useInHand>;
  columns: readonly GridColumn<StuckRow>[];
  grouping: GridGrouping<StuckRow> | undefined;
  /** How the rows are sorted, in words. */
  label: string;
  /** Said above the list while nothing waits. */
  quiet: string;
  focusedId: string | null;
  onFocus: (id: string | null) => void;
  onOpen: (id: string) => void;
  /** Measures the room of the list. */
  bodyRef: RefCallback<HTMLDivElement>;
  empty: ReactNode;
}

/** The list with what stands above it: what waits, what failed, how old it is. */
export const StuckList = ({ list, acts, chosen, hand, columns, grouping, label, quiet, focusedId, onFocus, onOpen, bodyRef, empty }: StuckListProps) => {
  const t = useText();
  const { page, error } = list;
  const { staleSince, state } = useFreshness(page?.generatedAt, error !== null);
  const rowMenu = useRowMenu();
  const selectLabel = useCallback((row: StuckRow): string => t('stuck:row.select', { name: row.orderName }), [t]);
  return (
    <>
      <PendingPill pending={list.held.pending} onApply={list.held.apply} quiet={quiet} />
      {error && page ? (
        <ErrorBar onRetry={list.refetch} reference={error instanceof RequestError ? error.requestId : undefined}>
          {t('stuck:failed.list', { why: error.message })}
        </ErrorBar>
      ) : null}
      <StaleBand since={staleSince} note={t(state === 'offline' ? 'stuck:stale.noteOffline' : 'stuck:stale.note')}>
        <div className="st-body" ref={bodyRef} {...hand.handlers}>
          {list.isPending ? (
            <SkeletonRows rows={14} />
          ) : (
            <QueueGrid
              label={label}
              order={list.held.order}
              rowsById={list.byId}
              columns={columns}
              total={page?.total ?? -1}
              focusedId={focusedId}
              onFocusChange={onFocus}
              onOpen={onOpen}
              rowMenu={rowMenu}
              goneIds={list.goneIds}
              renderGone={(_row, column) => (column === 'scan' ? t('stuck:row.moved') : undefined)}
              rowNotes={acts.notes}
              rowTone={(row) => (row.feedLate ? 'sunken' : undefined)}
              grouping={grouping}
              selectedIds={chosen.ids}
              onSelectedChange={chosen.setIds}
              selectLabel={selectLabel}
              selectHeader={t('queue:select.all')}
              onRowPointerDown={list.held.onRowPointerDown}
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

import { Button, Chip, EmptyState, ErrorBar, GridFooter, PendingPill, QueueGrid, SkeletonRows, StaleBand, Tabs, useNow, type RowMenuItem } from '@orderwatch/ui';
import { useElementSize } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo, type ReactNode } from 'react';
import type { FreshnessView } from '../../live/use-freshness';
import { useAnnounced } from '../../shared/announce';
import { RequestError } from '../../shared/graphql';
import { useText } from '../../shared/i18n';
import type { useInHand } from '../../shared/use-in-hand';
import type { Remedy } from './decide/decisions';
import { remedyColumns } from './remedy-columns';
import { tabs, type Inbox, type TabId } from './use-inbox';
import { useCohortGroups } from './budgets/use-cohort-groups';
import { stateTone, stateWord } from './words';

interface ApprovalsListProps {
  tab: TabId;
  meId: string;
  inbox: Inbox;
  fresh: FreshnessView;
  hand: ReturnType<typeof useInHand>;
  focusedId: string | null;
  onFocus: (id: string | null) => void;
  rowMenu: () => readonly RowMenuItem[];
  /** Which are chosen to be approved together; undefined where nothing can be. */
  selected: ReadonlySet<string> | undefined;
  onSelected: (ids: ReadonlySet<string>) => void;
  /** Between the headings and the rows: what is about to run. */
  children: ReactNode;
}

const ROW = 52;
const noCohorts: NonNullable<Inbox['data']>['cohorts'] = [];

/** The inbox as a list, under its headings, in each of its states. */
export const ApprovalsList = ({ tab, meId, inbox, fresh, hand, focusedId, onFocus, rowMenu, selected, onSelected, children }: ApprovalsListProps) => {
  const t = useText();
  const navigate = useNavigate();
  const said = useAnnounced();
  const minute = Math.floor(useNow(60_000) / 60_000) * 60_000;
  const { ref, width } = useElementSize();
  const columns = useMemo(() => remedyColumns({ t, meId, width: width || 700, isDecided: tab === 'decided', isFailed: tab === 'failed', now: minute }), [t, meId, width, tab, minute]);
  const elsewhere = (['others', 'asked', 'failed'] as const).filter((id) => (inbox.countOf(id) ?? 0) > 0);
  const rows = useMemo(() => inbox.held.order.flatMap((id) => inbox.byId.get(id) ?? []), [inbox.held.order, inbox.byId]);
  const grouping = useCohortGroups(rows, inbox.data?.cohorts ?? noCohorts);
  const selectLabel = useCallback((row: Remedy): string => t('approvals:batch.select', { number: row.number, order: row.orderName }), [t]);
  const goneCell = (row: Remedy, column: string): ReactNode => (column === 'policy' ? <Chip tone={stateTone(row.state)}>{stateWord(row, meId, inbox.forMe.has(row.id))}</Chip> : undefined);
  const empty =
    inbox.error && !inbox.data ? (
      <EmptyState kind="nothing" title={t('approvals:notRead')} action={<Button onClick={inbox.refetch}>{t('approvals:retry')}</Button>}>
        {inbox.error.message}
      </EmptyState>
    ) : (
      <EmptyState kind="nothing" title={t(`approvals:empty.${tab}`)}>
        {tab === 'for-me' ? elsewhere.map((id) => `${t(`approvals:empty.also.${id}`, { count: inbox.countOf(id) ?? 0 })} `) : null}
        {t('approvals:empty.next')}
      </EmptyState>
    );
  return (
    <>
      <Tabs
        label={t('approvals:title')}
        items={tabs.map(({ id }) => ({ id, label: t(`approvals:tab.${id}`), count: inbox.countOf(id) }))}
        value={tab}
        onChange={(id) => void navigate({ to: '/approvals', search: { tab: id }, resetScroll: false })}
      />
      <PendingPill pending={inbox.held.pending} onApply={inbox.held.apply} quiet={tab === 'decided' ? t('approvals:order.decided') : t('approvals:order.waiting')} />
      {children}
      {inbox.error && inbox.data ? (
        <ErrorBar onRetry={inbox.refetch} reference={inbox.error instanceof RequestError ? inbox.error.requestId : undefined}>
          {t('approvals:notRefreshed', { why: inbox.error.message })}
        </ErrorBar>
      ) : null}
      <StaleBand since={fresh.staleSince} note={fresh.state === 'offline' ? t('approvals:stale.offline') : t('approvals:stale.other')}>
        <div className="ap-list-body" ref={ref} {...hand.handlers}>
          {inbox.isPending ? (
            <SkeletonRows rows={8} rowHeight={ROW} />
          ) : (
            <QueueGrid
              label={t(`approvals:grid.${tab}`)}
              order={inbox.held.order}
              rowsById={inbox.byId}
              columns={columns}
              focusedId={focusedId}
              onFocusChange={onFocus}
              goneIds={inbox.goneIds}
              renderGone={goneCell}
              onRowPointerDown={inbox.held.onRowPointerDown}
              rowMenu={rowMenu}
              grouping={grouping}
              {...(selected === undefined ? {} : { selectedIds: selected, onSelectedChange: onSelected, selectLabel, selectHeader: t('approvals:batch.selectAll') })}
              rowHeight={ROW}
              empty={empty}
            />
          )}
        </div>
      </StaleBand>
      <GridFooter hints={[{ keys: ['J', 'K'], label: t('approvals:hint.move') }, { keys: ['I'], label: t('approvals:hint.evidence') }, ...(selected === undefined ? [] : [{ keys: ['X'], label: t('approvals:hint.batch') }]), { keys: ['?'], label: t('approvals:hint.keys') }]}>
        {said.text ? <span className={said.tone === 'assertive' ? 'ow-red' : undefined}>{said.text}</span> : t('approvals:foot', { count: inbox.held.order.length })}
      </GridFooter>
    </>
  );
};

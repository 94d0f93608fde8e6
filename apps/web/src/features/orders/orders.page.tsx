import { EmptyState, ErrorBar, FilterChips, GridFooter, QueueGrid, SkeletonRows, type FilterChip, type GridColumn } from '@orderwatch/ui';
import { useElementSize } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState, type ReactNode } from 'react';
import type { OrdersQuery } from '../../gql';
import { carrierName } from '../../shared/carriers';
import { dateText, money, promiseDay } from '../../shared/format';
import { useText, type LabelKey, type Translate } from '../../shared/i18n';
import { PageFreshness } from '../../shared/page-freshness';
import { statusWord } from '../../shared/status-words';
import { TopBar } from '../../shared/top-bar';
import { useMore } from '../../shared/use-more';
import { ordersQuery } from './api';
import { ordersFilter, validateOrdersSearch, type OrdersSearch } from './search';

type Row = OrdersQuery['orders']['rows'][number];

/** Names of statuses and carriers: words of the server's, and not of a language. */
const theirs = (word: string): ReactNode => <span translate="no">{word}</span>;

/** `from`: the width of the list below which a column gives way. */
const columns: (Omit<GridColumn<Row>, 'header'> & { header: LabelKey; from?: number })[] = [
  { id: 'name', header: 'orders:column.name', width: '110px', render: (row) => <b>{row.name}</b> },
  { id: 'headline', header: 'orders:column.now', width: 'minmax(0,1fr)', render: (row) => theirs(row.headline) },
  { id: 'payment', from: 760, header: 'orders:column.payment', width: '110px', render: (row) => theirs(statusWord('payment', row.paymentStatus)) },
  { id: 'fulfilment', from: 900, header: 'orders:column.fulfilment', width: '110px', render: (row) => theirs(statusWord('fulfilment', row.fulfilmentStatus)) },
  { id: 'shipment', from: 420, header: 'orders:column.parcels', width: '130px', render: (row) => theirs(statusWord('shipment', row.shipmentStatus)) },
  { id: 'carrier', from: 1020, header: 'orders:column.carrier', width: '110px', render: (row) => (row.carrier ? theirs(carrierName(row.carrier)) : '–') },
  { id: 'placed', from: 640, header: 'orders:column.placed', width: '70px', render: (row) => dateText(row.placedAt) },
  { id: 'promised', from: 560, header: 'orders:column.promised', width: '74px', render: (row) => (row.promisedAt ? promiseDay(row.promisedAt) : '–') },
  { id: 'value', header: 'orders:column.value', width: '90px', align: 'right', render: (row) => money(row.value) },
];

const trackFields: Readonly<Record<string, LabelKey>> = { payment: 'orders:filter.payment', fulfilment: 'orders:filter.fulfilment', shipment: 'orders:filter.shipment', order: 'orders:filter.order', return: 'orders:filter.return' };

const chipsOf = (t: Translate, search: OrdersSearch): FilterChip[] => [
  ...(search.track && search.status ? [{ id: 'track', field: t(trackFields[search.track] ?? 'orders:filter.order'), value: statusWord(search.track, search.status) }] : []),
  ...(search.carrier ? [{ id: 'carrier', field: t('orders:filter.carrier'), value: carrierName(search.carrier) }] : []),
  ...(search.onTime === undefined ? [] : [{ id: 'onTime', field: t('orders:filter.delivered'), value: t(search.onTime ? 'orders:filter.onTime' : 'orders:filter.late') }]),
  ...(search.promisedFrom || search.promisedTo ? [{ id: 'promised', field: t('orders:filter.promised'), value: [search.promisedFrom, search.promisedTo].filter(Boolean).map((d) => d?.slice(0, 10)).join(' – ') }] : []),
  ...(search.text ? [{ id: 'text', field: t('orders:filter.contains'), value: search.text }] : []),
];

const dropped: Readonly<Record<string, Partial<OrdersSearch>>> = {
  track: { track: undefined, status: undefined } as Partial<OrdersSearch>,
  promised: { promisedFrom: undefined, promisedTo: undefined } as Partial<OrdersSearch>,
};

/** The orders behind a number. */
export const OrdersPage = () => {
  const t = useText();
  const navigate = useNavigate();
  const address = useSearch({ strict: false });
  const search = useMemo(() => validateOrdersSearch(address), [address]);
  const filter = useMemo(() => ordersFilter(search), [search]);
  const asked = ordersQuery(filter);
  const { data, error, refetch, fetchNextPage, hasNextPage, isPlaceholderData } = useInfiniteQuery(asked);
  const fetchMore = useMore(asked.queryKey, { hasNextPage, fetchNextPage });
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const rows = useMemo(() => data?.pages.flatMap((page) => page.rows) ?? [], [data]);
  const order = useMemo(() => rows.map((row) => row.id), [rows]);
  const rowsById = useMemo(() => new Map(rows.map((row) => [row.id, row])), [rows]);
  const page = data?.pages[0];
  const { ref, width } = useElementSize();
  const shown = useMemo(() => columns.filter((column) => (column.from ?? 0) <= (width || 1200)).map((column) => ({ ...column, header: t(column.header) })), [width, t]);
  return (
    <div className="ow-pane" style={{ height: '100%' }} ref={ref}>
      <TopBar title={t('orders:title')} freshness={<PageFreshness generatedAt={page?.generatedAt} isFailed={error !== null} />} />
      <FilterChips
        label={t('orders:filters')}
        chips={chipsOf(t, search)}
        onRemove={(id) => void navigate({ to: '/orders', search: { ...search, ...(dropped[id] ?? { [id]: undefined }) } })}
        removeLabel={(chip) => t('orders:filter.remove', { field: chip.field, value: chip.value })}
        aside={t('orders:newest')}
      />
      {error ? <ErrorBar onRetry={() => void refetch()}>{t('orders:failed', { why: error.message })}</ErrorBar> : null}
      {data === undefined && error === null ? (
        <SkeletonRows rows={16} />
      ) : (
        <QueueGrid
          label={t('orders:label')}
          order={order}
          rowsById={rowsById}
          columns={shown}
          total={page?.total ?? -1}
          focusedId={focusedId}
          onFocusChange={setFocusedId}
          onOpen={(id) => void navigate({ to: '/orders/$orderId', params: { orderId: id } })}
          onEndReached={fetchMore}
          isRefreshing={isPlaceholderData}
          empty={
            error ? null : (
              <EmptyState kind={filter ? 'filtered' : 'nothing'} title={t(filter ? 'orders:none' : 'orders:empty')}>
                {filter ? chipsOf(t, search).map((chip) => `${chip.field} ${chip.value}`).join(' · ') : t('orders:emptyWhy')}
              </EmptyState>
            )
          }
        />
      )}
      <GridFooter hints={[{ keys: ['J', 'K'], label: t('orders:move') }, { keys: ['Enter'], label: t('orders:open') }]}>{page ? t('orders:count', { count: page.total }) : null}</GridFooter>
    </div>
  );
};

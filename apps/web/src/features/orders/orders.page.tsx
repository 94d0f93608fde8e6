import { EmptyState, ErrorBar, FilterChips, GridFooter, QueueGrid, SkeletonRows, type FilterChip, type GridColumn } from '@orderwatch/ui';
import { useElementSize } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { OrdersQuery } from '../../gql';
import { carrierName } from '../../shared/carriers';
import { dateText, money, plural } from '../../shared/format';
import { PageFreshness } from '../../shared/page-freshness';
import { statusWord } from '../../shared/status-words';
import { TopBar } from '../../shared/top-bar';
import { ordersQuery } from './api';
import { ordersFilter, type OrdersSearch } from './search';

type Row = OrdersQuery['orders']['rows'][number];

/** `from`: the width of the list below which a column gives way. */
const columns: (GridColumn<Row> & { from?: number })[] = [
  { id: 'name', header: 'Order', width: '110px', render: (row) => <b>{row.name}</b> },
  { id: 'headline', header: 'Now', width: 'minmax(0,1fr)', render: (row) => row.headline },
  { id: 'payment', from: 760, header: 'Payment', width: '110px', render: (row) => statusWord('payment', row.paymentStatus) },
  { id: 'fulfilment', from: 900, header: 'Fulfilment', width: '110px', render: (row) => statusWord('fulfilment', row.fulfilmentStatus) },
  { id: 'shipment', from: 420, header: 'Parcels', width: '130px', render: (row) => statusWord('shipment', row.shipmentStatus) },
  { id: 'carrier', from: 1020, header: 'Carrier', width: '110px', render: (row) => (row.carrier ? carrierName(row.carrier) : '–') },
  { id: 'placed', from: 640, header: 'Placed', width: '70px', render: (row) => dateText(row.placedAt) },
  { id: 'promised', from: 560, header: 'Promised', width: '74px', render: (row) => dateText(row.promisedAt) },
  { id: 'value', header: 'Value', width: '90px', align: 'right', render: (row) => money(row.value) },
];

const chipsOf = (search: OrdersSearch): FilterChip[] => [
  ...(search.track && search.status ? [{ id: 'track', field: `${search.track.replace(/^./, (c) => c.toUpperCase())} is`, value: statusWord(search.track, search.status) }] : []),
  ...(search.carrier ? [{ id: 'carrier', field: 'Carrier is', value: carrierName(search.carrier) }] : []),
  ...(search.onTime === undefined ? [] : [{ id: 'onTime', field: 'Delivered', value: search.onTime ? 'on time' : 'late' }]),
  ...(search.promisedFrom || search.promisedTo ? [{ id: 'promised', field: 'Promised', value: [search.promisedFrom, search.promisedTo].filter(Boolean).map((d) => d?.slice(0, 10)).join(' – ') }] : []),
  ...(search.text ? [{ id: 'text', field: 'Contains', value: search.text }] : []),
];

const dropped: Readonly<Record<string, Partial<OrdersSearch>>> = {
  track: { track: undefined, status: undefined } as Partial<OrdersSearch>,
  promised: { promisedFrom: undefined, promisedTo: undefined } as Partial<OrdersSearch>,
};

/** The orders behind a number. */
export const OrdersPage = () => {
  const navigate = useNavigate();
  const search: OrdersSearch = useSearch({ strict: false });
  const filter = useMemo(() => ordersFilter(search), [search]);
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage, isPlaceholderData } = useInfiniteQuery(ordersQuery(filter));
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const rows = useMemo(() => data?.pages.flatMap((page) => page.rows) ?? [], [data]);
  const order = useMemo(() => rows.map((row) => row.id), [rows]);
  const rowsById = useMemo(() => new Map(rows.map((row) => [row.id, row])), [rows]);
  const page = data?.pages[0];
  const { ref, width } = useElementSize();
  const shown = useMemo(() => columns.filter((column) => (column.from ?? 0) <= (width || 1200)), [width]);
  return (
    <div className="ow-pane" style={{ height: '100%' }} ref={ref}>
      <TopBar title="Orders" freshness={<PageFreshness generatedAt={page?.generatedAt} isFailed={error !== null} />} />
      <FilterChips
        label="Filters"
        chips={chipsOf(search)}
        onRemove={(id) => void navigate({ to: '/orders', search: { ...search, ...(dropped[id] ?? { [id]: undefined }) } })}
        removeLabel={(chip) => `Remove filter: ${chip.field} ${chip.value}`}
        aside="Newest first"
      />
      {error ? <ErrorBar onRetry={() => void refetch()}>The orders could not be read: {error.message}</ErrorBar> : null}
      {data === undefined && error === null ? (
        <SkeletonRows rows={16} />
      ) : (
        <QueueGrid
          label="Orders, newest first"
          order={order}
          rowsById={rowsById}
          columns={shown}
          total={page?.total ?? -1}
          focusedId={focusedId}
          onFocusChange={setFocusedId}
          onOpen={(id) => void navigate({ to: '/orders/$orderId', params: { orderId: id } })}
          onEndReached={() => {
            if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
          }}
          isRefreshing={isPlaceholderData}
          empty={
            error ? null : (
              <EmptyState kind={filter ? 'filtered' : 'nothing'} title={filter ? 'No order matches' : 'No orders yet'}>
                {filter ? chipsOf(search).map((chip) => `${chip.field} ${chip.value}`).join(' · ') : 'The first signed event makes the first order.'}
              </EmptyState>
            )
          }
        />
      )}
      <GridFooter hints={[{ keys: ['J', 'K'], label: 'move' }, { keys: ['Enter'], label: 'open' }]}>{page ? plural(page.total, 'order') : null}</GridFooter>
    </div>
  );
};

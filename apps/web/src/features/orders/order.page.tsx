import './order.css';
import { Button, EmptyState, ErrorBar, Icon, Kbd, SkeletonRows } from '@orderwatch/ui';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useRouter } from '@tanstack/react-router';
import { useMemo, type MouseEvent } from 'react';
import { useTopic } from '../../live';
import { CommandButton, useCommands } from '../../shared/commands';
import { RequestError } from '../../shared/graphql';
import { useText } from '../../shared/i18n';
import { stepsToList } from '../../shared/last-list';
import { PageFreshness } from '../../shared/page-freshness';
import { TopBar } from '../../shared/top-bar';
import { orderAtQuery, orderQuery } from './api';
import { PastBand } from './as-known';
import { knownInstants } from './instants';
import { OrderContent } from './order-content';
import { useNeighbours, type Neighbours } from './use-neighbours';
import { useOrderAddress } from './use-order-address';

export const OrderPage = () => {
  const { orderId = '' }: { orderId?: string } = useParams({ strict: false });
  return <OrderScreen key={orderId} orderId={orderId} />;
};

const Crumb = ({ near }: { near: Neighbours | undefined }) => {
  const t = useText();
  const router = useRouter();
  /** Back to the queue is the browser's Back, to the place one left; in a tab of its own it is a link. */
  const back = (event: MouseEvent): void => {
    const steps = stepsToList(router.history.location.state);
    if (steps === undefined || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    router.history.go(-steps);
  };
  return (
    <>
      <h1>
        <Link to="/queue" className="ow-crumb" aria-label={t('order:crumb.label')} onClick={back}>
          <Icon name="left" />
          {t('order:crumb')}
        </Link>
      </h1>
      {near ? (
        <span className="order-near">
          {t('order:near', { position: near.position, total: near.total })} <Kbd>[</Kbd>
          <Kbd>]</Kbd>
        </span>
      ) : null}
    </>
  );
};

/** What the list said of it, until the page is read. */
const Coming = ({ near }: { near: Neighbours | undefined }) => (
  <>
    {near ? (
      <header className="order-head">
        <div className="order-l1" translate="no">
          <h1>{near.row.orderName}</h1>
          <span className="ow-dim">{near.row.reason}</span>
        </div>
      </header>
    ) : null}
    <SkeletonRows rows={12} rowHeight={40} />
  </>
);

/** Escape leads back before the order is there, and when it never comes. */
const WayBack = ({ onNow }: { onNow: (() => void) | undefined }) => {
  const router = useRouter();
  useCommands([{ id: 'order.back', keys: ['Escape'], label: 'order:command.back', section: 'list', scope: 'screen', isKeyOnly: true, run: onNow ?? (() => router.history.back()) }]);
  return null;
};

const OrderScreen = ({ orderId }: { orderId: string }) => {
  useTopic(`order:${orderId}`);
  const t = useText();
  const address = useOrderAddress();
  const { at } = address;
  const live = useQuery(orderQuery(orderId));
  const past = useQuery({ ...orderAtQuery(orderId, at ?? ''), enabled: at !== null });
  const { data: order, error, isPending, refetch } = at === null ? live : past;
  const near = useNeighbours(orderId);
  const instants = useMemo(() => knownInstants(live.data?.timeline ?? []), [live.data]);
  const isMissing = !order && !isPending;
  const isForbidden = error instanceof RequestError && error.kind === 'forbidden';
  const retry = (): void => void refetch();
  return (
    <div className="order">
      <TopBar
        title={live.data?.name ?? near?.row.orderName ?? t('order:title')}
        head={<Crumb near={near} />}
        freshness={<PageFreshness generatedAt={live.data?.generatedAt} isFailed={live.error !== null} />}
        buttons={<CommandButton id="order.next" />}
      />
      {at === null ? null : <PastBand at={at} instants={instants} onLook={address.lookAt} />}
      {error && order ? <ErrorBar onRetry={retry}>{t('order:notRefreshed', { why: error.message })}</ErrorBar> : null}
      {isPending ? <Coming near={near} /> : null}
      {isMissing && at !== null && !error ? (
        <EmptyState kind="nothing" title={t('order:past.nothing')} action={<Button onClick={() => address.lookAt(null)}>{t('order:past.now')}</Button>}>
          {t('order:past.nothingWhy')}
        </EmptyState>
      ) : null}
      {isMissing && (at === null || error) ? (
        <EmptyState kind={isForbidden ? 'forbidden' : 'nothing'} title={t(error ? 'order:failed' : 'order:missing')} action={<Button onClick={retry}>{t('order:retry')}</Button>}>
          {error?.message ?? t('order:missing.why')}
        </EmptyState>
      ) : null}
      {order ? null : <WayBack onNow={at === null ? undefined : () => address.lookAt(null)} />}
      {order ? <OrderContent key={at ?? ''} order={order} live={live.data ?? undefined} instants={instants} address={address} near={near} isFailed={live.error !== null} onRetry={retry} /> : null}
    </div>
  );
};

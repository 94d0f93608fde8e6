import { formatDuration, formatTime, RelativeTime } from '@orderwatch/ui';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { CaseRow } from '../../shared/cases/types';
import { dateText, dueClass, dueText, money, promiseView } from '../../shared/format';
import { useText, type Translate } from '../../shared/i18n';
import { useShownClock, type ShownClock } from '../../shared/shown-clock';
import type { Order } from './api';
import { dayOf } from './promise';

const Item = ({ label, children }: { label: string; children: ReactNode }) => (
  <span>
    <i>{label}</i>
    {children}
  </span>
);

const Due = ({ dueAt }: { dueAt: string }) => {
  const t = useText();
  const clock = useShownClock(15_000);
  const text = dueText(dueAt, clock);
  return <b className={dueClass(dueAt, clock.now)}>{clock.isAbsolute || Date.parse(dueAt) < clock.now ? text : t('order:head.dueIn', { span: text })}</b>;
};

const stateText = (t: Translate, row: CaseRow, meId: string, { now, isAbsolute }: ShownClock): string => {
  if (row.state === 'resolved') {
    const state = row.resolvedBy ? t('order:case.resolvedBy', { name: row.resolvedBy }) : t('order:case.resolved');
    return row.outcome ? t('order:case.outcome', { state, outcome: row.outcome.replace(/^[A-Z](?=[a-z])/, (c) => c.toLowerCase()) }) : state;
  }
  if (row.state === 'snoozed') return t('order:case.snoozed', { date: dateText(row.snoozedUntil) });
  if (!row.owner) return t('order:case.nobody');
  const who = row.owner.id === meId ? t('order:case.mine') : row.owner.name;
  const left = row.leaseUntil ? Date.parse(row.leaseUntil) - now : 0;
  if (left <= 0) return who;
  return isAbsolute ? t('order:case.until', { who, at: formatTime(row.leaseUntil ?? '', 'hour') }) : t('order:case.left', { who, span: formatDuration(left) });
};

const OtherOrder = ({ link }: { link: { id: string; name: string } }) => (
  <Link to="/orders/$orderId" params={{ orderId: link.id }} translate="no">
    {link.name}
  </Link>
);

interface HeadFactsProps {
  order: Order;
  row: CaseRow | undefined;
  meId: string;
}

/** The second line: money, promise and estimate, the case, and how old what the sources told is. */
export const HeadFacts = ({ order, row, meId }: HeadFactsProps) => {
  const t = useText();
  const clock = useShownClock(15_000);
  const promise = promiseView(order.promisedAt, order.promiseText, clock.now);
  return (
    <div className="order-l2">
      <Item label={t('order:head.total')}>
        <b>{money(order.total)}</b>
      </Item>
      <Item label={t('order:head.placed')}>{dateText(order.placedAt)}</Item>
      <Item label={t('order:head.promised')}>
        {order.promisedAt ? dayOf(order.promisedAt, order) : (order.promiseText ?? t('order:head.noDate'))}
        {promise.isOver && !clock.isAbsolute ? (
          <>
            , <b className="ow-red">{promise.text}</b>
          </>
        ) : null}
      </Item>
      {order.estimate ? <Item label={t('order:head.estimate')}>{dayOf(order.estimate, order)}</Item> : null}
      {row ? <Item label={t('order:head.case', { number: row.number })}>{stateText(t, row, meId, clock)}</Item> : null}
      {row?.dueAt && row.state !== 'resolved' ? (
        <Item label={t('order:head.due')}>
          <Due dueAt={row.dueAt} />
        </Item>
      ) : null}
      {order.replaces ? (
        <Item label={t('order:head.replaces')}>
          <OtherOrder link={order.replaces} />
        </Item>
      ) : null}
      {order.replacedBy.map((link) => (
        <Item key={link.id} label={t('order:head.replacedBy')}>
          <OtherOrder link={link} />
        </Item>
      ))}
      <span className="ow-spacer" />
      <span className="ow-dim ow-small">
        {order.newestFactAt ? (
          <>
            {t('order:head.newest')} <RelativeTime at={order.newestFactAt} /> ·{' '}
          </>
        ) : null}
        {t('order:head.feeds', { onTime: order.feedsOnTime, count: order.feedsTotal })}
      </span>
    </div>
  );
};

import { Avatar, Button, Chip, formatDue, formatDuration, RelativeTime, useNow } from '@orderwatch/ui';
import { Link } from '@tanstack/react-router';
import { allowance } from '../../shared/cases/types';
import type { CaseActions } from '../../shared/cases/use-case-actions';
import { dateText, dueClass, languageName, money, plural, promiseView } from '../../shared/format';
import { ruleTone } from '../../shared/rules';
import type { Order } from './api';

export type Panel = 'resolve' | 'snooze' | 'note' | 'reopen' | 'raw' | null;

interface OrderHeadProps {
  order: Order;
  meId: string;
  actions: CaseActions;
  onPanel: (panel: Panel) => void;
}

const Owner = ({ order, meId }: { order: Order; meId: string }) => {
  const now = useNow(15_000);
  const row = order.case?.row;
  if (!row?.owner) return null;
  const isMine = row.owner.id === meId;
  const left = row.leaseUntil ? Date.parse(row.leaseUntil) - now : 0;
  return (
    <span className="order-owner">
      <Avatar name={row.owner.name} ring={left > 0 ? (left < 180_000 ? 'ending' : 'lease') : undefined} label={`${row.owner.name}${left > 0 ? `; lease ${formatDuration(left)}` : ''}`} />
      <span className={isMine ? undefined : 'ow-dim'}>{isMine ? 'You' : row.owner.name}</span>
    </span>
  );
};

const Due = ({ dueAt }: { dueAt: string }) => {
  const now = useNow(15_000);
  const ms = Date.parse(dueAt);
  const text = formatDue(ms, now);
  return <b className={dueClass(dueAt, now)}>{ms < now ? text : `in ${text}`}</b>;
};

const CaseState = ({ order, meId }: { order: Order; meId: string }) => {
  const now = useNow(15_000);
  const row = order.case?.row;
  if (!row) return null;
  const left = row.leaseUntil ? Date.parse(row.leaseUntil) - now : 0;
  const span = left > 0 ? `, ${formatDuration(left)} left` : '';
  const state =
    row.state === 'resolved'
      ? `resolved${row.resolvedBy ? ` by ${row.resolvedBy}` : ''}${row.outcome ? `: ${row.outcome.replace(/^[A-Z](?=[a-z])/, (c) => c.toLowerCase())}` : ''}`
      : row.state === 'snoozed'
        ? `snoozed until ${dateText(row.snoozedUntil)}`
        : row.owner
          ? `${row.owner.id === meId ? 'yours' : row.owner.name}${span}`
          : 'nobody has it';
  return (
    <span>
      <i>Case {row.number}</i>
      {state}
    </span>
  );
};

export const OrderHead = ({ order, meId, actions, onPanel }: OrderHeadProps) => {
  const now = useNow(60_000);
  const item = order.case;
  const row = item?.row;
  const open = order.findings.filter((finding) => !finding.suppressedBy);
  const promise = promiseView(order.promisedAt, order.promiseText, now);
  const act = (action: string, label: string, kbd: string, onClick: () => void, isPrimary = false) => {
    const rule = allowance(item?.allowedActions, action);
    return rule ? (
      <Button variant={isPrimary ? 'primary' : 'default'} kbd={kbd} disabled={!rule.allowed} reason={rule.why ?? undefined} onClick={onClick}>
        {label}
      </Button>
    ) : null;
  };
  const isMine = row?.owner?.id === meId;
  return (
    <header className="order-head">
      <div className="order-l1">
        <h1>{order.name}</h1>
        {open.slice(0, 3).map((finding) => (
          <Chip key={`${finding.rule}/${finding.subject}`} tone={ruleTone(finding.rule)} title={finding.reason}>
            {finding.ruleLabel}
          </Chip>
        ))}
        {open.length > 3 ? <span className="ow-dim">+{open.length - 3}</span> : null}
        {order.announced ? null : <Chip tone="line">Not announced by the shop</Chip>}
        <span className="order-customer ow-clip">
          {order.customer ? (
            <>
              <b>{order.customer.name ?? 'Customer'}</b> · {plural(order.customer.orders, 'order')}
              {order.customer.language ? ` · writes ${languageName(order.customer.language)}` : ''}
            </>
          ) : null}
        </span>
        <span className="ow-spacer" />
        <Owner order={order} meId={meId} />
        {row ? (
          row.state === 'resolved' ? (
            act('reopen', 'Reopen…', '⇧E', () => onPanel('reopen'))
          ) : (
            <>
              {isMine ? act('release', 'Release', '⇧C', () => actions.mutate({ kind: 'release', row })) : act('claim', 'Claim', 'C', () => actions.mutate({ kind: 'claim', row }), row.owner === null)}
              {act('note', 'Note', 'M', () => onPanel('note'))}
              {act('snooze', 'Snooze', 'H', () => onPanel('snooze'))}
              {act('resolve', 'Resolve', 'E', () => onPanel('resolve'))}
            </>
          )
        ) : null}
      </div>
      <div className="order-l2">
        <span>
          <i>Total</i>
          <b>{money(order.total)}</b>
        </span>
        <span>
          <i>Placed</i>
          {dateText(order.placedAt)}
        </span>
        <span>
          <i>Promised</i>
          {order.promisedAt ? dateText(order.promisedAt) : (order.promiseText ?? 'no date')}
          {promise.isOver ? (
            <>
              , <b className="ow-red">{promise.text}</b>
            </>
          ) : null}
        </span>
        {order.estimate ? (
          <span>
            <i>Estimate</i>
            {dateText(order.estimate)}
          </span>
        ) : null}
        <CaseState order={order} meId={meId} />
        {row?.dueAt && row.state !== 'resolved' ? (
          <span>
            <i>Due</i>
            <Due dueAt={row.dueAt} />
          </span>
        ) : null}
        {order.replaces ? (
          <span>
            <i>Replaces</i>
            <Link to="/orders/$orderId" params={{ orderId: order.replaces.id }}>
              {order.replaces.name}
            </Link>
          </span>
        ) : null}
        {order.replacedBy.map((link) => (
          <span key={link.id}>
            <i>Replaced by</i>
            <Link to="/orders/$orderId" params={{ orderId: link.id }}>
              {link.name}
            </Link>
          </span>
        ))}
        <span className="ow-spacer" />
        <span className="ow-dim ow-small">
          {order.newestFactAt ? (
            <>
              Newest fact <RelativeTime at={order.newestFactAt} /> ·{' '}
            </>
          ) : null}
          {order.feedsOnTime} of {plural(order.feedsTotal, 'feed')} on time
        </span>
      </div>
    </header>
  );
};

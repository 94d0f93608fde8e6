import { Chip } from '@orderwatch/ui';
import { isHeldByOther, type CaseRow } from '../../shared/cases/types';
import { CommandButton } from '../../shared/commands';
import { languageName } from '../../shared/format';
import { useText } from '../../shared/i18n';
import { ruleTone } from '../../shared/rules';
import type { Order } from './api';
import { HeadFacts } from './head-facts';
import { People } from './head-people';

const MOST_CHIPS = 3;

interface OrderHeadProps {
  order: Order;
  row: CaseRow | undefined;
  meId: string;
  /** Looking at the past: nothing can be done. */
  isPast: boolean;
}

/** A case's buttons, drawn from the page's commands. */
const Acts = ({ row, meId }: { row: CaseRow; meId: string }) => {
  if (row.state === 'resolved') return <CommandButton id="case.reopen" />;
  const isMine = row.owner?.id === meId;
  // Who put it off has it no more than anybody else.
  const isTaken = isHeldByOther(row, meId);
  return (
    <>
      {isMine ? <CommandButton id="case.release" /> : <CommandButton id={isTaken ? 'case.takeOver' : 'case.claim'} variant={isTaken ? 'default' : 'primary'} />}
      <CommandButton id="case.note" />
      <CommandButton id="case.snooze" />
      <CommandButton id="case.resolve" variant={isMine ? 'primary' : 'default'} />
    </>
  );
};

/** Two lines that stay: which order, what is wrong, whose it is; money, promise, case. */
export const OrderHead = ({ order, row, meId, isPast }: OrderHeadProps) => {
  const t = useText();
  const open = order.findings.filter((finding) => !finding.suppressedBy);
  const { customer } = order;
  return (
    <header className="order-head">
      <div className="order-l1">
        <h1 translate="no">{order.name}</h1>
        {open.slice(0, MOST_CHIPS).map((finding) => (
          <Chip key={`${finding.rule}/${finding.subject}`} tone={ruleTone(finding.rule)} title={finding.reason}>
            {finding.ruleLabel}
          </Chip>
        ))}
        {open.length > MOST_CHIPS ? <span className="ow-dim">{t('order:head.more', { count: open.length - MOST_CHIPS })}</span> : null}
        {order.announced ? null : <Chip tone="line">{t('order:head.unannounced')}</Chip>}
        <span className="order-customer ow-clip">
          {customer ? (
            <>
              <b translate="no">{customer.name ?? t('order:head.customer')}</b> · {t('order:head.orders', { count: customer.orders })}
              {customer.language ? ` · ${t('order:head.writes', { language: languageName(customer.language) ?? '' })}` : ''}
            </>
          ) : null}
        </span>
        <span className="ow-spacer" />
        <People orderId={order.id} row={row} meId={meId} />
        <CommandButton id="order.story" variant="quiet" />
        <CommandButton id="order.evidence" variant="quiet" />
        {row && !isPast ? <Acts row={row} meId={meId} /> : null}
      </div>
      <HeadFacts order={order} row={row} meId={meId} />
    </header>
  );
};

import { Button, Chip, ErrorBar, formatTime, KeyValueList, PeekPanel, Section, ShortTimeline, SkeletonRows, type KeyValue } from '@orderwatch/ui';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { carrierName } from '../../shared/carriers';
import { ChoicePanel, NotePanel, SnoozePanel } from '../../shared/cases/act-panel';
import { caseQuery } from '../../shared/cases/case-query';
import { allowance, type CaseRow } from '../../shared/cases/types';
import type { CaseActions } from '../../shared/cases/use-case-actions';
import { dateText, languageName, money, plural } from '../../shared/format';
import { timelineItems } from '../../shared/orders/timeline-items';
import { ruleTone } from '../../shared/rules';
import { peekOrderQuery } from './api';

export type Panel = 'resolve' | 'snooze' | 'note' | 'reopen' | null;

interface CasePeekProps {
  row: CaseRow;
  meId: string;
  actions: CaseActions;
  panel: Panel;
  onPanel: (panel: Panel) => void;
  /** While offline or stale some acts wait. */
  isReadOnly: boolean;
}

export const CasePeek = ({ row, meId, actions, panel, onPanel, isReadOnly }: CasePeekProps) => {
  const detail = useQuery(caseQuery(row.id));
  const order = useQuery(peekOrderQuery(row.orderId));
  const allowed = detail.data?.allowedActions;
  const items = useMemo(() => (order.data ? timelineItems(order.data.timeline, order.data.parcels).slice(0, 12) : []), [order.data]);
  const others = (detail.data?.findings ?? []).filter((finding) => finding.rule !== row.rule && !finding.suppressedBy);
  const customer = order.data?.customer;
  const parcels = order.data?.parcels ?? [];
  const first = parcels[0];
  const facts: KeyValue[] = [
    {
      key: 'customer',
      label: 'Customer',
      value: [customer?.name ?? row.customer ?? '–', customer ? plural(customer.orders, 'order') : undefined, customer?.language ? `writes ${languageName(customer.language)}` : undefined].filter(Boolean).join(' · '),
    },
    {
      key: 'promise',
      label: 'Promise',
      value: (
        <>
          {row.promisedAt ? dateText(row.promisedAt) : (row.promiseText ?? '–')}
          {order.data?.estimate ? <span className="ow-dim"> · carrier now says {dateText(order.data.estimate)}</span> : null}
        </>
      ),
    },
    {
      key: 'parcel',
      label: parcels.length > 1 ? 'Parcels' : 'Parcel',
      value: parcels.length === 0 ? 'none yet' : parcels.length > 1 ? `${parcels.length}: ${parcels.map((p) => p.statusLabel.toLowerCase()).join(', ')}` : `${first?.carrier ? carrierName(first.carrier) : ''} ${first?.number ?? ''}`.trim() || first?.statusLabel,
    },
    { key: 'value', label: 'Value', value: money(row.value) },
  ];
  const button = (action: string, label: string, kbd: string, onClick: () => void, isPrimary = false) => {
    const rule = allowance(allowed, action);
    if (allowed && !rule) return null;
    const isOff = isReadOnly || !allowed || rule?.allowed === false;
    return (
      <Button key={action} compact variant={isPrimary ? 'primary' : 'default'} kbd={kbd} disabled={isOff} reason={isReadOnly ? 'You are offline' : (rule?.why ?? undefined)} onClick={onClick}>
        {label}
      </Button>
    );
  };
  const isMine = row.owner?.id === meId;
  const isResolved = row.state === 'resolved';
  return (
    <PeekPanel
      label={`Case of order ${row.orderName}`}
      title={
        <Link to="/orders/$orderId" params={{ orderId: row.orderId }} className="peek-title">
          {row.orderName}
        </Link>
      }
      chips={row.feedLate ? <Chip>Unknown, feed late</Chip> : <Chip tone={ruleTone(row.rule)}>{row.ruleLabel}</Chip>}
      reference={row.number}
      lead={row.reason}
      facts={<KeyValueList items={facts} />}
      actions={
        panel === 'resolve' && detail.data ? (
          <ChoicePanel
            title="Resolve as"
            choices={detail.data.outcomes}
            noteLabel="Note, if one is needed"
            onPick={(id, note) => {
              const label = detail.data?.outcomes.find((outcome) => outcome.id === id)?.label ?? id;
              actions.mutate({ kind: 'resolve', row, outcome: id, outcomeLabel: label, note: note || undefined });
              onPanel(null);
            }}
            onCancel={() => onPanel(null)}
          />
        ) : panel === 'snooze' ? (
          <SnoozePanel
            onPick={(until) => {
              actions.mutate({ kind: 'snooze', row, until });
              onPanel(null);
            }}
            onCancel={() => onPanel(null)}
          />
        ) : panel === 'note' ? (
          <NotePanel
            title={`Note on ${row.number}`}
            label="What the next person should know"
            action="Add note"
            onDone={(text) => {
              actions.mutate({ kind: 'note', row, text });
              onPanel(null);
            }}
            onCancel={() => onPanel(null)}
          />
        ) : panel === 'reopen' ? (
          <NotePanel
            title={`Reopen ${row.number}`}
            label="Why it is not settled"
            action="Reopen"
            onDone={(reason) => {
              actions.mutate({ kind: 'reopen', row, reason });
              onPanel(null);
            }}
            onCancel={() => onPanel(null)}
          />
        ) : isResolved ? (
          button('reopen', 'Reopen…', '⇧E', () => onPanel('reopen'))
        ) : (
          <>
            {isMine ? button('release', 'Release', '⇧C', () => actions.mutate({ kind: 'release', row })) : button('claim', 'Claim', 'C', () => actions.mutate({ kind: 'claim', row }), true)}
            {button('note', 'Note', 'M', () => onPanel('note'))}
            <span className="ow-spacer" />
            {button('snooze', 'Snooze', 'H', () => onPanel('snooze'))}
            {button('resolve', 'Resolve', 'E', () => onPanel('resolve'), isMine)}
          </>
        )
      }
    >
      {detail.error ? <ErrorBar onRetry={() => void detail.refetch()}>The case could not be read: {detail.error.message}</ErrorBar> : null}
      {others.length > 0 ? (
        <Section title="Also">
          {others.map((finding) => (
            <p key={`${finding.rule}/${finding.subject}`} className="peek-also">
              <Chip tone={ruleTone(finding.rule)}>{finding.ruleLabel}</Chip> {finding.reason}
            </p>
          ))}
        </Section>
      ) : null}
      {order.isPending ? <SkeletonRows rows={4} rowHeight={44} /> : null}
      {order.error ? <ErrorBar onRetry={() => void order.refetch()}>The order could not be read: {order.error.message}</ErrorBar> : null}
      {items.length > 0 ? <ShortTimeline label="Latest events" items={items} /> : null}
      {detail.data && detail.data.history.length > 0 ? (
        <Section title="On this case">
          {detail.data.history.slice(0, 6).map((entry) => (
            <p key={entry.id} className="peek-history">
              <span>
                {entry.actor} · {entry.what}
                {entry.why ? `: ${entry.why}` : ''}
              </span>
              <time dateTime={entry.at}>{formatTime(entry.at, 'minute')}</time>
            </p>
          ))}
        </Section>
      ) : null}
    </PeekPanel>
  );
};

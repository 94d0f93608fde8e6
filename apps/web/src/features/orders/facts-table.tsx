import { DataTable, formatDuration, formatTime, Icon, RelativeTime, type DataColumn } from '@orderwatch/ui';
import { useMemo } from 'react';
import { useText, type Translate } from '../../shared/i18n';
import { useShownZone } from '../../shared/zone';
import type { Order } from './api';

type Fact = Order['facts'][number];

/** From here on it is worth saying that we heard later than it happened, in milliseconds. */
const LATE_MS = 15 * 60_000;

/** The names of facts of which several values are told. */
export const disputed = (facts: readonly Fact[]): ReadonlySet<string> => {
  const values = new Map<string, Set<string>>();
  for (const { name, value } of facts) values.set(name, (values.get(name) ?? new Set()).add(value));
  return new Set([...values].filter(([, told]) => told.size > 1).map(([name]) => name));
};

export const heardText = (t: Translate, fact: Pick<Fact, 'observedAt' | 'receivedAt'>): string => {
  if (!fact.receivedAt) return '–';
  const when = formatTime(fact.receivedAt, 'minute');
  const late = fact.observedAt ? Date.parse(fact.receivedAt) - Date.parse(fact.observedAt) : 0;
  return late > LATE_MS ? t('order:facts.later', { when, span: formatDuration(late) }) : when;
};

interface ValueProps {
  fact: Fact;
  isDisputed: boolean;
}

const Value = ({ fact, isDisputed }: ValueProps) => {
  const t = useText();
  return (
    <span className={fact.inUse ? undefined : 'ow-dim'} title={fact.rule ?? undefined}>
      {isDisputed && fact.inUse ? <b>{fact.value}</b> : fact.value}
      {isDisputed ? <> · {t(fact.inUse ? 'order:facts.inUse' : 'order:facts.notUsed')}</> : null}
      {isDisputed && fact.inUse && fact.rule ? <small>{fact.rule}</small> : null}
    </span>
  );
};

interface FactsTableProps {
  order: Order;
  onRaw: (inboxId: string) => void;
}

/** Every fact with who said it, when it happened and when we heard; of several values all, and the rule that chose one. */
export const FactsTable = ({ order, onRaw }: FactsTableProps) => {
  const t = useText();
  useShownZone();
  const split = useMemo(() => disputed(order.facts), [order.facts]);
  const columns: DataColumn<Fact>[] = [
    {
      id: 'fact', header: t('order:facts.fact'), width: 130, isRowHeader: true,
      render: (fact) => (
        <>
          {fact.name} {split.has(fact.name) ? <Icon name="unequal" className="ow-blue" /> : null}
        </>
      ),
    },
    { id: 'value', header: t('order:facts.value'), render: (fact) => <Value fact={fact} isDisputed={split.has(fact.name)} /> },
    { id: 'source', header: t('order:facts.source'), width: 120, render: (fact) => fact.source },
    { id: 'observed', header: t('order:facts.observed'), width: 110, render: (fact) => (fact.observedAt ? <time dateTime={fact.observedAt}>{formatTime(fact.observedAt, 'minute')}</time> : '–') },
    { id: 'received', header: t('order:facts.received'), width: 150, render: (fact) => heardText(t, fact) },
    { id: 'age', header: t('order:facts.age'), width: 64, align: 'right', render: (fact) => (fact.observedAt ? <RelativeTime at={fact.observedAt} form="age" /> : '–') },
    {
      id: 'raw', header: t('order:facts.raw'), width: 100,
      render: ({ name, inboxId }) =>
        inboxId ? (
          <button type="button" className="ow-link" aria-label={t('order:facts.openFor', { name })} onClick={() => onRaw(inboxId)}>
            {t('order:facts.open')}
          </button>
        ) : null,
    },
  ];
  return (
    <div className="order-facts-table" tabIndex={0} role="group" aria-label={t('order:facts.label', { name: order.name })}>
      <DataTable label={t('order:facts.label', { name: order.name })} columns={columns} rows={order.facts} rowKey={(fact) => `${fact.name}/${fact.source}/${fact.value}/${fact.eventId ?? ''}`} />
    </div>
  );
};

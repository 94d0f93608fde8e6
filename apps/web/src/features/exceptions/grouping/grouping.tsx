import { type GridGrouping } from '@orderwatch/ui';
import { useMemo, useState } from 'react';
import type { QueueFilter } from '../../../gql';
import { carrierName } from '../../../shared/carriers';
import type { CaseRow } from '../../../shared/cases/types';
import { money, promiseDay } from '../../../shared/format';
import { t, useText } from '../../../shared/i18n';
import type { Grouping } from './groupings';
import type { QueueList } from '../list/use-queue';

/** The group of a row and how it is called. */
const groupOf = (by: Grouping, row: CaseRow): { id: string; label: string } => {
  switch (by) {
    case 'rule':
      return { id: row.rule, label: row.ruleLabel };
    case 'carrier':
      return row.carrier ? { id: row.carrier, label: carrierName(row.carrier) } : { id: '', label: t('queue:group.noCarrier') };
    case 'owner':
      return row.owner ? { id: row.owner.id, label: row.owner.name } : { id: '', label: t('queue:owner.nobody') };
    case 'promise':
      return row.promisedAt ? { id: promiseDay(row.promisedAt), label: promiseDay(row.promisedAt) } : { id: '', label: t('queue:group.noPromise') };
    case 'none':
      return { id: '', label: '' };
  }
};

/** What "next in this group" is narrowed to; groups that are no filter of the server have none. */
const narrowed = (by: Grouping, id: string): QueueFilter | undefined => (id === '' ? undefined : by === 'rule' ? { rules: [id] } : by === 'carrier' ? { carriers: [id] } : undefined);

const atRisk = (rows: readonly CaseRow[]): string => {
  const sums = new Map<string, number>();
  for (const { value } of rows) if (value) sums.set(value.currency, (sums.get(value.currency) ?? 0) + value.minor);
  return [...sums].map(([currency, minor]) => money({ minor, currency }, true)).join(' + ');
};

interface GroupingInput {
  by: Grouping;
  list: QueueList;
  onNext: (narrowed: QueueFilter) => void;
}

/** The list in groups: how many of each are breached and what is at stake, with the next free one of a group in one press. */
export const useGrouping = ({ by, list, onNext }: GroupingInput): GridGrouping<CaseRow> | undefined => {
  const text = useText();
  const [collapsed, setCollapsed] = useState<{ by: Grouping; ids: ReadonlySet<string> }>({ by, ids: new Set() });
  const { order, rowsById, goneIds, page } = list;
  const members = useMemo(() => {
    const groups = new Map<string, { label: string; rows: CaseRow[] }>();
    if (by === 'none') return groups;
    for (const id of order) {
      const row = rowsById.get(id);
      if (!row || goneIds.has(id)) continue;
      const { id: group, label } = groupOf(by, row);
      const known = groups.get(group);
      if (known) known.rows.push(row);
      else groups.set(group, { label, rows: [row] });
    }
    return groups;
  }, [by, order, rowsById, goneIds]);
  if (by === 'none') return undefined;
  const asOf = page ? Date.parse(page.generatedAt) : 0;
  return {
    by,
    pathOf: (row) => [groupOf(by, row).id],
    headOf: (id) => {
      const group = members.get(id);
      const rows = group?.rows ?? [];
      const breached = rows.filter((row) => row.dueAt && Date.parse(row.dueAt) < asOf).length;
      const filter = narrowed(by, id);
      return {
        label: group?.label ?? id,
        breached: breached > 0 ? text('queue:group.breached', { count: breached }) : undefined,
        atRisk: atRisk(rows) ? text('queue:group.atRisk', { sum: atRisk(rows) }) : undefined,
        action: filter ? (
          <button type="button" className="ow-link" onClick={() => onNext(filter)}>
            {text('queue:group.next')}
          </button>
        ) : undefined,
      };
    },
    collapsed: collapsed.by === by ? collapsed.ids : new Set(),
    onCollapsedChange: (ids) => setCollapsed({ by, ids }),
  };
};

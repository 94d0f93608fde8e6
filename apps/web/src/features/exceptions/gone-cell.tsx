import { Chip, formatTime } from '@orderwatch/ui';
import type { ReactNode } from 'react';
import type { CaseRow } from '../../shared/cases/types';

const words = (row: CaseRow): { chip: ReactNode; text: string } => {
  if (row.state === 'resolved') {
    const at = row.resolvedAt ? ` ${formatTime(row.resolvedAt, 'minute').slice(-5)}` : '';
    const how = row.outcome ? `: ${row.outcome.replaceAll('_', ' ')}` : '';
    return { chip: <Chip tone="green">Resolved</Chip>, text: `${row.resolvedBy ? `${row.resolvedBy}${at}` : `closed by itself${at}`}${how}` };
  }
  if (row.state === 'snoozed') return { chip: <Chip tone="line">Snoozed</Chip>, text: row.snoozedUntil ? `until ${formatTime(row.snoozedUntil, 'minute')}` : row.reason };
  if (row.owner) return { chip: <Chip tone="line">Claimed</Chip>, text: `by ${row.owner.name} · ${row.reason}` };
  return { chip: <Chip tone="line">Left this view</Chip>, text: row.reason };
};

/** A row that has left the view stays where it was and says why. */
export const goneCell = (row: CaseRow, columnId: string): ReactNode | undefined => {
  if (columnId === 'due') return '–';
  if (columnId === 'why') {
    const { chip, text } = words(row);
    return (
      <>
        {chip}
        <span>{text}</span>
      </>
    );
  }
  return columnId === 'owner' ? '–' : undefined;
};

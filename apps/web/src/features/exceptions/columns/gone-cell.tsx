import { Chip, formatTime, type Tone } from '@orderwatch/ui';
import type { ReactNode } from 'react';
import type { CaseRow } from '../../../shared/cases/types';
import { t } from '../../../shared/i18n';

const words = (row: CaseRow): { tone: Tone; chip: string; text: string } => {
  if (row.state === 'resolved') {
    const at = row.resolvedAt ? formatTime(row.resolvedAt, 'hour') : '';
    const who = row.resolvedBy ? t('queue:gone.by', { name: row.resolvedBy, at }) : t('queue:gone.byItself', { at });
    return { tone: 'green', chip: t('queue:gone.resolved'), text: row.outcome && row.resolvedBy ? t('queue:gone.as', { who, outcome: row.outcome.replaceAll('_', ' ') }) : who };
  }
  if (row.state === 'snoozed') {
    const until = row.snoozedUntil ? formatTime(row.snoozedUntil, 'minute') : '';
    return { tone: 'line', chip: t('queue:state.snoozed'), text: row.snoozeText ? t('queue:snooze.untilOr', { condition: row.snoozeText, until }) : t('queue:snooze.until', { until }) };
  }
  if (row.owner) return { tone: 'line', chip: t('queue:state.claimed'), text: t('queue:gone.claimedBy', { name: row.owner.name, reason: row.reason }) };
  return { tone: 'line', chip: t('queue:gone.left'), text: row.reason };
};

/** A row that has left the view stays where it was and says why. */
export const goneCell = (row: CaseRow, columnId: string): ReactNode | undefined => {
  if (columnId === 'due') return '–';
  if (columnId === 'why') {
    const { tone, chip, text } = words(row);
    return (
      <>
        <Chip tone={tone}>{chip}</Chip>
        <span>{text}</span>
      </>
    );
  }
  return columnId === 'owner' || columnId === 'status' ? '–' : undefined;
};

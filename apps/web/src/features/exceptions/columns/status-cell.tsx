import { formatTime } from '@orderwatch/ui';
import type { CaseRow } from '../../../shared/cases/types';
import { t, type LabelKey } from '../../../shared/i18n';

const states: Readonly<Record<CaseRow['state'], LabelKey>> = {
  new: 'queue:state.new',
  claimed: 'queue:state.claimed',
  waiting: 'queue:state.waiting',
  snoozed: 'queue:state.snoozed',
  resolved: 'queue:state.resolved',
};

/** Where the case stands, and what it waits for. */
export const statusText = (row: CaseRow): string => {
  if (row.state === 'snoozed' && row.snoozedUntil) {
    const until = formatTime(row.snoozedUntil, 'minute');
    return row.snoozeText ? t('queue:snooze.untilOr', { condition: row.snoozeText, until }) : t('queue:snooze.until', { until });
  }
  if (row.state === 'waiting' && row.waitingFor) return t('queue:state.waitingFor', { what: row.waitingFor });
  return t(states[row.state]);
};

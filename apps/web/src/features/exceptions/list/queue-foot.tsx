import { formatDuration, GridFooter } from '@orderwatch/ui';
import { useQuery } from '@tanstack/react-query';
import { useAnnounced } from '../../../shared/announce';
import { useText } from '../../../shared/i18n';
import { paceQuery } from '../api';
import { filterOf, type QueueSearch } from '../search';
import { viewOf } from '../views';
import type { QueueList } from './use-queue';

const HOUR = 3_600_000;
/** What is done within the hour needs no forecast, and nobody plans by one of more than two days. */
const WORTH_SAYING = { from: 1, to: 48 } as const;

/** How long what waits takes at the pace of the last hours, milliseconds; undefined when that says nothing. */
export const timeLeft = (waiting: number, perHour: number | undefined): number | undefined => {
  if (perHour === undefined || perHour <= 0) return undefined;
  const hours = waiting / perHour;
  return hours >= WORTH_SAYING.from && hours <= WORTH_SAYING.to ? hours * HOUR : undefined;
};

/** Counts of views stop here. */
const CAP = 100;

/** Below the list: what was said last, else how many there are and how long they take; and the keys one uses most. */
export const QueueFoot = ({ list, search }: { list: QueueList; search: QueueSearch }) => {
  const t = useText();
  const said = useAnnounced();
  const { page } = list;
  const { view } = search;
  const counted = viewOf(view).count;
  const of = page && counted ? page.counts[counted] : undefined;
  const isFiltered = filterOf(search) !== undefined;
  // How many there are is not how many match: of the second the first is said only where it was counted to the end.
  const total = !isFiltered ? (view === 'resolved' ? 'queue:foot.resolved' : 'queue:foot.open') : typeof of === 'number' && of < CAP ? 'queue:foot.matchOf' : 'queue:foot.match';
  const isWork = view === 'next_up' || view === 'all';
  const { data: pace } = useQuery({ ...paceQuery, enabled: isWork });
  const left = isWork && page && !isFiltered ? timeLeft(page.total, pace) : undefined;
  return (
    <GridFooter
      hints={[
        { keys: ['J', 'K'], label: t('queue:hint.move') },
        { keys: ['C'], label: t('queue:hint.claim') },
        { keys: ['H'], label: t('queue:hint.snooze') },
        { keys: ['E'], label: t('queue:hint.resolve') },
        { keys: ['?'], label: t('queue:hint.keys') },
      ]}
    >
      {said.text ? (
        <span className={said.tone === 'assertive' ? 'ow-red' : undefined}>{said.text}</span>
      ) : page ? (
        <>
          {t(total, { count: page.total, of: of ?? 0, rules: page.rulesOn })}
          {left === undefined ? null : ` · ${t('queue:foot.pace', { span: formatDuration(left) })}`}
        </>
      ) : null}
    </GridFooter>
  );
};

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { carrierName } from '../../../shared/carriers';
import { listText } from '../../../shared/format';
import { useText } from '../../../shared/i18n';
import { feedLateQuery } from '../api';
import { filterOf, type QueueSearch } from '../search';
import type { QueueList } from './use-queue';

/** From so many on it is worth a line of its own. */
const MANY = 3;

/** Says that cases may be ours and not the carrier's: their feed is silent, so that nothing is known of their parcels. */
export const LateFeeds = ({ list, search }: { list: QueueList; search: QueueSearch }) => {
  const t = useText();
  const late = useMemo(() => list.order.flatMap((id) => list.rowsById.get(id) ?? []).filter((row) => row.feedLate), [list.order, list.rowsById]);
  // Those on the screen are only the first of them: where there are more rows, the server counts.
  const isMore = late.length >= MANY && (list.page?.total ?? 0) > list.order.length;
  const { data: counted } = useQuery({ ...feedLateQuery(search.view, filterOf(search)), enabled: isMore });
  const count = Math.max(late.length, isMore ? (counted ?? 0) : 0);
  if (late.length < MANY) return null;
  const carriers = [...new Set(late.flatMap((row) => (row.carrier ? [carrierName(row.carrier)] : [])))];
  return (
    <p className="queue-late">
      {t('queue:late.note', { count, carriers: listText(carriers) })} <Link to="/queue" search={(old: Record<string, unknown>) => ({ ...old, feed: 'late', case: undefined })}>
        {t('queue:late.only')}
      </Link>{' '}
      · <Link to="/health">{t('queue:late.link')}</Link>
    </p>
  );
};

import { Button, EmptyState, RelativeTime } from '@orderwatch/ui';
import { useQuery } from '@tanstack/react-query';
import { useText } from '../../../shared/i18n';
import { chipsOf, without } from '../filter/filter-chips';
import { firstWakingQuery, reliefQuery } from '../api';
import type { SearchChange } from '../filter/filter-fields';
import { filterOf, type QueueSearch } from '../search';
import type { QueueList } from './use-queue';
import type { View } from '../views';

/** Counts stop here. */
const CAP = 100;

interface QueueEmptyProps {
  list: QueueList;
  view: View;
  search: QueueSearch;
  /** Takes all filters away. */
  onClear: () => void;
  onChange: (change: SearchChange) => void;
}

/** Why no row is shown: it could not be read, everything is filtered out, or there is nothing; never the same words. */
export const QueueEmpty = ({ list, view, search, onClear, onChange }: QueueEmptyProps) => {
  const t = useText();
  const chips = chipsOf(search);
  const isBare = list.page !== undefined && chips.length === 0;
  const { data: waking } = useQuery({ ...firstWakingQuery, enabled: isBare && (view.id === 'next_up' || view.id === 'mine') });
  const filter = filterOf(search);
  const { data: relief } = useQuery({ ...reliefQuery(view.id, filter ?? {}), enabled: list.page !== undefined && chips.length > 1 });
  if (list.error && !list.page) {
    return (
      <EmptyState kind="nothing" title={t('queue:empty.failed')} action={<Button onClick={list.refetch}>{t('queue:empty.retry')}</Button>}>
        {list.error.message}
      </EmptyState>
    );
  }
  if (!list.page) return null;
  if (chips.length > 0) {
    // The one filter without which most would be listed; when none alone excludes them all, only taking all away helps.
    const culprit = [...(relief ?? [])].sort((a, b) => b.count - a.count).find(({ count }) => count > 0);
    const chip = chips.find(({ id }) => id === culprit?.field);
    const of = view.count ? list.page.counts[view.count] : undefined;
    return (
      <EmptyState
        kind="filtered"
        title={typeof of === 'number' ? t('queue:empty.noneOf', { count: of }) : t('queue:empty.noMatch')}
        action={
          <span className="queue-empty-acts">
            {culprit && chip ? (
              <Button variant="primary" onClick={() => onChange(without[chip.id] ?? {})}>
                {t(culprit.count >= CAP ? 'queue:empty.clearOneMany' : 'queue:empty.clearOne', { count: culprit.count, field: chip.field, value: chip.value })}
              </Button>
            ) : null}
            <Button onClick={onClear}>{t(chips.length === 1 ? 'queue:empty.clearOnly' : 'queue:empty.clear', { field: chips[0]?.field ?? '' })}</Button>
          </span>
        }
      >
        {chips.map((each) => `${each.field} ${each.value}`).join(' · ')}
      </EmptyState>
    );
  }
  return (
    <EmptyState kind="nothing" title={t(view.empty)}>
      {t('queue:empty.rules', { count: list.page.rulesOn })}{' '}
      {waking ? (
        <>
          {t('queue:empty.waking')} <RelativeTime at={waking} />.
        </>
      ) : null}
    </EmptyState>
  );
};

import { Button, EmptyState } from '@orderwatch/ui';
import { carrierName } from '../../shared/carriers';
import { useText } from '../../shared/i18n';
import type { StuckSearch } from './search';
import type { StuckList } from './use-stuck';

interface StuckEmptyProps {
  list: StuckList;
  search: StuckSearch;
  onClear: () => void;
}

/** Why no row is shown: it could not be read, it is elsewhere, or nothing is stuck; never the same words. */
export const StuckEmpty = ({ list, search, onClear }: StuckEmptyProps) => {
  const t = useText();
  const { page, error } = list;
  if (error && !page) {
    return (
      <EmptyState kind="nothing" title={t('stuck:empty.failed')} action={<Button onClick={list.refetch}>{t('stuck:empty.retry')}</Button>}>
        {error.message}
      </EmptyState>
    );
  }
  if (!page) return null;
  const unknown = page.unknown > 0 && !search.feedLate ? t('stuck:empty.unknown', { count: page.unknown }) : null;
  if (search.carrier !== undefined) {
    const elsewhere = page.groups.reduce((n, group) => n + group.count, 0);
    return (
      <EmptyState kind="filtered" title={t('stuck:empty.there')} action={<Button onClick={onClear}>{t('stuck:empty.all')}</Button>}>
        <span translate="no">{[carrierName(search.carrier), search.facility].filter(Boolean).join(', ')}</span>
        {'. '}
        {elsewhere > 0 ? t('stuck:empty.noneOf', { count: elsewhere }) : null} {unknown}
      </EmptyState>
    );
  }
  return (
    <EmptyState kind="nothing" title={t('stuck:empty.nothing')}>
      {unknown ?? t('stuck:empty.soon')}
    </EmptyState>
  );
};

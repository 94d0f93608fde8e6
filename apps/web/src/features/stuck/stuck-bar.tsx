import { FilterChips, formatCount } from '@orderwatch/ui';
import { carrierName } from '../../shared/carriers';
import { useText } from '../../shared/i18n';
import { Ages } from './ages';
import type { StuckSearch } from './search';
import type { StuckPage } from './use-stuck';

interface StuckBarProps {
  search: StuckSearch;
  page: StuckPage | undefined;
  /** The leg in words. */
  legName: string | undefined;
  onToggleLate: () => void;
  onToggleGroup: () => void;
  onClearPlace: () => void;
  onExport: () => void;
}

/** What is listed and how. */
export const StuckBar = ({ search, page, legName, onToggleLate, onToggleGroup, onClearPlace, onExport }: StuckBarProps) => {
  const t = useText();
  const { carrier, facility, feedLate, group } = search;
  const where = carrier === undefined ? [] : [carrierName(carrier), facility, legName].filter((part) => part !== undefined);
  const unknown = page?.unknown ?? 0;
  return (
    <FilterChips
      label={t('queue:filter.label')}
      chips={where.length > 0 ? [{ id: 'where', field: t('stuck:bar.where'), value: where.join(', ') }] : []}
      onRemove={onClearPlace}
      removeLabel={() => t('stuck:bar.allPlaces')}
      add={
        <>
          <button type="button" className="ow-filter" aria-pressed={feedLate ?? false} aria-keyshortcuts="T" onClick={onToggleLate}>
            {t('stuck:bar.feedLate')} <b>{feedLate ? t('stuck:bar.shown') : unknown > 0 ? t('stuck:bar.apart', { n: formatCount(unknown) }) : t('stuck:bar.none')}</b>
          </button>
          {page ? <Ages page={page} /> : null}
        </>
      }
      aside={
        <span className="st-aside">
          <span className="st-sorted">{t(group === 'none' || facility !== undefined ? 'stuck:bar.worst' : 'stuck:bar.byPlace')}</span>
          <button type="button" className="ow-filter" data-quiet aria-keyshortcuts="B" onClick={onToggleGroup}>
            {t('stuck:bar.group', { by: t(group === 'none' ? 'stuck:bar.flat' : 'stuck:bar.place') })}
          </button>
          <button type="button" className="ow-filter" data-quiet title={t('stuck:command.export')} onClick={onExport}>
            {t('stuck:export.button')}
          </button>
        </span>
      }
    />
  );
};

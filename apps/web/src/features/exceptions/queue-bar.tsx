import { Button, HoldSwitch } from '@orderwatch/ui';
import { memo } from 'react';
import { useText } from '../../shared/i18n';
import { useSteady } from '../../shared/use-steady';
import { ColumnsMenu } from './columns/columns-menu';
import { currencyOf } from './columns/currency';
import type { SearchChange } from './filter/filter-fields';
import { FilterMenu } from './filter/filter-menu';
import { GroupMenu } from './grouping/group-menu';
import type { QueueSearch } from './search';
import { SortMenu } from './sort-menu';
import type { QueueList } from './list/use-queue';
import type { View } from './views';
import { ViewsMenu } from './views/views-menu';
import type { SavedViews } from './views/use-saved-views';

export type OpenMenu = 'filter' | 'sort' | 'group' | 'views' | 'columns' | null;

interface QueueBarProps {
  list: QueueList;
  view: View;
  search: QueueSearch;
  saved: SavedViews;
  menu: OpenMenu;
  onMenu: (menu: OpenMenu) => void;
  onChange: (change: SearchChange) => void;
  onGo: (search: QueueSearch) => void;
  onSaveAs: () => void;
  onExport: () => void;
  /** Set when what is listed is one colleague's, and one may release it. */
  onHandOver: (() => void) | undefined;
}

interface BarProps extends Pick<QueueBarProps, 'view' | 'search' | 'saved' | 'menu' | 'onMenu' | 'onChange' | 'onGo' | 'onSaveAs' | 'onExport'> {
  /** In which values are written. */
  currency: string;
  isHeld: boolean;
  onHold: (isHeld: boolean) => void;
  canHandOver: boolean;
  onHandOver: () => void;
}

const Bar = memo(({ currency, isHeld, onHold, canHandOver, view, search, saved, menu, onMenu, onChange, onGo, onSaveAs, onExport, onHandOver }: BarProps) => {
  const t = useText();
  const opening =
    (which: OpenMenu) =>
    (isOpen: boolean): void =>
      onMenu(isOpen ? which : null);
  return (
    <FilterMenu
      search={search}
      currency={currency}
      onChange={onChange}
      isOpen={menu === 'filter'}
      onOpenChange={opening('filter')}
      aside={
        <span className="queue-aside">
          {canHandOver ? (
            <Button compact onClick={onHandOver}>
              {t('queue:command.handOver')}
            </Button>
          ) : null}
          {view.id === 'resolved' ? (
            <span className="queue-sorted">{t('queue:sorted.newest')}</span>
          ) : (
            <SortMenu by={search.sort ?? 'due'} isSnoozed={view.id === 'snoozed'} isOpen={menu === 'sort'} onOpenChange={opening('sort')} onChange={(sort) => onChange({ sort: sort === 'due' ? undefined : sort })} />
          )}
          <GroupMenu by={search.group ?? 'none'} isOpen={menu === 'group'} onOpenChange={opening('group')} onChange={(group) => onChange({ group: group === 'none' ? undefined : group })} />
          <ViewsMenu saved={saved} search={search} isOpen={menu === 'views'} onOpenChange={opening('views')} onGo={onGo} onSaveAs={onSaveAs} />
          <ColumnsMenu isOpen={menu === 'columns'} onOpenChange={opening('columns')} />
          <button type="button" className="ow-filter" data-quiet title={t('queue:command.export')} onClick={onExport}>
            {t('queue:export.button')}
          </button>
          <HoldSwitch isHeld={isHeld} onChange={onHold} />
        </span>
      }
    />
  );
});

/** What is listed and how: filters, groups, saved views, the list as a file, and whether it stands still. Its menus are not drawn again for each change of a row. */
export const QueueBar = ({ list, view, search, saved, menu, onMenu, onChange, onGo, onSaveAs, onExport, onHandOver }: QueueBarProps) => {
  const acts = useSteady({ onMenu, onChange, onGo, onSaveAs, onExport, onHandOver: () => onHandOver?.() });
  return <Bar currency={currencyOf(list)} isHeld={list.isHeld} onHold={list.setHeld} canHandOver={onHandOver !== undefined} view={view} search={search} saved={saved} menu={menu} {...acts} />;
};

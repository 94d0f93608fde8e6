import type { TabItem } from '@orderwatch/ui';
import { useText } from '../../../shared/i18n';
import type { QueueSearch } from '../search';
import { viewOf, views, type Counts } from '../views';
import type { SavedViews } from './use-saved-views';
import { isChanged, searchOf } from './view-query';

const SAVED = 'saved:';

interface TabsInput {
  search: QueueSearch;
  counts: Counts | undefined;
  saved: SavedViews;
  onGo: (search: QueueSearch) => void;
}

/** The built-in views and the pinned ones as tabs; a saved view that was changed carries a dot. */
export const useViewTabs = ({ search, counts, saved, onGo }: TabsInput): { items: TabItem[]; value: string; onChange: (id: string) => void } => {
  const t = useText();
  const current = saved.pinned.find(({ id }) => id === search.saved);
  const own = saved.pinned.map((view): TabItem => {
    const hasChanged = view.id === search.saved && isChanged(search, view.query);
    return { id: SAVED + view.id, label: hasChanged ? t('queue:views.changed', { name: view.name }) : view.name, count: saved.countOf(view.id) };
  });
  const built = views.map(({ id, label, count }): TabItem => {
    const n = count && counts?.[count];
    return { id, label: t(label), count: typeof n === 'number' ? n : undefined };
  });
  const onChange = (id: string): void => {
    const view = saved.pinned.find((each) => SAVED + each.id === id);
    if (view) onGo(searchOf(view.id, view.query));
    else onGo({ view: viewOf(id as QueueSearch['view']).id, ...(search.group && !current ? { group: search.group } : {}), ...(search.sort && !current ? { sort: search.sort } : {}) });
  };
  return { items: [...built, ...own], value: current ? SAVED + current.id : search.view, onChange };
};

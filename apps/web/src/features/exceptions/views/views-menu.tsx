import { Menu } from '@mantine/core';
import { Kbd } from '@orderwatch/ui';
import { useText } from '../../../shared/i18n';
import type { QueueSearch } from '../search';
import type { SavedView, SavedViews } from './use-saved-views';
import { readyViews } from './ready-views';
import { isChanged, searchOf } from './view-query';

/** The server keeps no more in the row of tabs. */
const MOST_PINNED = 12;
const OUTSIDE = ['mousedown', 'touchstart'];

interface ViewsMenuProps {
  saved: SavedViews;
  search: QueueSearch;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  onGo: (search: QueueSearch) => void;
  onSaveAs: () => void;
}

/** Saved views: open one, keep what is shown as one, take one into the row of tabs. The address is the truth, a view only its name. */
export const ViewsMenu = ({ saved, search, isOpen, onOpenChange, onGo, onSaveAs }: ViewsMenuProps) => {
  const t = useText();
  const { views, pinned, act } = saved;
  const current = views.find(({ id }) => id === search.saved);
  const hasChanged = current !== undefined && isChanged(search, current.query);
  const ids = pinned.map(({ id }) => id);
  const isPinned = current !== undefined && ids.includes(current.id);
  const pin = (view: SavedView): void => act.mutate({ kind: 'pin', ids: isPinned ? ids.filter((id) => id !== view.id) : [...ids, view.id] });
  const list = (title: string, some: readonly SavedView[]) =>
    some.length === 0 ? null : (
      <>
        <Menu.Label>{title}</Menu.Label>
        {some.map((view) => (
          <Menu.Item key={view.id} translate="no" rightSection={view.id === search.saved ? '✓' : null} title={view.purpose ?? undefined} onClick={() => onGo(searchOf(view.id, view.query))}>
            {view.name}
          </Menu.Item>
        ))}
      </>
    );
  return (
    <Menu opened={isOpen} onChange={onOpenChange} position="bottom-end" shadow="md" width={260} transitionProps={{ duration: 0 }} clickOutsideEvents={OUTSIDE}>
      <Menu.Target>
        <button type="button" className="ow-filter" data-quiet aria-keyshortcuts="V">
          {current ? t(hasChanged ? 'queue:views.changed' : 'queue:views.current', { name: current.name }) : t('queue:views.button')} <Kbd hidden>V</Kbd>
        </button>
      </Menu.Target>
      <Menu.Dropdown mah={420} style={{ overflow: 'auto' }}>
        {hasChanged && current.canChange ? <Menu.Item onClick={() => act.mutate({ kind: 'update', view: current, search })}>{t('queue:views.save', { name: current.name })}</Menu.Item> : null}
        <Menu.Item onClick={onSaveAs}>{t('queue:views.saveAs')}</Menu.Item>
        {hasChanged ? <Menu.Item onClick={() => onGo(searchOf(current.id, current.query))}>{t('queue:views.reset')}</Menu.Item> : null}
        {current && (isPinned || ids.length < MOST_PINNED) ? <Menu.Item onClick={() => pin(current)}>{t(isPinned ? 'queue:views.unpin' : 'queue:views.pin')}</Menu.Item> : null}
        {current?.canChange ? (
          <Menu.Item
            color="red"
            onClick={() => {
              act.mutate({ kind: 'delete', view: current });
              onGo({ ...search, saved: undefined } as QueueSearch);
            }}
          >
            {t('queue:views.delete')}
          </Menu.Item>
        ) : null}
        <Menu.Label>{t('queue:views.ready')}</Menu.Label>
        {readyViews.map(({ id, name, purpose, search: to }) => (
          <Menu.Item key={id} title={t(purpose)} onClick={() => onGo(to)}>
            {t(name)}
          </Menu.Item>
        ))}
        {list(t('queue:views.own'), views.filter((view) => !view.isTeam))}
        {list(t('queue:views.team'), views.filter((view) => view.isTeam))}
      </Menu.Dropdown>
    </Menu>
  );
};

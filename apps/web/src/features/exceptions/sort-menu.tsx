import { Menu } from '@mantine/core';
import { Kbd } from '@orderwatch/ui';
import type { QueueSort } from '../../gql';
import { useText } from '../../shared/i18n';
import { asRadio } from './menu-roles';
import { sorts, sortWords } from './sorts';

const OUTSIDE = ['mousedown', 'touchstart'];

interface SortMenuProps {
  by: QueueSort;
  /** What is put off is sorted by its waking instead of a deadline. */
  isSnoozed: boolean;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  onChange: (by: QueueSort) => void;
}

/** What the list is sorted by. */
export const SortMenu = ({ by, isSnoozed, isOpen, onOpenChange, onChange }: SortMenuProps) => {
  const t = useText();
  return (
    <Menu opened={isOpen} onChange={onOpenChange} position="bottom-end" shadow="md" width={230} transitionProps={{ duration: 0 }} clickOutsideEvents={OUTSIDE}>
      <Menu.Target>
        <button type="button" className="ow-filter" data-quiet={by === 'due' || undefined} aria-keyshortcuts="S">
          {t('queue:sort.button', { by: t(isSnoozed && by === 'due' ? 'queue:sort.waking' : sortWords[by].label) })} <Kbd hidden>S</Kbd>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {sorts.map((each) => (
          <Menu.Item key={each} renderRoot={asRadio} aria-checked={each === by} rightSection={each === by ? '✓' : null} onClick={() => onChange(each)}>
            {t(isSnoozed && each === 'due' ? 'queue:sortMenu.waking' : sortWords[each].menu)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
};

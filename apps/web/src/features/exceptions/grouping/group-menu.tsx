import { Menu } from '@mantine/core';
import { Kbd } from '@orderwatch/ui';
import { useText } from '../../../shared/i18n';
import { groupingLabels, groupings, type Grouping } from './groupings';
import { asRadio } from '../menu-roles';

const OUTSIDE = ['mousedown', 'touchstart'];

interface GroupMenuProps {
  by: Grouping;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  onChange: (by: Grouping) => void;
}

/** What the list is grouped by. */
export const GroupMenu = ({ by, isOpen, onOpenChange, onChange }: GroupMenuProps) => {
  const t = useText();
  return (
    <Menu opened={isOpen} onChange={onOpenChange} position="bottom-end" shadow="md" width={180} transitionProps={{ duration: 0 }} clickOutsideEvents={OUTSIDE}>
      <Menu.Target>
        <button type="button" className="ow-filter" data-quiet={by === 'none' || undefined} aria-keyshortcuts="B">
          {t('queue:group.button', { by: t(groupingLabels[by]) })} <Kbd hidden>B</Kbd>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {groupings.map((each) => (
          <Menu.Item key={each} renderRoot={asRadio} aria-checked={each === by} rightSection={each === by ? '✓' : null} onClick={() => onChange(each)}>
            {t(groupingLabels[each])}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
};

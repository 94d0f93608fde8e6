import { Menu } from '@mantine/core';
import { useText } from '../../../shared/i18n';
import { ColumnItems } from './column-items';

const OUTSIDE = ['mousedown', 'touchstart'];

interface ColumnsMenuProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

/** Which columns the list has. */
export const ColumnsMenu = ({ isOpen, onOpenChange }: ColumnsMenuProps) => {
  const t = useText();
  return (
    <Menu opened={isOpen} onChange={onOpenChange} position="bottom-end" shadow="md" width={230} closeOnItemClick={false} transitionProps={{ duration: 0 }} clickOutsideEvents={OUTSIDE}>
      <Menu.Target>
        <button type="button" className="ow-filter" data-quiet>
          {t('queue:columns.button')}
        </button>
      </Menu.Target>
      <Menu.Dropdown mah={460} style={{ overflow: 'auto' }}>
        <ColumnItems />
      </Menu.Dropdown>
    </Menu>
  );
};

import { Menu } from '@mantine/core';
import { useText } from '../../../shared/i18n';
import { changePreferences, usePreferences } from '../../../shared/preferences';
import { asCheckbox } from '../menu-roles';
import { choosable, chosenColumns, usualColumns } from './column-choice';

/** The columns a person can leave out or add; kept for them on every machine. What is chosen is shown as far as there is room. */
export const ColumnItems = () => {
  const t = useText();
  const { columns } = usePreferences();
  const chosen = chosenColumns(columns.queue);
  // With one that always stays: a choice of none of them is a choice, too, and the server keeps no empty list.
  const keep = (next: readonly string[]): void => changePreferences({ columns: { ...columns, queue: ['why', ...next] } });
  return (
    <>
      {choosable.map((id) => {
        const isOn = chosen.includes(id);
        return (
          <Menu.Item key={id} renderRoot={asCheckbox} aria-checked={isOn} rightSection={isOn ? '✓' : null} onClick={() => keep(choosable.filter((each) => (each === id ? !isOn : chosen.includes(each))))}>
            {t(`queue:column.${id}`)}
          </Menu.Item>
        );
      })}
      <Menu.Divider />
      <Menu.Item onClick={() => keep(usualColumns)}>{t('queue:columns.usual')}</Menu.Item>
      <Menu.Label>{t('queue:columns.room')}</Menu.Label>
    </>
  );
};

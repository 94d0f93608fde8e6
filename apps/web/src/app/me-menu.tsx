import { Menu } from '@mantine/core';
import { Avatar, Icon } from '@orderwatch/ui';
import { Link } from '@tanstack/react-router';
import { useText } from '../shared/i18n';
import { changePreferences, usePreferences, type ThemeChoice } from '../shared/preferences';

interface MeMenuProps {
  name: string;
  role: string;
  onLeave: () => void;
}

const themes: readonly ThemeChoice[] = ['light', 'dark', 'contrast', 'auto'];

export const MeMenu = ({ name, role, onLeave }: MeMenuProps) => {
  const t = useText();
  const { theme } = usePreferences();
  return (
    <Menu position="top-start" shadow="md" width={220} transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <button type="button">
          <span aria-hidden="true" translate="no">
            <Avatar name={name} />
          </span>
          <span className="ow-clip" translate="no">
            {name}
          </span>
          <span className="ow-sr">{t('frame:me.menu')}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <span translate="no">{name}</span> · {role}
        </Menu.Label>
        {themes.map((each) => (
          <Menu.Item key={each} role="menuitemradio" aria-checked={theme === each} rightSection={theme === each ? <Icon name="check" /> : null} onClick={() => changePreferences({ theme: each })}>
            {t(`frame:command.${each}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item component={Link} to="/settings" leftSection={<Icon name="sliders" />}>
          {t('frame:me.settings')}
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="exit" />} onClick={onLeave}>
          {t('frame:me.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};

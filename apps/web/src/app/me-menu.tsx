import { Menu } from '@mantine/core';
import { Avatar, Icon, useScheme, type SchemeChoice } from '@orderwatch/ui';

interface MeMenuProps {
  name: string;
  role: string;
  onLeave: () => void;
}

const schemes: readonly { id: SchemeChoice; label: string }[] = [
  { id: 'light', label: 'Light colours' },
  { id: 'dark', label: 'Dark colours' },
  { id: 'auto', label: 'Colours of the system' },
];

export const MeMenu = ({ name, role, onLeave }: MeMenuProps) => {
  const scheme = useScheme();
  return (
    <Menu position="top-start" shadow="md" width={220} transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <button type="button">
          <span aria-hidden="true">
            <Avatar name={name} />
          </span>
          <span className="ow-clip">{name}</span>
          <span className="ow-sr">, settings and sign out</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {name} · {role}
        </Menu.Label>
        {schemes.map(({ id, label }) => (
          <Menu.Item key={id} role="menuitemradio" aria-checked={scheme.choice === id} rightSection={scheme.choice === id ? <Icon name="check" /> : null} onClick={() => scheme.set(id)}>
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="exit" />} onClick={onLeave}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};

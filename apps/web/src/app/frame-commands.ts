import { useScheme } from '@orderwatch/ui';
import { useNavigate } from '@tanstack/react-router';
import { announce } from '../shared/announce';
import { undoLast } from '../shared/activity';
import { sharedKeys, useCommands, type Command } from '../shared/commands';
import { t } from '../shared/i18n';
import { changePreferences, type Density, type ThemeChoice } from '../shared/preferences';
import { nextZone, zoneMode } from '../shared/zone';
import { railEntries, type Role } from './rail';
import { focusSearch } from './search';

interface Layers {
  openPalette: () => void;
  openKeys: () => void;
  openActivity: () => void;
  leave: () => void;
}

const themes: readonly ThemeChoice[] = ['auto', 'light', 'dark', 'contrast'];
const densities: readonly Density[] = ['compact', 'default', 'roomy'];

/** Copies the address of the screen as it stands; a page that has an item in hand offers its number instead. */
const copyAddress = (): void => void navigator.clipboard?.writeText(window.location.href);

/** What works on every screen. */
export const useFrameCommands = (role: Role, layers: Layers): void => {
  const navigate = useNavigate();
  const scheme = useScheme();
  const goTo = railEntries
    .filter((entry) => entry.roles.includes(role))
    .map((entry): Command => ({ id: `go.${entry.id}`, keys: [`g ${entry.key}`], label: entry.command, section: 'go', scope: 'global', run: () => void navigate({ to: entry.href }) }));
  const cycleZone = (): void => {
    const next = nextZone(zoneMode());
    void navigate({ to: '.', search: (old: Record<string, unknown>) => ({ ...old, tz: next === 'mine' ? undefined : next }), replace: true, resetScroll: false } as never);
    announce(t('frame:zone.said', { zone: t(`frame:zone.${next}`) }));
  };
  useCommands([
    ...goTo,
    { ...sharedKeys.activity, section: 'go', scope: 'global', run: layers.openActivity },
    { id: 'go.settings', label: 'frame:command.settings', section: 'settings', scope: 'global', run: () => void navigate({ to: '/settings' }) },
    { id: 'palette', keys: ['Mod+K'], label: 'frame:command.palette', section: 'general', scope: 'global', isKeyOnly: true, run: layers.openPalette },
    { ...sharedKeys.search, section: 'general', scope: 'global', run: focusSearch },
    { ...sharedKeys.keys, section: 'general', scope: 'global', run: layers.openKeys },
    { ...sharedKeys.undo, section: 'general', scope: 'global', run: undoLast },
    { ...sharedKeys.copy, section: 'general', scope: 'global', run: copyAddress },
    { ...sharedKeys.zone, section: 'general', scope: 'global', run: cycleZone },
    ...themes.map((theme): Command => ({
      id: `theme.${theme}`,
      label: `frame:command.${theme}`,
      section: 'settings',
      scope: 'global',
      run: () => {
        changePreferences({ theme });
        if (theme !== 'contrast') scheme.set(theme);
      },
    })),
    ...densities.map((density): Command => ({ id: `density.${density}`, label: `frame:command.${density}`, section: 'settings', scope: 'global', run: () => changePreferences({ density }) })),
    { id: 'signOut', label: 'frame:command.signOut', section: 'settings', scope: 'global', run: layers.leave },
  ]);
};

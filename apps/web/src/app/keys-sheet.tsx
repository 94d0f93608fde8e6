import './layers.css';
import { Kbd } from '@orderwatch/ui';
import { Link } from '@tanstack/react-router';
import { allCommands, keyCaps, keysOf, useCommandsVersion, type Command, type CommandSection } from '../shared/commands';
import { Dialog } from '../shared/dialog';
import { useText, type LabelKey } from '../shared/i18n';
import { usePreferences } from '../shared/preferences';

const heads: Readonly<Record<CommandSection, LabelKey>> = {
  item: 'frame:keys.item',
  list: 'frame:keys.list',
  go: 'frame:keys.go',
  general: 'frame:keys.general',
  settings: 'frame:keys.settings',
};

const sections = Object.keys(heads) as CommandSection[];

const Caps = ({ keys }: { keys: string }) =>
  keys.split(' ').map((key, i) => (
    <span key={i}>
      {keyCaps(key).map((cap, j) => (
        <Kbd key={j}>{cap}</Kbd>
      ))}
    </span>
  ));

const Line = ({ command }: { command: Command }) => {
  const t = useText();
  return (
    <div>
      <dt>
        {keysOf(command).map((keys) => (
          <Caps key={keys} keys={keys} />
        ))}
      </dt>
      <dd>{t(command.label)}</dd>
    </div>
  );
};

/** The keys of this screen, and those that work everywhere: what the list of commands holds at this moment. */
export const KeysSheet = ({ onClose }: { onClose: () => void }) => {
  const t = useText();
  useCommandsVersion();
  const { keyboard } = usePreferences();
  const withKeys = allCommands().filter((command) => keysOf(command).length > 0);
  return (
    <Dialog title={t('frame:keys.title')} onClose={onClose} size={640}>
      {keyboard.singles ? null : <p className="ow-dim">{t('frame:keys.off')}</p>}
      <div className="keys">
        {sections.map((section) => {
          const commands = withKeys.filter((command) => command.section === section);
          return commands.length === 0 ? null : (
            <section key={section}>
              <h3>{t(heads[section])}</h3>
              <dl>
                {commands.map((command) => (
                  <Line key={command.id} command={command} />
                ))}
              </dl>
            </section>
          );
        })}
      </div>
      <p className="keys-foot">
        <Link to="/settings" onClick={onClose}>
          {t('frame:keys.change')}
        </Link>
      </p>
    </Dialog>
  );
};

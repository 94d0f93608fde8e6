import { Button, Kbd } from '@orderwatch/ui';
import { useRef, useState, type KeyboardEvent } from 'react';
import { announce } from '../../shared/announce';
import { allCommands, keyCaps, keysOf, sharedKeys, useCommandsVersion, type SharedKey } from '../../shared/commands';
import { useText } from '../../shared/i18n';
import { changePreferences, defaultPreferences, usePreferences, type KeyboardPreferences } from '../../shared/preferences';
import { Check } from './choices';
import { answerTo } from './own-keys';

/** Those that hold on every screen: the shared ones and the pages'. */
const changeable = (): SharedKey[] => {
  const shared: SharedKey[] = Object.values(sharedKeys);
  const pages = allCommands().filter((command) => command.keys?.[0]?.startsWith('g ') && !shared.some((each) => each.id === command.id));
  return [...shared, ...pages.map(({ id, keys = [], label }) => ({ id, keys, label }))];
};

const Caps = ({ keys }: { keys: string | undefined }) => {
  const t = useText();
  if (keys === undefined) return <span className="ow-dim">{t('settings:keyboard.none')}</span>;
  return (
    <span className="settings-caps">
      {keyCaps(keys).map((cap, i) => (
        <Kbd key={i}>{cap}</Kbd>
      ))}
    </span>
  );
};

export const KeyboardSettings = () => {
  const t = useText();
  useCommandsVersion();
  const { keyboard } = usePreferences();
  const [listening, setListening] = useState<string | null>(null);
  const buttons = useRef(new Map<string, HTMLButtonElement>());
  const all = changeable();
  const change = (patch: Partial<KeyboardPreferences>): void => changePreferences({ keyboard: { ...keyboard, ...patch } });
  const setOwn = (id: string, key: string | undefined): void => {
    const { [id]: _old, ...others } = keyboard.own;
    change({ own: key === undefined ? others : { ...others, [id]: key } });
  };
  const onKeyDown = (event: KeyboardEvent, command: SharedKey): void => {
    if (listening !== command.id) return;
    const answer = answerTo(event, command, all, keysOf);
    if (event.key === 'Escape') setListening(null);
    if (answer.kind === 'nothing') return;
    event.preventDefault();
    event.stopPropagation();
    if (answer.kind === 'fine') {
      setOwn(command.id, answer.key);
      setListening(null);
      return;
    }
    const taken = answer.kind === 'taken' ? t('settings:keyboard.taken', { key: keyCaps(event.key).join(' '), command: t(answer.by.label) }) : t('settings:keyboard.notPossible');
    announce(taken, 'assertive');
    setNote(taken);
  };
  const [note, setNote] = useState('');
  return (
    <section aria-label={t('settings:keyboard')}>
      <h2>{t('settings:keyboard')}</h2>
      <Check label={t('settings:keyboard.singles', { keys: '/ ? z y [ ] .' })} hint={t('settings:keyboard.singlesHint')} isOn={keyboard.singles} onChange={(singles) => change({ singles })} />
      <Check label={t('settings:keyboard.chords')} isOn={keyboard.chords} onChange={(chords) => change({ chords })} />
      <h3 className="settings-label">{t('settings:keyboard.own')}</h3>
      {note === '' ? null : <p className="ow-amber">{note}</p>}
      <table>
        <thead>
          <tr>
            <th scope="col">{t('settings:keyboard.command')}</th>
            <th scope="col">{t('settings:keyboard.key')}</th>
            <th>
              <span className="ow-sr">{t('settings:keyboard.change')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {all.map((command) => {
            const name = t(command.label);
            const isListening = listening === command.id;
            return (
              <tr key={command.id}>
                <td>{name}</td>
                <td>{isListening ? <span className="ow-dim">{t('settings:keyboard.press')}</span> : <Caps keys={keysOf(command)[0]} />}</td>
                <td data-listening={isListening || undefined}>
                  <Button
                    compact
                    aria-label={t('settings:keyboard.changeFor', { command: name })}
                    aria-pressed={isListening}
                    ref={(button) => void (button ? buttons.current.set(command.id, button) : buttons.current.delete(command.id))}
                    onKeyDown={(event) => onKeyDown(event, command)}
                    onBlur={() => setListening(null)}
                    onClick={() => {
                      setNote('');
                      setListening(isListening ? null : command.id);
                    }}
                  >
                    {t('settings:keyboard.change')}
                  </Button>{' '}
                  {keysOf(command).length > 0 ? (
                    <Button compact variant="quiet" aria-label={t('settings:keyboard.clearFor', { command: name })} onClick={() => setOwn(command.id, '')}>
                      {t('settings:keyboard.clear')}
                    </Button>
                  ) : null}
                  {command.id in keyboard.own ? (
                    <Button compact variant="quiet" aria-label={t('settings:keyboard.resetFor', { command: name })} onClick={() => setOwn(command.id, undefined)}>
                      {t('settings:keyboard.reset')}
                    </Button>
                  ) : null}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {Object.keys(keyboard.own).length > 0 ? (
        <p className="settings-hint">
          <Button compact onClick={() => change({ own: defaultPreferences.keyboard.own })}>
            {t('settings:keyboard.resetAll')}
          </Button>
        </p>
      ) : null}
    </section>
  );
};

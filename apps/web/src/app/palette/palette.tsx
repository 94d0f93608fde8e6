import '../layers.css';
import { Modal } from '@mantine/core';
import { Icon, Kbd } from '@orderwatch/ui';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { allCommands, keyCaps, keysOf, mayRun, useCommandsVersion } from '../../shared/commands';
import { useText, type LabelKey } from '../../shared/i18n';
import { useRecent } from '../../shared/recent';
import { useFocusReturn } from '../../shared/use-focus-return';
import { exactHit, hitTarget, useLookup } from '../lookup';
import { paletteGroups, type Choice, type GroupId } from './palette-groups';

const heads: Readonly<Record<Exclude<GroupId, 'item'>, LabelKey>> = {
  list: 'frame:palette.list',
  recent: 'frame:palette.recent',
  go: 'frame:palette.go',
  found: 'frame:palette.found',
  general: 'frame:palette.general',
};

const Line = ({ choice }: { choice: Choice }) => {
  const t = useText();
  if (choice.kind === 'recent') {
    return (
      <>
        <Icon name="clock" />
        <span className="ow-clip" translate="no">
          {choice.recent.label}
        </span>
      </>
    );
  }
  if (choice.kind === 'hit') {
    return (
      <>
        <Icon name={choice.hit.kind === 'case' ? 'list' : 'parcel'} />
        <b translate="no">{choice.hit.label}</b>
        <span className="ow-clip ow-dim" translate="no">
          {choice.hit.detail}
        </span>
      </>
    );
  }
  const { allowed, why, needsApproval } = choice.allowed;
  const key = keysOf(choice.command)[0];
  return (
    <>
      <span className="palette-label">{choice.label}</span>
      <span className="ow-clip ow-dim">{why ?? (allowed && needsApproval ? t('frame:palette.approval') : '')}</span>
      <span className="ow-spacer" />
      {key === undefined ? null : keyCaps(key).map((cap, i) => <Kbd key={i}>{cap}</Kbd>)}
    </>
  );
};

interface PaletteProps {
  onClose: () => void;
}

/** Everything one can do or open, by its name. What is probably meant stands first. */
export const Palette = ({ onClose }: PaletteProps) => {
  useFocusReturn();
  const t = useText();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [at, setAt] = useState<number | null>(null);
  const [isImpatient, setImpatient] = useState(false);
  const lookup = useLookup(text);
  const recent = useRecent();
  const version = useCommandsVersion();
  // Read when commands change; their `run` is looked up again when one is chosen.
  const commands = useMemo(() => ({ version, all: allCommands() }), [version]).all;
  const groups = useMemo(() => paletteGroups({ text, commands, recent, hits: lookup.hits, mayRun, words: t }), [text, commands, recent, lookup.hits, t]);
  const choices = groups.flatMap((group) => group.choices);
  const exact = exactHit(lookup.hits, text);
  const meant = exact ? choices.findIndex((choice) => choice.kind === 'hit' && choice.hit === exact) : 0;
  const current = Math.min(at ?? meant, choices.length - 1);

  const take = (choice: Choice | undefined): void => {
    if (!choice || (choice.kind === 'command' && !choice.allowed.allowed)) return;
    onClose();
    if (choice.kind === 'recent') void navigate({ href: choice.recent.href });
    else if (choice.kind === 'hit') void navigate(hitTarget(choice.hit));
    // After the focus is back where it was: an act may want to take it on from there.
    else requestAnimationFrame(() => allCommands().find((command) => command.id === choice.id)?.run());
  };
  const takeLater = useRef(take);
  useEffect(() => {
    takeLater.current = take;
  });
  // A number pasted, or Enter pressed before the answer: opened as soon as it is known.
  useEffect(() => {
    if (!isImpatient || !lookup.isSettled) return;
    setImpatient(false);
    if (exact) takeLater.current({ kind: 'hit', id: exact.id, hit: exact });
  }, [isImpatient, lookup.isSettled, exact]);
  useEffect(() => {
    document.getElementById(`palette-${current}`)?.scrollIntoView({ block: 'nearest' });
  }, [current]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && choices.length > 0) {
      event.preventDefault();
      setAt((current + step + choices.length) % choices.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (at === null && !lookup.isSettled && /\d/.test(text)) setImpatient(true);
      else take(choices[current]);
    } else if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onClose();
    }
  };
  let index = -1;
  const object = groups.find((group) => group.id === 'item')?.choices.flatMap((choice) => (choice.kind === 'command' ? [choice.command.object] : [])).find((name) => name !== undefined);
  return (
    <Modal.Root opened onClose={onClose} size={620} yOffset="12vh" transitionProps={{ duration: 0 }}>
      <Modal.Overlay backgroundOpacity={0.35} />
      <Modal.Content aria-label={t('frame:palette.title')}>
        <div className="palette" onKeyDown={onKeyDown}>
          <input
            className="palette-input"
            role="combobox"
            aria-expanded="true"
            aria-controls="palette-list"
            aria-activedescendant={choices.length > 0 ? `palette-${current}` : undefined}
            aria-label={t('frame:palette.input')}
            placeholder={t('frame:palette.input')}
            autoComplete="off"
            spellCheck={false}
            data-autofocus
            value={text}
            onPaste={() => setImpatient(true)}
            onChange={(event) => {
              setText(event.currentTarget.value);
              setAt(null);
            }}
          />
          <div className="palette-list" id="palette-list" role="listbox" aria-label={t('frame:palette.results')}>
            {groups.map((group) => (
              <div key={group.id} role="group" aria-labelledby={`palette-head-${group.id}`}>
                <div className="palette-head" role="presentation" id={`palette-head-${group.id}`}>{group.id !== 'item' ? t(heads[group.id]) : object === undefined ? t('frame:palette.itemNone') : t('frame:palette.item', { object })}</div>
                {group.choices.map((choice) => {
                  index += 1;
                  const mine = index;
                  return (
                    <div
                      key={choice.id}
                      id={`palette-${mine}`}
                      role="option"
                      aria-selected={mine === current}
                      aria-disabled={(choice.kind === 'command' && !choice.allowed.allowed) || undefined}
                      onPointerMove={() => mine !== current && setAt(mine)}
                      onClick={() => take(choice)}
                    >
                      <Line choice={choice} />
                    </div>
                  );
                })}
              </div>
            ))}
          </div>
          {lookup.error ? <p className="palette-note ow-red">{t('frame:palette.failed', { why: lookup.error.message })}</p> : null}
          {lookup.isSettled ? null : <p className="palette-note">{t('frame:palette.looking')}</p>}
          {choices.length === 0 && lookup.isSettled ? <p className="palette-note">{t('frame:palette.nothing', { text })}</p> : null}
        </div>
      </Modal.Content>
    </Modal.Root>
  );
};

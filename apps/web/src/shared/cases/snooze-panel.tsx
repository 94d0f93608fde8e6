import './act-panel.css';
import { Button, formatTime, Kbd } from '@orderwatch/ui';
import { useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { SnoozeCondition } from '../../gql';
import { useText } from '../i18n';
import { rememberSnooze, repeatedSnooze, type SnoozePick } from './last-snooze';
import { snoozeChoices } from './snooze-times';

interface SnoozePanelProps {
  onPick: (until: string, pick: SnoozePick) => void;
  onCancel: () => void;
  /** What it can wait for, the natural one first. */
  conditions?: readonly { id: SnoozeCondition; label: string }[] | undefined;
  promisedAt?: string | null | undefined;
}

const LETTERS = 'abcdefg';

const localText = (date: Date): string => new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

/** Puts a case off: a letter says what for, a digit until when at the latest. The time is never left out, so that nothing sleeps for ever. */
export const SnoozePanel = ({ onPick, onCancel, conditions = [], promisedAt }: SnoozePanelProps) => {
  const t = useText();
  const panel = useRef<HTMLDivElement>(null);
  const [now] = useState(() => new Date());
  const [condition, setCondition] = useState<SnoozeCondition | null>(null);
  const [own, setOwn] = useState('');
  const times = snoozeChoices(now, promisedAt);
  const again = repeatedSnooze(now, promisedAt);
  useLayoutEffect(() => panel.current?.focus(), []);
  const pick = (until: Date, preset?: SnoozePick['preset']): void => {
    const picked: SnoozePick = { until: until.toISOString(), condition, conditionLabel: conditions.find(({ id }) => id === condition)?.label, preset };
    rememberSnooze(picked);
    onPick(picked.until, picked);
  };
  const options = [{ id: null, label: t('cases:snooze.timeAlone') }, ...conditions];
  const ownDate = own === '' ? undefined : new Date(own);
  const isOwnGood = ownDate !== undefined && ownDate.getTime() > now.getTime();
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.preventDefault();
      onCancel();
      return;
    }
    if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey) return;
    const time = times[Number(event.key) - 1];
    const option = options[LETTERS.indexOf(event.key)];
    if (event.key.length !== 1 || (!time && !option)) return;
    event.preventDefault();
    if (time) pick(time.until, time.id);
    else if (option) setCondition(option.id);
  };
  return (
    <div className="act-panel" role="group" aria-label={t('cases:snooze.title')} tabIndex={-1} data-autofocus ref={panel} onKeyDown={onKeyDown}>
      <header>
        <h3>{t(conditions.length > 0 ? 'cases:snooze.until' : 'cases:snooze.title')}</h3>
        <button type="button" className="ow-link" onClick={onCancel}>
          {t('cases:panel.cancel')} <Kbd hidden>Esc</Kbd>
        </button>
      </header>
      {conditions.length > 0 ? (
        <>
          <div className="act-options" role="radiogroup" aria-label={t('cases:snooze.until')}>
            {options.map(({ id, label }, i) => (
              <button key={label} type="button" role="radio" className="ow-filter" aria-checked={condition === id} aria-keyshortcuts={LETTERS[i]} onClick={() => setCondition(id)}>
                <Kbd hidden>{(LETTERS[i] ?? '').toUpperCase()}</Kbd> {label}
              </button>
            ))}
          </div>
          <h3>{t('cases:snooze.latest')}</h3>
        </>
      ) : null}
      <ol>
        {times.map((choice, i) => (
          <li key={choice.id}>
            <button type="button" onClick={() => pick(choice.until, choice.id)}>
              <Kbd>{String(i + 1)}</Kbd>
              <span>{t(choice.label)}</span>
              <small>{formatTime(choice.until, 'minute')}</small>
            </button>
          </li>
        ))}
      </ol>
      <form
        className="act-own"
        onSubmit={(event) => {
          event.preventDefault();
          if (isOwnGood) pick(ownDate);
        }}
      >
        <input type="datetime-local" aria-label={t('cases:snooze.own')} min={localText(now)} value={own} onChange={(event) => setOwn(event.currentTarget.value)} />
        <Button compact type="submit" disabled={!isOwnGood} reason={t('cases:snooze.ownAhead')}>
          {t('cases:snooze.do')}
        </Button>
        <span className="ow-spacer" />
        {again ? (
          <button type="button" className="ow-link" onClick={() => onPick(again.until, again)}>
            {t('cases:snooze.again')} <Kbd hidden>H</Kbd>
          </button>
        ) : null}
      </form>
    </div>
  );
};

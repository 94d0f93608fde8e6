import { Popover } from '@mantine/core';
import { Button, formatTime, Icon } from '@orderwatch/ui';
import { useState } from 'react';
import { zoneName } from '../../shared/format';
import { useText, type LabelKey } from '../../shared/i18n';
import { useShownZone } from '../../shared/zone';
import type { Order } from './api';
import { earlierThan, laterThan } from './instants';
import { fieldText, instantOf } from './zoned';

const momentKeys: Readonly<Record<string, LabelKey>> = { customer_wrote: 'order:known.wrote', remedy_approved: 'order:known.approved', case_opened: 'order:known.opened' };

interface PickerProps {
  /** ISO; null is now. */
  at: string | null;
  moments: Order['moments'];
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  onPick: (instant: number | null) => void;
}

const Choices = ({ at, moments, onPick }: Pick<PickerProps, 'at' | 'moments' | 'onPick'>) => {
  const t = useText();
  const { timeZone } = useShownZone();
  const [now] = useState(() => Date.now());
  const [text, setText] = useState(() => fieldText(at === null ? now : Date.parse(at), timeZone));
  const instant = instantOf(text, timeZone);
  const isGood = instant !== undefined && instant < now;
  return (
    <form
      className="known"
      onSubmit={(event) => {
        event.preventDefault();
        if (isGood) onPick(instant);
      }}
    >
      <h3>{t('order:known.title')}</h3>
      <div className="known-own">
        <input type="datetime-local" data-autofocus aria-label={t('order:known.at', { zone: zoneName(timeZone) })} max={fieldText(now, timeZone)} value={text} onChange={(event) => setText(event.currentTarget.value)} />
        <Button compact type="submit" variant="primary" disabled={!isGood} reason={t('order:known.notAhead')}>
          {t('order:known.show')}
        </Button>
      </div>
      <p className="ow-dim ow-small">{zoneName(timeZone)}</p>
      {moments.length > 0 ? (
        <>
          <h3>{t('order:known.moments')}</h3>
          <ol>
            {moments.map((moment) => {
              const key = momentKeys[moment.kind];
              return (
                <li key={moment.id}>
                  <button type="button" onClick={() => onPick(Date.parse(moment.at))}>
                    <span>
                      {key ? t(key) : moment.label}
                      <small>{moment.label}</small>
                    </span>
                    <time dateTime={moment.at}>{formatTime(moment.at, 'minute')}</time>
                  </button>
                </li>
              );
            })}
          </ol>
        </>
      ) : null}
    </form>
  );
};

/** Chooses the instant whose knowledge is shown: any, or one at which somebody decided or complained. */
export const KnownPicker = ({ at, moments, isOpen, onOpenChange, onPick }: PickerProps) => {
  const t = useText();
  return (
    <Popover opened={isOpen} onChange={onOpenChange} position="bottom-start" trapFocus returnFocus withinPortal transitionProps={{ duration: 0 }}>
      <Popover.Target>
        <button type="button" className="ow-filter" aria-haspopup="dialog" aria-expanded={isOpen} onClick={() => onOpenChange(!isOpen)}>
          {t('order:known.button')} <b>{at === null ? t('order:known.now') : formatTime(at, 'minute')}</b>
        </button>
      </Popover.Target>
      <Popover.Dropdown className="known-pop" aria-label={t('order:known.title')}>
        <Choices
          at={at}
          moments={moments}
          onPick={(instant) => {
            onOpenChange(false);
            onPick(instant);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
};

interface PastBandProps {
  at: string;
  /** When something new was known, oldest first. */
  instants: readonly number[];
  onLook: (instant: number | null) => void;
}

/** Says that one looks at the past, and leads through it event by event. */
export const PastBand = ({ at, instants, onLook }: PastBandProps) => {
  const t = useText();
  useShownZone();
  const ms = Date.parse(at);
  const earlier = earlierThan(instants, ms);
  return (
    <div className="past-band" role="status" data-testid="past-band">
      <Icon name="clock" />
      <b>{t('order:past.band', { when: `${formatTime(at, 'minute')} ${zoneName()}` })}</b>
      <span className="past-note">{t('order:past.note')}</span>
      <Button compact kbd="," disabled={earlier === undefined} reason={t('order:past.nothing')} onClick={() => earlier !== undefined && onLook(earlier)}>
        {t('order:past.earlier')}
      </Button>
      <Button compact kbd=";" onClick={() => onLook(laterThan(instants, ms))}>
        {t('order:past.later')}
      </Button>
      <Button compact onClick={() => onLook(null)}>
        {t('order:past.now')}
      </Button>
    </div>
  );
};

import { Button, EmptyState, Kbd, Timeline } from '@orderwatch/ui';
import { useState, type ReactNode } from 'react';
import { findCommand } from '../../shared/commands';
import { zoneName } from '../../shared/format';
import { useText, type LabelKey } from '../../shared/i18n';
import { lanesOf, timelineItems, unfold } from '../../shared/orders/timeline-items';
import { useShownZone } from '../../shared/zone';
import type { Order } from './api';
import type { HeldTimeline } from './use-held-timeline';

interface TimelinePaneProps {
  order: Order;
  held: HeldTimeline;
  currentId: string | null;
  onCurrent: (id: string) => void;
  onRaw: (id: string) => void;
  /** The picker of an instant stands first among the choices. */
  picker: ReactNode;
  /** What the last own act came to. */
  said: ReactNode;
}

type Lane = 'all' | 'parcels' | 'payment';

const lanes: readonly { id: Lane; label: LabelKey }[] = [
  { id: 'all', label: 'order:line.all' },
  { id: 'parcels', label: 'order:line.parcels' },
  { id: 'payment', label: 'order:line.payment' },
];

const isOnLane = (choice: Lane, lane: string): boolean => choice === 'all' || (choice === 'parcels' ? lane.startsWith('P') : lane === choice);

/** What happened, did not happen and contradicts itself; newest first, one lane per track and parcel. */
export const TimelinePane = ({ order, held, currentId, onCurrent, onRaw, picker, said }: TimelinePaneProps) => {
  const t = useText();
  const { timeZone } = useShownZone();
  const [choice, setChoice] = useState<Lane>('all');
  const [openFolds, setOpenFolds] = useState<ReadonlySet<string>>(new Set());
  const folds = held.rows.filter((row) => row.folded).map((row) => row.id);
  const isAllOpen = folds.length > 0 && folds.every((id) => openFolds.has(id));
  const toggle = (id: string): void => setOpenFolds((old) => (old.has(id) ? new Set([...old].filter((each) => each !== id)) : new Set([...old, id])));
  // Made at each drawing: the times in it are written in the zone that is shown.
  const items = timelineItems(unfold(held.rows, openFolds), order.parcels).map((item) =>
    item.kind === 'fold'
        ? {
            ...item,
            action: (
              <button type="button" className="ow-link" tabIndex={-1} aria-expanded={openFolds.has(item.id)} onClick={() => toggle(item.id)}>
                {t(openFolds.has(item.id) ? 'order:line.hide' : 'order:line.show')}
              </button>
            ),
          }
        : item,
  );
  const laneList = lanesOf(order.parcels, items.some((item) => item.lanes.includes('return')));
  const shown = items.filter((item) => item.lanes.some((lane) => isOnLane(choice, lane)));
  const open = (id: string): void => {
    onCurrent(id);
    if (folds.includes(id)) toggle(id);
    else onRaw(id);
  };
  return (
    <section className="order-line" aria-labelledby="timeline-title">
      <div className="ow-bar">
        <h2 id="timeline-title">{t('order:line.title')}</h2>
        {picker}
        <span className="order-lanes" role="group" aria-label={t('order:line.lanes')}>
          {lanes.map(({ id, label }) => (
            <button key={id} type="button" className="ow-filter" aria-pressed={choice === id} onClick={() => setChoice(id)}>
              {choice === id ? <b>{t(label)}</b> : t(label)}
            </button>
          ))}
        </span>
        {folds.length > 0 ? (
          <button type="button" className="ow-filter" aria-pressed={isAllOpen} onClick={() => setOpenFolds(new Set(isAllOpen ? [] : folds))}>
            {t('order:line.routine')} <b>{t(isAllOpen ? 'order:line.open' : 'order:line.folded')}</b>
          </button>
        ) : null}
        <button type="button" className="ow-filter order-zone" aria-keyshortcuts="Shift+T" onClick={() => findCommand('zone')?.run()}>
          {t('order:line.zone')} <b translate="no">{zoneName(timeZone)}</b>
        </button>
        <span className="ow-spacer" />
        {said}
        <span className="order-hints ow-dim ow-small">
          <span>
            <Kbd>J</Kbd> <Kbd>K</Kbd> {t('order:line.move')}
          </span>
          <span>
            <Kbd>I</Kbd> {t('order:line.raw')}
          </span>
        </span>
      </div>
      {held.isChanged ? (
        <div className="order-news">
          <Button compact variant="primary" kbd="." data-testid="timeline-news" onClick={held.apply}>
            {held.waiting > 0 ? t('order:line.news', { count: held.waiting }) : t('order:line.changed')}
          </Button>
        </div>
      ) : null}
      {shown.length === 0 ? (
        <EmptyState kind="filtered" title={t('order:line.empty')}>
          {t('order:line.emptyWhy')}
        </EmptyState>
      ) : (
        <Timeline
          label={t('order:line.label', { name: order.name })}
          lanes={laneList}
          items={shown}
          heads={{ when: t('order:line.when'), what: t('order:line.what'), who: t('order:line.who') }}
          currentId={currentId}
          onCurrentChange={onCurrent}
          onOpen={open}
        />
      )}
    </section>
  );
};

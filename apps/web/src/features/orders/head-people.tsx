import type { Doing } from '@orderwatch/contract';
import { Avatar, formatDuration } from '@orderwatch/ui';
import { usePeopleAt, type PersonAt } from '../../live';
import type { CaseRow } from '../../shared/cases/types';
import { useText, type LabelKey } from '../../shared/i18n';
import { useShownClock } from '../../shared/shown-clock';

const ENDING_MS = 3 * 60_000;
const MOST = 3;

const doings: Readonly<Record<Doing, LabelKey>> = {
  note: 'order:doing.note',
  snooze: 'order:doing.snooze',
  resolve: 'order:doing.resolve',
  refund: 'order:doing.refund',
  reship: 'order:doing.reship',
  credit: 'order:doing.credit',
  reply: 'order:doing.reply',
};

const doingKey = ({ state, doing }: PersonAt): LabelKey => (state === 'acting' && doing ? doings[doing] : state === 'away' ? 'order:doing.away' : 'order:doing.viewing');

interface PeopleProps {
  orderId: string;
  row: CaseRow | undefined;
  meId: string;
}

/** Whose case it is and until when, and who else is at this order. */
export const People = ({ orderId, row, meId }: PeopleProps) => {
  const t = useText();
  const { now } = useShownClock(15_000);
  const owner = row?.state === 'resolved' ? null : (row?.owner ?? null);
  const others = usePeopleAt(orderId).filter(({ id }) => id !== meId && id !== owner?.id);
  const ownerThere = usePeopleAt(orderId).find(({ id }) => id === owner?.id && id !== meId);
  const left = row?.leaseUntil ? Date.parse(row.leaseUntil) - now : 0;
  return (
    <span className="order-people" data-testid="order-people">
      {owner ? (
        <span className="order-person">
          <Avatar name={owner.name} ring={left > 0 ? (left < ENDING_MS ? 'ending' : 'lease') : undefined} label={left > 0 ? t('order:head.lease', { name: owner.name, span: formatDuration(left) }) : owner.name} />
          <span className={owner.id === meId ? undefined : 'ow-dim'} translate={owner.id === meId ? undefined : 'no'}>
            {owner.id === meId ? t('order:head.you') : ownerThere ? t('order:head.person', { name: owner.name, what: t(doingKey(ownerThere)) }) : owner.name}
          </span>
        </span>
      ) : null}
      {others.slice(0, MOST).map((person) => {
        const words = t('order:head.person', { name: person.name.split(' ')[0] ?? person.name, what: t(doingKey(person)) });
        return (
          <span key={person.id} className="order-person" data-state={person.state}>
            <Avatar name={person.name} ring={person.state === 'viewing' ? undefined : person.state} label={words} />
            <span className="ow-dim" aria-hidden="true">
              {words}
            </span>
          </span>
        );
      })}
      {others.length > MOST ? <span className="ow-dim">{t('order:head.more', { count: others.length - MOST })}</span> : null}
    </span>
  );
};

import type { Doing } from '@orderwatch/contract';
import { Avatar, formatDuration, formatTime } from '@orderwatch/ui';
import { usePeopleAt, type PersonAt } from '../../../live';
import type { CaseRow } from '../../../shared/cases/types';
import { useText, type LabelKey } from '../../../shared/i18n';
import { useShownClock } from '../../../shared/shown-clock';

const ENDING_MS = 3 * 60_000;

const doings: Readonly<Record<Doing, LabelKey>> = {
  note: 'queue:doing.note',
  snooze: 'queue:doing.snooze',
  resolve: 'queue:doing.resolve',
  refund: 'queue:doing.refund',
  reship: 'queue:doing.reship',
  credit: 'queue:doing.credit',
  reply: 'queue:doing.reply',
};

/** What somebody at an order is doing there, in a word. */
export const presenceKey = ({ state, doing }: PersonAt): LabelKey => (state === 'acting' && doing ? doings[doing] : state === 'away' ? 'queue:presence.away' : 'queue:presence.viewing');

export const firstName = (name: string): string => name.split(' ')[0] ?? name;

interface OwnerProps {
  row: CaseRow;
  meId: string;
  /** So little room that it is a face only. */
  isShort?: boolean;
}

/** Who has it and for how long, else who looks at it; in words too, since a ring alone says nothing to the ear. */
export const Owner = ({ row, meId, isShort = false }: OwnerProps) => {
  const t = useText();
  const { now, isAbsolute } = useShownClock(15_000);
  const others = usePeopleAt(row.orderId).filter(({ id }) => id !== meId);
  const { owner } = row;
  if (!owner) {
    const [first] = others;
    if (first) {
      const word = t(presenceKey(first));
      const more = others.length > 1 ? t('queue:presence.more', { count: others.length - 1 }) : '';
      return (
        <>
          <Avatar name={first.name} ring={first.state === 'viewing' ? undefined : first.state} label={t('queue:presence.label', { name: first.name, what: word })} />
          {isShort ? null : <span className="ow-dim">{[word, more].filter(Boolean).join(' ')}</span>}
        </>
      );
    }
    return (
      <span className="ow-dim">
        {isShort ? <span aria-hidden="true">–</span> : null}
        <span className={isShort ? 'ow-sr' : undefined}>{t('queue:owner.nobody')}</span>
      </span>
    );
  }
  const left = row.leaseUntil ? Date.parse(row.leaseUntil) - now : undefined;
  const isMine = owner.id === meId;
  const there = others.find(({ id }) => id === owner.id);
  const span = left !== undefined && left > 0 ? (isAbsolute ? t('queue:owner.until', { at: formatTime(row.leaseUntil ?? '', 'hour') }) : formatDuration(left)) : undefined;
  const lease = span === undefined ? undefined : (left ?? 0) < ENDING_MS ? 'ending' : 'lease';
  const ring = there?.state === 'acting' ? 'acting' : there?.state === 'away' ? 'away' : lease;
  const name = isMine ? t('queue:owner.you') : owner.name;
  const label = [name, there ? t(presenceKey(there)) : '', span ? t('queue:owner.lease', { span }) : ''].filter(Boolean).join('; ');
  return (
    <>
      <Avatar name={owner.name} ring={ring} label={label} />
      {isShort ? null : (
        <span className={isMine ? undefined : 'ow-dim'}>
          {isMine ? (span ? t('queue:owner.youFor', { span }) : t('queue:owner.you')) : there?.state === 'acting' ? t(presenceKey(there)) : firstName(owner.name)}
        </span>
      )}
    </>
  );
};

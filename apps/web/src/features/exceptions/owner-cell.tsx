import { Avatar, formatDuration, useNow } from '@orderwatch/ui';
import type { CaseRow } from '../../shared/cases/types';

const ENDING_MS = 3 * 60_000;

/** Who has it and for how long; in words too, since a ring alone says nothing to the ear. */
export const Owner = ({ row, meId, isShort = false }: { row: CaseRow; meId: string; isShort?: boolean }) => {
  const now = useNow(15_000);
  if (row.state === 'waiting' && row.waitingFor && !row.owner) return <span className="ow-dim">waits: {row.waitingFor}</span>;
  if (!row.owner) return (
      <span className="ow-dim">
        {isShort ? <span aria-hidden="true">–</span> : null}
        <span className={isShort ? 'ow-sr' : undefined}>Nobody</span>
      </span>
    );
  const left = row.leaseUntil ? Date.parse(row.leaseUntil) - now : undefined;
  const isMine = row.owner.id === meId;
  const who = isMine ? 'You' : (row.owner.name.split(' ')[0] ?? row.owner.name);
  const span = left !== undefined && left > 0 ? formatDuration(left) : undefined;
  const ring = left !== undefined && left > 0 ? (left < ENDING_MS ? 'ending' : 'lease') : undefined;
  return (
    <>
      <Avatar name={row.owner.name} ring={ring} label={`${isMine ? 'You' : row.owner.name}${span ? `; lease ${span}` : ''}`} />
      {isShort ? null : (
        <span className={isMine ? undefined : 'ow-dim'}>
          {who}
          {isMine && span ? `, ${span}` : ''}
        </span>
      )}
    </>
  );
};

import { memo, useLayoutEffect, useRef, type CSSProperties } from 'react';
import { formatCount } from '../charts/format';
import { Icon } from '../primitives/icons';
import type { GroupHead } from './queue-grid.types';
import { tameControls } from './stops';

interface GroupRowProps {
  lineKey: string;
  groupId: string;
  head: GroupHead;
  /** Rows drawn or folded away below it, when the server's count is not known. */
  rows: number;
  index: number;
  /** Pixels of the lines above it that are not in the document. */
  gap: number | undefined;
  level: number;
  isOpen: boolean;
  isCurrent: boolean;
  isTabStop: boolean;
  columnCount: number;
  onToggle: (groupId: string) => void;
}

/** The head of a group: what it is, how many, how many are over, what is at risk. */
export const GroupRow = memo(({ lineKey, groupId, head, rows, index, gap, level, isOpen, isCurrent, isTabStop, columnCount, onToggle }: GroupRowProps) => {
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (element.current) tameControls(element.current);
  });
  return (
    <div
      ref={element}
      className="ow-row"
      role="row"
      data-body
      data-group
      data-row-id={lineKey}
      aria-rowindex={index + 2}
      aria-level={level}
      aria-expanded={isOpen}
      aria-current={isCurrent || undefined}
      tabIndex={isTabStop ? 0 : -1}
      style={{ '--level': level - 1, ...(gap === undefined ? {} : { marginTop: gap }) } as CSSProperties}
    >
      <span role="gridcell" aria-colindex={1} aria-colspan={columnCount} className="ow-group" data-level={level}>
        <span className="ow-fold" onClick={() => onToggle(groupId)}>
          <Icon name="right" />
        </span>
        <b className="ow-clip">{head.label}</b>
        <span className="ow-dim">{formatCount(head.count ?? rows)}</span>
        {head.breached ? <span className="ow-red">{head.breached}</span> : null}
        {head.atRisk ? <span className="ow-dim">{head.atRisk}</span> : null}
        <span className="ow-spacer" />
        {head.action}
      </span>
    </div>
  );
});

import './queue-grid.css';
import type { ReactNode } from 'react';
import { Kbd } from '../primitives/kbd';
import { useWords } from '../words';
import { hasPending, type PendingOrder } from './held-order';

interface PendingPillProps {
  pending: PendingOrder;
  onApply: () => void;
  kbd?: string | undefined;
  /** Said in the same place while nothing waits; the strip keeps its height, so rows never jump. */
  quiet?: ReactNode;
}

export const usePendingText = (pending: PendingOrder): string => {
  const words = useWords();
  const parts = [
    pending.arrived > 0 ? words.newRows(pending.arrived) : '',
    pending.beforeFocused > 0 ? words.beforeYours(pending.beforeFocused) : '',
    pending.left > 0 ? words.leftRows(pending.left) : '',
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(' · ') : pending.isReordered ? words.movedRows : '';
};

/** What waits to be applied. It stands above the list at a fixed height and never covers a row. */
export const PendingPill = ({ pending, onApply, kbd = '.', quiet }: PendingPillProps) => {
  const text = usePendingText(pending);
  if (!hasPending(pending)) {
    return (
      <div className="ow-pill" data-quiet>
        {quiet}
      </div>
    );
  }
  return (
    <button type="button" className="ow-pill" onClick={onApply} aria-keyshortcuts={kbd}>
      {text} <Kbd hidden>{kbd}</Kbd>
    </button>
  );
};

export interface KeyHint {
  keys: readonly string[];
  label: string;
}

interface GridFooterProps {
  children?: ReactNode;
  hints: readonly KeyHint[];
}

export const GridFooter = ({ children, hints }: GridFooterProps) => (
  <div className="ow-foot">
    <span>{children}</span>
    <span className="ow-spacer" />
    {hints.map((hint) => (
      <span key={hint.label}>
        {hint.keys.map((key) => (
          <Kbd key={key}>{key}</Kbd>
        ))}{' '}
        {hint.label}
      </span>
    ))}
  </div>
);

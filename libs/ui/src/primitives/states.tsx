import './primitives.css';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { rowHeights, useDensity } from '../density';
import { useWords } from '../words';

interface EmptyStateProps {
  /** Nothing there, everything filtered out, or not for this person: never the same words. */
  kind: 'nothing' | 'filtered' | 'forbidden';
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}

export const EmptyState = ({ kind, title, children, action }: EmptyStateProps) => (
  <div className="ow-empty" data-kind={kind}>
    <h2>{title}</h2>
    {children === undefined ? null : <p>{children}</p>}
    {action === undefined ? null : <div className="ow-empty-act">{action}</div>}
  </div>
);

interface ErrorBarProps {
  /** What failed and since when. */
  children: ReactNode;
  onRetry?: (() => void) | undefined;
  onDismiss?: (() => void) | undefined;
  reference?: string | undefined;
}

export const ErrorBar = ({ children, onRetry, onDismiss, reference }: ErrorBarProps) => {
  const words = useWords();
  return (
    <div className="ow-error" role="alert">
      <span>{children}</span>
      {onRetry ? (
        <button type="button" onClick={onRetry}>
          {words.retry}
        </button>
      ) : null}
      <span className="ow-spacer" />
      {reference ? (
        <span className="ow-ref">
          {words.reference} {reference}
        </span>
      ) : null}
      {onDismiss ? (
        <button type="button" onClick={onDismiss}>
          {words.dismiss}
        </button>
      ) : null}
    </div>
  );
};

interface SkeletonRowsProps {
  rows?: number;
  /** Pixels; without it the density decides. */
  rowHeight?: number | undefined;
  label?: string | undefined;
}

const widths = ['8%', '34%', '9%', '12%', '10%'];

/** Grey rows for a first load, and only when it takes longer than a blink. */
export const SkeletonRows = ({ rows = 8, rowHeight, label }: SkeletonRowsProps) => {
  const words = useWords();
  const height = rowHeights[useDensity()];
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), 150);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="ow-skeleton" role="status" aria-label={label ?? words.loading}>
      {isShown
        ? Array.from({ length: rows }, (_, row) => (
            <div key={row} style={{ height: rowHeight ?? height }}>
              {widths.map((width, i) => (
                <i key={width} style={{ width, marginLeft: i === 2 ? 'auto' : undefined }} />
              ))}
            </div>
          ))
        : null}
    </div>
  );
};

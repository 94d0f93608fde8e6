import './primitives.css';
import type { CSSProperties, ReactNode } from 'react';

interface PeekPanelProps {
  label: string;
  title: ReactNode;
  chips?: ReactNode;
  reference?: ReactNode;
  lead?: ReactNode;
  /** Under the lead, inside the white head: usually a `KeyValueList`. */
  facts?: ReactNode;
  actions?: ReactNode;
  children?: ReactNode;
}

/** The panel beside a list: what it is, what is known, what one can do; only the middle scrolls. */
export const PeekPanel = ({ label, title, chips, reference, lead, facts, actions, children }: PeekPanelProps) => (
  <aside className="ow-peek" aria-label={label}>
    <header>
      <h2>
        <span className="ow-clip">{title}</span>
        {chips}
        <span className="ow-spacer" />
        {reference === undefined ? null : <span className="ow-peek-ref">{reference}</span>}
      </h2>
      {lead === undefined ? null : <p className="ow-peek-lead">{lead}</p>}
      {facts}
    </header>
    <div className="ow-peek-body" tabIndex={0} role="group" aria-label={label}>
      {children}
    </div>
    {actions === undefined ? null : <div className="ow-peek-actions">{actions}</div>}
  </aside>
);

interface SplitViewProps {
  children: ReactNode;
  peek?: ReactNode;
  peekWidth?: number;
}

export const SplitView = ({ children, peek, peekWidth = 432 }: SplitViewProps) => (
  <div className="ow-split" data-open={Boolean(peek)} style={{ '--peek': `${peekWidth}px` } as CSSProperties}>
    <section className="ow-pane">{children}</section>
    {peek}
  </div>
);

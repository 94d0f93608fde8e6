import './primitives.css';
import type { ReactNode } from 'react';

interface KpiProps {
  label: ReactNode;
  value: ReactNode;
  change?: ReactNode;
  changeTone?: 'amber' | undefined;
  note?: ReactNode;
  /** Opens the rows behind the number. */
  onDrill?: (() => void) | undefined;
}

export const Kpi = ({ label, value, change, changeTone, note, onDrill }: KpiProps) => (
  <div className="ow-kpi">
    <dt>{label}</dt>
    <dd>
      {onDrill ? (
        <button type="button" onClick={onDrill}>
          <b>{value}</b>
        </button>
      ) : (
        <b>{value}</b>
      )}
      {change === undefined ? null : (
        <span className="ow-kpi-change" data-tone={changeTone}>
          {change}
        </span>
      )}
    </dd>
    {note === undefined ? null : <dd className="ow-kpi-note">{note}</dd>}
  </div>
);

interface KpiStripProps {
  label: string;
  children: ReactNode;
}

export const KpiStrip = ({ label, children }: KpiStripProps) => (
  <dl className="ow-kpis" aria-label={label}>
    {children}
  </dl>
);

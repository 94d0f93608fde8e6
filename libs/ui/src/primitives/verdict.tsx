import './primitives.css';
import type { ReactNode } from 'react';
import { Icon, type IconName } from './icons';

export type VerdictKind = 'pass' | 'fail' | 'unknown' | 'ask' | 'no';

const icons: Record<VerdictKind, IconName> = {
  pass: 'check',
  fail: 'cross',
  unknown: 'question',
  ask: 'person',
  no: 'barred',
};

interface VerdictProps {
  verdict: VerdictKind;
  /** In tables of checks a pass steps back. */
  quiet?: boolean;
  children: ReactNode;
}

/** What a policy says. A pass is neutral: green is kept for what has just been put right. */
export const Verdict = ({ verdict, quiet, children }: VerdictProps) => (
  <span className="ow-verdict" data-verdict={verdict} data-quiet={quiet || undefined}>
    <Icon name={icons[verdict]} />
    {children}
  </span>
);

interface MeterProps {
  value: number;
  limit: number;
  label: string;
}

/** How much of a limit is used; past the limit the surplus is red. */
export const Meter = ({ value, limit, label }: MeterProps) => {
  const isOver = value > limit;
  const share = isOver ? (limit / value) * 100 : (value / Math.max(limit, 1)) * 100;
  return (
    <span className="ow-meter" role="img" aria-label={label}>
      <i style={{ width: `${share}%` }} />
      {isOver ? <u style={{ width: `${100 - share}%` }} /> : null}
    </span>
  );
};

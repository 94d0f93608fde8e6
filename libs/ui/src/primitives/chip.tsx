import './primitives.css';
import type { ReactNode } from 'react';
import { Icon, type IconName } from './icons';

export type Tone = 'red' | 'amber' | 'green' | 'violet' | 'blue' | 'neutral' | 'line';

interface ChipProps {
  tone?: Tone | undefined;
  icon?: IconName | undefined;
  title?: string | undefined;
  children: ReactNode;
}

/** A word on a tint. Red: broken or refused. Amber: at risk. Violet: waits for a person's yes. Blue: information. Green: just put right. */
export const Chip = ({ tone = 'neutral', icon, title, children }: ChipProps) => (
  <span className="ow-chip" data-tone={tone} title={title}>
    {icon ? <Icon name={icon} /> : null}
    {children}
  </span>
);

interface DotProps {
  tone?: 'green' | 'amber' | 'red' | 'violet' | 'neutral';
}

export const Dot = ({ tone = 'neutral' }: DotProps) => <span className="ow-dot" data-tone={tone} aria-hidden="true" />;

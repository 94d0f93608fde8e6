import './primitives.css';
import type { ReactNode } from 'react';

interface SectionProps {
  title: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
}

export const Section = ({ title, aside, children }: SectionProps) => (
  <section className="ow-sec">
    <h3>
      <span>{title}</span>
      {aside === undefined ? null : <span className="ow-sec-aside">{aside}</span>}
    </h3>
    {children}
  </section>
);

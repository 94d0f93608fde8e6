import './gallery.css';
import type { ReactNode } from 'react';

export const Block = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="ow-gallery-block" aria-label={title}>
    <h2>{title}</h2>
    {children}
  </section>
);

export const Line = ({ children }: { children: ReactNode }) => <div className="ow-gallery-line">{children}</div>;

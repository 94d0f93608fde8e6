import './gallery.css';
import type { ReactNode } from 'react';

/** A part of the gallery; the address `/gallery#<title>` shows it alone. */
export const Block = ({ title, children }: { title: string; children: ReactNode }) => {
  const alone = decodeURIComponent(window.location.hash.slice(1));
  if (alone !== '' && alone !== title) return null;
  return (
    <section className="ow-gallery-block" aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
};

export const Line = ({ children }: { children: ReactNode }) => <div className="ow-gallery-line">{children}</div>;

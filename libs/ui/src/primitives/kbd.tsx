import './primitives.css';
import type { ReactNode } from 'react';

interface KbdProps {
  children: ReactNode;
  /** Drawn but not read, where the element already carries `aria-keyshortcuts`. */
  hidden?: boolean;
}

export const Kbd = ({ children, hidden }: KbdProps) => (
  <kbd className="ow-kbd" aria-hidden={hidden || undefined}>
    {children}
  </kbd>
);

import './row-menu.css';
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { Kbd } from '../primitives/kbd';

export interface RowMenuItem {
  id: string;
  label: ReactNode;
  /** The key that does the same without the menu. */
  kbd?: string | undefined;
  onSelect: () => void;
  /** Why it cannot be done now; the item stays readable. */
  reason?: string | undefined;
  isDanger?: boolean | undefined;
  /** A hairline above. */
  startsGroup?: boolean | undefined;
}

interface RowMenuProps {
  label: string;
  items: readonly RowMenuItem[];
  /** Pixels in the window. */
  at: { x: number; y: number };
  /** Called with whether an item was chosen. */
  onClose: () => void;
}

const EDGE = 8;

/** The menu of one row. It keeps the row it was opened for, whatever the list does meanwhile. */
export const RowMenu = ({ label, items, at, onClose }: RowMenuProps) => {
  const menu = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState(at);
  useLayoutEffect(() => {
    const box = menu.current?.getBoundingClientRect();
    if (!box) return;
    setPlace({ x: Math.max(EDGE, Math.min(at.x, window.innerWidth - box.width - EDGE)), y: Math.max(EDGE, Math.min(at.y, window.innerHeight - box.height - EDGE)) });
    menu.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus();
  }, [at]);
  useEffect(() => {
    const outside = (event: Event): void => {
      if (!(event.target instanceof Node) || !menu.current?.contains(event.target)) onClose();
    };
    document.addEventListener('pointerdown', outside, true);
    window.addEventListener('blur', onClose);
    return () => {
      document.removeEventListener('pointerdown', outside, true);
      window.removeEventListener('blur', onClose);
    };
  }, [onClose]);
  const take = (item: RowMenuItem): void => {
    if (item.reason !== undefined) return;
    onClose();
    item.onSelect();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    const all = [...(menu.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
    const now = all.findIndex((each) => each === document.activeElement);
    const to = { ArrowDown: (now + 1) % all.length, ArrowUp: (now - 1 + all.length) % all.length, Home: 0, End: all.length - 1 }[event.key];
    if (to !== undefined) all[to]?.focus();
    else if (event.key === 'Escape' || event.key === 'Tab') onClose();
    else {
      // The key of an item works here as it does on the row.
      const item = items.find((each) => each.kbd === event.key || (each.kbd?.length === 1 && each.kbd.toLowerCase() === event.key));
      if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
      take(item);
    }
    event.preventDefault();
  };
  return createPortal(
    <div className="ow-menu" role="menu" aria-label={label} ref={menu} style={{ left: place.x, top: place.y }} onKeyDown={onKeyDown} onContextMenu={(event) => event.preventDefault()}>
      {items.map((item) => (
        <div key={item.id} role="none">
          {item.startsGroup ? <hr /> : null}
          <button
            type="button"
            role="menuitem"
            tabIndex={-1}
            data-danger={item.isDanger || undefined}
            aria-disabled={item.reason === undefined ? undefined : true}
            aria-keyshortcuts={item.kbd}
            onPointerMove={(event) => event.currentTarget.focus()}
            onClick={() => take(item)}
          >
            <span>{item.label}</span>
            {item.reason === undefined ? null : <small>{item.reason}</small>}
            <span className="ow-spacer" />
            {item.kbd ? <Kbd hidden>{item.kbd}</Kbd> : null}
          </button>
        </div>
      ))}
    </div>,
    document.body,
  );
};

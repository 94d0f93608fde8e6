import './primitives.css';
import { useCallback, useLayoutEffect, useRef, type KeyboardEvent } from 'react';

export interface TabItem {
  id: string;
  label: string;
  count?: number | undefined;
}

interface TabsProps {
  label: string;
  items: readonly TabItem[];
  value: string;
  onChange: (id: string) => void;
}

/** Counts above 99 say "99+": the exact figure is not worth counting for. */
export const capCount = (n: number): string => (n > 99 ? '99+' : String(n));

/** Room between the chosen tab and the edge that fades, pixels. */
const EDGE = 28;

/** At which ends more tabs are out of sight. */
const moreOf = (list: HTMLElement): 'none' | 'before' | 'after' | 'both' => {
  const isBefore = list.scrollLeft > 1;
  const isAfter = list.scrollLeft + list.clientWidth < list.scrollWidth - 1;
  return isBefore && isAfter ? 'both' : isBefore ? 'before' : isAfter ? 'after' : 'none';
};

/** Where the room is short the chosen tab stays in sight, and an edge that hides others fades. */
export const Tabs = ({ label, items, value, onChange }: TabsProps) => {
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    const at = items.findIndex((item) => item.id === value);
    const next = items[(at + step + items.length) % items.length];
    if (!next) return;
    event.preventDefault();
    onChange(next.id);
    event.currentTarget.querySelector<HTMLElement>(`[data-tab="${next.id}"]`)?.focus();
  };
  const list = useRef<HTMLDivElement>(null);
  const say = useCallback(() => {
    if (list.current) list.current.dataset['more'] = moreOf(list.current);
  }, []);
  useLayoutEffect(() => {
    const view = list.current;
    if (!view) return;
    const show = (): void => {
      const tab = view.querySelector<HTMLElement>('[aria-selected="true"]');
      if (tab) view.scrollLeft = Math.max(tab.offsetLeft + tab.offsetWidth + EDGE - view.clientWidth, Math.min(view.scrollLeft, tab.offsetLeft - EDGE));
      say();
    };
    // Tells at once as well, when the page has been laid out anyway.
    const observer = new ResizeObserver(show);
    observer.observe(view);
    return () => observer.disconnect();
  }, [value, items.length, say]);
  return (
    <div ref={list} className="ow-tabs" role="tablist" aria-label={label} onKeyDown={onKeyDown} onScroll={say}>
      {items.map((item) => (
        <button
          key={item.id}
          type="button"
          role="tab"
          data-tab={item.id}
          aria-selected={item.id === value}
          tabIndex={item.id === value ? 0 : -1}
          onClick={() => onChange(item.id)}
        >
          {item.label}
          {item.count === undefined ? null : <i>{capCount(item.count)}</i>}
        </button>
      ))}
    </div>
  );
};

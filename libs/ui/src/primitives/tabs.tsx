import './primitives.css';
import type { KeyboardEvent } from 'react';

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
  return (
    <div className="ow-tabs" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
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

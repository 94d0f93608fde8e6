import './queue-grid.css';
import { useEffect, useLayoutEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { Button } from '../primitives/button';
import { Kbd } from '../primitives/kbd';
import { focusGrid } from './stops';

export interface BulkAction {
  id: string;
  label: ReactNode;
  onPress: () => void;
  /** Why it cannot be done now. */
  reason?: string | undefined;
  isDanger?: boolean | undefined;
}

interface BulkBarProps {
  /** "With the selected". */
  label: string;
  /** "42 selected, 3 not in view". */
  summary: ReactNode;
  /** "Select all 1 284 matching", or what it came to. */
  selectAll?: ReactNode;
  actions: readonly BulkAction[];
  /** "Clear". */
  clearLabel: string;
  onClear: () => void;
}

/** What can be done with what is selected. F6 leads from the list here and back; inside, the arrows move. */
export const BulkBar = ({ label, summary, selectAll, actions, clearLabel, onClear }: BulkBarProps) => {
  const bar = useRef<HTMLDivElement>(null);
  const last = useRef<HTMLElement | null>(null);
  const buttons = (): HTMLElement[] => [...(bar.current?.querySelectorAll<HTMLElement>('button, a[href]') ?? [])];
  // One stop of the Tab key: the button used last, else the first.
  useLayoutEffect(() => {
    const all = buttons();
    const stop = all.find((each) => each === last.current) ?? all[0];
    for (const each of all) each.tabIndex = each === stop ? 0 : -1;
  });
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent): void => {
      if (event.key !== 'F6' || event.ctrlKey || event.altKey || event.metaKey || !bar.current) return;
      event.preventDefault();
      if (bar.current.contains(document.activeElement)) focusGrid(bar.current);
      else bar.current.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  // The bar goes when nothing is selected any more: the keyboard must not go with it.
  useLayoutEffect(() => {
    const element = bar.current;
    return () => {
      if (element?.contains(document.activeElement)) focusGrid(element);
    };
  }, []);
  const onKeyDown = (event: KeyboardEvent): void => {
    const all = buttons();
    const at = all.findIndex((each) => each === document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (event.key === 'Escape' && bar.current) {
      event.stopPropagation();
      focusGrid(bar.current);
    } else if (to !== undefined) {
      event.preventDefault();
      const next = all[(to + all.length) % all.length];
      if (!next) return;
      for (const each of all) each.tabIndex = each === next ? 0 : -1;
      last.current = next;
      next.focus();
    }
  };
  return (
    <div className="ow-bulk" role="toolbar" aria-label={label} aria-keyshortcuts="F6" ref={bar} onKeyDown={onKeyDown}>
      <span className="ow-strong">{summary}</span>
      {selectAll}
      <span className="ow-spacer" />
      {actions.map((action) => (
        <Button key={action.id} compact variant={action.isDanger ? 'danger' : 'default'} disabled={action.reason !== undefined} reason={action.reason} onClick={action.onPress}>
          {action.label}
        </Button>
      ))}
      <Button compact variant="quiet" onClick={onClear}>
        {clearLabel}
      </Button>
      <Kbd>F6</Kbd>
    </div>
  );
};

import { useEffect, useRef } from 'react';
import { sharedKeys, useCommands, type Command } from '../../shared/commands';
import type { AuditEntry } from './api';
import { rowSelector } from './audit-table';
import { focusAuditSearch } from './audit-search-bar';

interface RowsInput {
  entries: readonly AuditEntry[];
  currentId: string | null;
  openId: string | null;
  onOpen: (id: string | null) => void;
  more?: readonly Command[];
}

/** The keyboard of a list of entries: j k Enter i / and Escape, for the list alone and from anywhere on the page. */
export const useAuditRows = ({ entries, currentId, openId, onOpen, more = [] }: RowsInput): void => {
  const focusRow = (id: string): boolean => {
    const row = document.querySelector<HTMLElement>(rowSelector(id));
    row?.focus();
    row?.scrollIntoView({ block: 'nearest' });
    return row !== null;
  };
  const move = (by: number): boolean => {
    const isInside = document.activeElement?.closest('.au-table') !== null && document.activeElement !== document.body;
    const at = entries.findIndex(({ id }) => id === currentId);
    const next = entries[Math.min(Math.max(0, isInside || at < 0 ? at + by : at), entries.length - 1)];
    if (!next) return false;
    // The open panel follows the row in hand.
    if (openId !== null) onOpen(next.id);
    return focusRow(next.id);
  };
  const close = (): boolean => {
    if (openId === null) return false;
    onOpen(null);
    const id = openId;
    requestAnimationFrame(() => focusRow(id));
    return true;
  };
  const current = currentId ?? entries[0]?.id;
  useCommands([
    { id: 'audit.move', keys: ['j', 'k', 'ArrowDown', 'ArrowUp'], label: 'audit:command.move', section: 'list', scope: 'item', isKeyOnly: true, run: (key) => move(key === 'j' || key === 'ArrowDown' ? 1 : -1) },
    { id: 'audit.enter', keys: ['j', 'k'], label: 'audit:command.move', section: 'list', scope: 'screen', isKeyOnly: true, run: (key) => move(key === 'j' ? 1 : -1) },
    { id: 'audit.open', keys: ['i'], label: 'audit:command.open', section: 'item', scope: 'screen', isAllowed: () => ({ allowed: current !== undefined }), run: () => (openId !== null && openId === current ? close() : current !== undefined && onOpen(current)) },
    { id: 'audit.close', keys: ['Escape'], label: 'audit:command.close', section: 'item', scope: 'screen', isKeyOnly: true, run: close },
    { ...sharedKeys.search, label: 'audit:command.search', section: 'list', scope: 'screen', run: focusAuditSearch },
    ...more,
  ]);
  // An entry that the address names is shown, once.
  const shown = useRef(false);
  useEffect(() => {
    if (shown.current || openId === null || entries.length === 0) return;
    shown.current = true;
    document.querySelector<HTMLElement>(rowSelector(openId))?.scrollIntoView({ block: 'nearest' });
  }, [openId, entries]);
};

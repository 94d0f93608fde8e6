import './queue-grid.css';
import { useVirtualizer, defaultRangeExtractor, type Range } from '@tanstack/react-virtual';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, type CSSProperties, type KeyboardEvent, type MouseEvent, type PointerEvent } from 'react';
import { moveTo, reanchor } from './anchoring';
import { GridRow } from './grid-row';
import type { QueueGridProps } from './queue-grid.types';
import { useChangedCells } from './use-changed-cells';

const HEAD_HEIGHT = 30;

const rowIdOf = (target: EventTarget): string | undefined =>
  target instanceof Element ? target.closest<HTMLElement>('[data-row-id]')?.dataset['rowId'] : undefined;

const isField = (target: EventTarget): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName)) && !target.classList.contains('ow-check');

/** A live list that never moves under the hand: it draws the order it is given and anchors on the row in focus. */
export const QueueGrid = <Row,>(props: QueueGridProps<Row>) => {
  const { label, order, rowsById, columns, total, focusedId, onFocusChange, onOpen, onKey, goneIds, renderGone } = props;
  const { rowTone, selectedIds, onSelectedChange, selectLabel, selectHeader, onRowPointerDown, onEndReached, empty, isRefreshing } = props;
  const rowHeight = props.rowHeight ?? 36;
  const scroller = useRef<HTMLDivElement>(null);
  const pressed = useRef<string | undefined>(undefined);
  const wantsFocus = useRef(false);
  const lastOrder = useRef(order);
  const focusedAt = focusedId === null ? -1 : order.indexOf(focusedId);
  const tabStop = focusedAt >= 0 ? focusedAt : 0;
  const isSelectable = onSelectedChange !== undefined;
  const changed = useChangedCells(rowsById, columns);

  const rangeExtractor = useCallback(
    (range: Range) => {
      const shown = defaultRangeExtractor(range);
      // The row in focus is never taken out of the document: focus would fall to the body.
      return shown.includes(tabStop) || tabStop >= range.count ? shown : [...shown, tabStop].sort((a, b) => a - b);
    },
    [tabStop],
  );
  const virtual = useVirtualizer({
    count: order.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => order[index] ?? index,
    overscan: 8,
    // The header lies over the top of the scrolled part.
    scrollPaddingEnd: HEAD_HEIGHT,
    rangeExtractor,
  });

  useLayoutEffect(() => {
    const before = lastOrder.current;
    const view = scroller.current;
    if (before === order || !view) return;
    lastOrder.current = order;
    const hadFocus = view.contains(document.activeElement);
    const next = reanchor({ before, after: order, focusedId, scrollTop: view.scrollTop, viewHeight: view.clientHeight - HEAD_HEIGHT, rowHeight, isInHand: hadFocus || view.matches(':hover') });
    virtual.measure();
    view.scrollTop = next.scrollTop;
    if (next.focusId !== focusedId) {
      wantsFocus.current = hadFocus;
      onFocusChange(next.focusId);
    }
  }, [order, focusedId, rowHeight, onFocusChange, virtual]);

  // The row in hand was changed from outside: the keyboard goes with it, if it was in the list at all.
  const lastFocused = useRef(focusedId);
  useLayoutEffect(() => {
    if (lastFocused.current === focusedId) return;
    lastFocused.current = focusedId;
    const active = document.activeElement;
    const isOnIt = active instanceof HTMLElement && active.dataset['rowId'] === focusedId;
    if (focusedAt < 0 || isOnIt || !scroller.current?.contains(active)) return;
    wantsFocus.current = true;
    virtual.scrollToIndex(focusedAt, { align: 'auto' });
  }, [focusedId, focusedAt, virtual]);

  useLayoutEffect(() => {
    if (!wantsFocus.current || focusedId === null) return;
    const row = scroller.current?.querySelector<HTMLElement>(`[data-row-id="${CSS.escape(focusedId)}"]`);
    if (!row) return;
    wantsFocus.current = false;
    row.focus({ preventScroll: true });
  });

  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (onEndReached && order.length > 0 && lastShown >= order.length - 10) onEndReached();
  }, [lastShown, order.length, onEndReached]);

  const toggle = (id: string): void => {
    if (!onSelectedChange) return;
    const next = new Set(selectedIds);
    if (!next.delete(id)) next.add(id);
    onSelectedChange(next);
  };
  const goTo = (index: number): void => {
    const id = order[index];
    if (id === undefined) return;
    wantsFocus.current = true;
    virtual.scrollToIndex(index, { align: 'auto' });
    onFocusChange(id);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.nativeEvent.isComposing || event.altKey || isField(event.target)) return;
    const id = order[tabStop];
    if (event.ctrlKey || event.metaKey) {
      if (event.key.toLowerCase() === 'a' && onSelectedChange) {
        event.preventDefault();
        onSelectedChange(new Set(order.filter((each) => !goneIds?.has(each))));
      }
      return;
    }
    const page = Math.max(1, Math.floor(((scroller.current?.clientHeight ?? rowHeight) - HEAD_HEIGHT) / rowHeight) - 1);
    const target = moveTo(event.key, focusedAt, order.length, page);
    if (target !== undefined) {
      event.preventDefault();
      if (event.shiftKey && id !== undefined && onSelectedChange) {
        onSelectedChange(new Set([...(selectedIds ?? []), id, order[target] ?? id]));
      }
      goTo(target);
    } else if (id === undefined) {
      return;
    } else if ((event.key === 'Enter' || event.key === 'o') && onOpen && !(event.target instanceof HTMLAnchorElement)) {
      event.preventDefault();
      onOpen(id);
    } else if ((event.key === ' ' || event.key === 'x') && isSelectable && !goneIds?.has(id)) {
      event.preventDefault();
      toggle(id);
    } else if (onKey?.(event.key, id, event)) {
      event.preventDefault();
    }
  };
  const onPointerDown = (event: PointerEvent): void => {
    pressed.current = rowIdOf(event.target);
    if (pressed.current !== undefined) onRowPointerDown?.();
  };
  // The press decides which row is meant, whatever has moved by the time the finger is lifted.
  const onClick = (event: MouseEvent): void => {
    const id = pressed.current ?? rowIdOf(event.target);
    pressed.current = undefined;
    if (id !== undefined && id !== focusedId) onFocusChange(id);
  };
  const onDoubleClick = (event: MouseEvent): void => {
    const id = rowIdOf(event.target);
    if (id !== undefined) onOpen?.(id);
  };

  const style = useMemo(
    () => ({ '--cols': [isSelectable ? '30px' : '4px', ...columns.map((c) => c.width)].join(' '), '--row-h': `${rowHeight}px` }) as CSSProperties,
    [columns, isSelectable, rowHeight],
  );
  return (
    <div
      className="ow-grid"
      role="grid"
      aria-label={label}
      aria-rowcount={total === undefined ? order.length + 1 : total < 0 ? -1 : Math.max(total, order.length) + 1}
      aria-colcount={columns.length + (isSelectable ? 1 : 0)}
      aria-multiselectable={isSelectable || undefined}
      aria-busy={isRefreshing || undefined}
      style={style}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onClick={onClick}
      onDoubleClick={onDoubleClick}
    >
      {isRefreshing ? <div className="ow-progress" role="presentation" /> : null}
      <div className="ow-grid-scroll" ref={scroller}>
        <div className="ow-grid-head" role="rowgroup">
          <div className="ow-row" data-head role="row" aria-rowindex={1} style={isRefreshing ? { opacity: 0.6 } : undefined}>
            {isSelectable ? (
              <span role="columnheader" aria-colindex={1}>
                <span className="ow-sr">{selectHeader ?? ''}</span>
              </span>
            ) : (
              <span role="presentation" />
            )}
            {columns.map((column, i) => (
              <span key={column.id} role="columnheader" aria-colindex={i + (isSelectable ? 2 : 1)} className={column.align ? 'ow-num' : undefined}>
                {column.header}
              </span>
            ))}
          </div>
        </div>
        {order.length === 0 ? (
          empty
        ) : (
          <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
            {items.map((item) => {
              const id = order[item.index];
              const row = id === undefined ? undefined : rowsById.get(id);
              if (id === undefined || row === undefined) return null;
              return (
                <GridRow
                  key={id}
                  id={id}
                  row={row}
                  index={item.index}
                  top={item.start}
                  columns={columns}
                  isCurrent={id === focusedId}
                  isTabStop={item.index === tabStop}
                  isGone={goneIds?.has(id) ?? false}
                  renderGone={renderGone}
                  tone={rowTone?.(row)}
                  isSelected={isSelectable ? (selectedIds?.has(id) ?? false) : undefined}
                  onToggle={isSelectable ? toggle : undefined}
                  selectLabel={selectLabel?.(row)}
                  changed={changed}
                />
              );
            })}
          </div>
        )}
      </div>
    </div>
  );
};

import './timeline.css';
import { useMemo, useRef, type CSSProperties, type KeyboardEvent } from 'react';
import { moveTo } from '../grid/anchoring';
import { Chip } from '../primitives/chip';
import { Icon } from '../primitives/icons';
import { laneCells } from './lanes';
import type { TimelineItem, TimelineLane } from './timeline.types';

interface TimelineProps {
  label: string;
  lanes: readonly TimelineLane[];
  /** Newest first. */
  items: readonly TimelineItem[];
  heads: { when: string; what: string; who: string };
  currentId?: string | null | undefined;
  onCurrentChange?: ((id: string) => void) | undefined;
  /** Opens the raw event of a row. */
  onOpen?: ((id: string) => void) | undefined;
}

const dotOf = (item: TimelineItem): string => (item.kind === 'event' ? (item.isNewest ? 'newest' : 'plain') : item.kind);

const isBig = (item: TimelineItem): boolean => item.kind === 'silence' || item.kind === 'expected' || item.kind === 'contradiction';

const When = ({ item }: { item: TimelineItem }) =>
  item.dateTime === undefined ? (
    <span className="ow-tl-when" title={item.whenTitle}>
      {item.when}
    </span>
  ) : (
    <time dateTime={item.dateTime} title={item.whenTitle}>
      {item.when}
    </time>
  );

const Body = ({ item }: { item: TimelineItem }) =>
  isBig(item) ? (
    <div className="ow-tl-body">
      <div className="ow-tl-line">
        <span className="ow-clip">{item.kind === 'expected' ? item.title : <b>{item.title}</b>}</span>
        <span>{item.who}</span>
      </div>
      <small>
        {item.detail} {item.action}
      </small>
    </div>
  ) : (
    <>
      <div className="ow-tl-body">
        <div className="ow-tl-title">{item.title}</div>
        {item.quote ? <q className="ow-tl-cut">{item.quote}</q> : null}
        {item.detail === undefined ? null : <small className="ow-tl-cut">{item.detail}</small>}
        {item.late ? (
          <Chip tone="amber" icon="clock">
            {item.late}
          </Chip>
        ) : null}
        {item.action}
      </div>
      <span className="ow-tl-who">{item.who}</span>
    </>
  );

/** One list for all tracks; the gutter keeps the order across tracks readable. */
export const Timeline = ({ label, lanes, items, heads, currentId, onCurrentChange, onOpen }: TimelineProps) => {
  const list = useRef<HTMLOListElement>(null);
  const cells = useMemo(
    () => new Map(lanes.map((lane) => [lane.id, laneCells(items, lane.id, lane.isOpen)])),
    [lanes, items],
  );
  const laneName = useMemo(() => new Map(lanes.map((lane) => [lane.id, lane.label])), [lanes]);
  const at = items.findIndex((item) => item.id === currentId);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = moveTo(event.key, at, items.length, 10);
    const item = next === undefined ? undefined : items[next];
    if (item) {
      event.preventDefault();
      onCurrentChange?.(item.id);
      list.current?.querySelector<HTMLElement>(`[data-item="${CSS.escape(item.id)}"]`)?.focus();
    } else if ((event.key === 'Enter' || event.key === 'i') && currentId && event.target instanceof HTMLLIElement) {
      event.preventDefault();
      onOpen?.(currentId);
    }
  };
  const style = { '--lanes': lanes.length, '--gutter': `${lanes.length * 24}px` } as CSSProperties;
  return (
    <div className="ow-tl-wrap" style={style}>
      <div className="ow-tl-head" aria-hidden="true">
        <span>{heads.when}</span>
        <span className="ow-lanes">
          {lanes.map((lane) => (
            <abbr key={lane.id} title={lane.label}>
              {lane.icon ? <Icon name={lane.icon} /> : lane.short}
            </abbr>
          ))}
        </span>
        <span>{heads.what}</span>
        <span className="ow-num">{heads.who}</span>
      </div>
      <ol className="ow-tl" aria-label={label} ref={list} onKeyDown={onKeyDown}>
        {items.map((item, row) => (
          <li
            key={item.id}
            data-item={item.id}
            data-kind={item.kind}
            data-big={isBig(item) || undefined}
            data-clickable={onOpen ? true : undefined}
            aria-current={item.id === currentId || undefined}
            tabIndex={onCurrentChange ? (item.id === currentId || (at < 0 && row === 0) ? 0 : -1) : undefined}
            onClick={() => onCurrentChange?.(item.id)}
            onDoubleClick={() => onOpen?.(item.id)}
          >
            <When item={item} />
            <span className="ow-lanes">
              {lanes.map((lane) => {
                const cell = cells.get(lane.id)?.[row];
                return (
                  <span key={lane.id} className="ow-lane" aria-hidden="true">
                    {cell && cell.above !== 'none' ? <u data-half="above" data-line={cell.above} /> : null}
                    {cell && cell.below !== 'none' ? <u data-half="below" data-line={cell.below} /> : null}
                    {cell?.hasDot ? <i className="ow-pt" data-dot={dotOf(item)} /> : null}
                  </span>
                );
              })}
              <span className="ow-sr">{item.lanes.map((id) => laneName.get(id) ?? id).join(', ')}</span>
            </span>
            <Body item={item} />
          </li>
        ))}
      </ol>
    </div>
  );
};

interface ShortTimelineProps {
  label: string;
  items: readonly TimelineItem[];
}

/** The same rows without the gutter, for a peek panel. What happened is said in the words of who said it. */
export const ShortTimeline = ({ label, items }: ShortTimelineProps) => (
  <ol className="ow-tl-short" aria-label={label}>
    {items.map((item) => (
      <li key={item.id} data-kind={item.kind}>
        <span className="ow-pt" data-dot={dotOf(item)} aria-hidden="true" />
        <div>
          <span className="ow-tl-title" translate="no">
            {item.title}
          </span>
          <small translate="no">
            {item.who}
            {item.quote ? ` “${item.quote}”` : null}
            {item.detail === undefined ? null : (
              <>
                {item.who || item.quote ? ' · ' : null}
                {item.detail}
              </>
            )}
            {item.late ? ` · ${item.late}` : null}
          </small>
        </div>
        <When item={item} />
      </li>
    ))}
  </ol>
);

import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { useText } from '../../../shared/i18n';

/** CSS pixels. */
export const PEEK = { least: 420, usual: 432, most: 560, step: 20 } as const;

const within = (px: number): number => Math.round(Math.min(PEEK.most, Math.max(PEEK.least, px)));

interface PeekHandleProps {
  width: number;
  /** While it is dragged. */
  onChange: (width: number) => void;
  /** When it is let go. */
  onDone: (width: number) => void;
}

/** The edge between list and panel: dragged, or moved with the arrows. */
export const PeekHandle = ({ width, onChange, onDone }: PeekHandleProps) => {
  const t = useText();
  const start = useRef<{ x: number; width: number } | null>(null);
  const at = (event: PointerEvent): number => within((start.current?.width ?? width) + (start.current?.x ?? event.clientX) - event.clientX);
  const keys: Readonly<Record<string, number>> = { ArrowLeft: width + PEEK.step, ArrowRight: width - PEEK.step, Home: PEEK.least, End: PEEK.most };
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = keys[event.key];
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onDone(within(next));
  };
  return (
    <div
      className="queue-edge"
      role="separator"
      aria-orientation="vertical"
      aria-label={t('queue:peek.width')}
      aria-valuemin={PEEK.least}
      aria-valuemax={PEEK.most}
      aria-valuenow={width}
      aria-valuetext={t('queue:peek.widthIs', { width })}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        start.current = { x: event.clientX, width };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => start.current && onChange(at(event))}
      onPointerUp={(event) => {
        if (!start.current) return;
        const next = at(event);
        start.current = null;
        onDone(next);
      }}
      onPointerCancel={() => {
        if (start.current) onChange(start.current.width);
        start.current = null;
      }}
    />
  );
};

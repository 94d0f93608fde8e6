import { Button, ErrorBar, formatTime, KeyValueList, SkeletonRows } from '@orderwatch/ui';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { sourceName } from '../../shared/sources';
import { rawQuery } from './api';

interface RawPanelProps {
  inboxId: string | null;
  /** No row of the timeline is chosen. */
  isNothingChosen: boolean;
  onClose: () => void;
}

const pretty = (body: string): string => {
  // Only to lay it out; a body that is no JSON, or holds digits a number would lose, is shown as it came.
  if (/\d{16,}/.test(body)) return body;
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
};

/** The bytes as they came, and what today's code made of them. */
export const RawPanel = ({ inboxId, isNothingChosen, onClose }: RawPanelProps) => {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => panel.current?.focus(), []);
  const { data, error, isPending, refetch } = useQuery({ ...rawQuery(inboxId ?? ''), enabled: inboxId !== null });
  return (
    <section
      ref={panel}
      className="raw"
      tabIndex={-1}
      aria-label="Raw event"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <header>
        <h2>Raw event</h2>
        <span className="ow-spacer" />
        {data ? (
          <Button compact onClick={() => void navigator.clipboard?.writeText(data.body)}>
            Copy
          </Button>
        ) : null}
        <Button compact kbd="Esc" onClick={onClose}>
          Close
        </Button>
      </header>
      {inboxId === null ? <p className="raw-none">{isNothingChosen ? 'Choose a row of the timeline: J and K move through it.' : 'No delivery stands behind this row: it was derived by a rule, written by a person, or imported.'}</p> : null}
      {error ? <ErrorBar onRetry={() => void refetch()}>The delivery could not be read: {error.message}</ErrorBar> : null}
      {inboxId !== null && isPending ? <SkeletonRows rows={6} rowHeight={28} /> : null}
      {inboxId !== null && data === null ? <p className="raw-none">The bytes of this delivery are no longer kept.</p> : null}
      {data ? (
        <>
          <div className="raw-facts">
            <KeyValueList
              items={[
                { key: 'connection', label: 'Source', value: [sourceName(data.connection), data.topic].filter(Boolean).join(' · ') },
                { key: 'received', label: 'Received', value: formatTime(data.receivedAt, 'minute') },
                { key: 'state', label: 'State', value: data.state },
                { key: 'checksum', label: 'Checksum', value: data.checksum.slice(0, 16) },
              ]}
            />
          </div>
          {data.trace.map((step) => (
            <p key={step.factId} className="raw-trace">
              {step.code ? `${step.code} → ` : ''}
              <b>{step.status ?? step.type}</b>
              <span className="ow-dim"> · {formatTime(step.at, 'minute')}</span>
            </p>
          ))}
          <pre>{pretty(data.body)}</pre>
          {data.truncated ? <p className="raw-none">Cut for the screen.</p> : null}
        </>
      ) : null}
    </section>
  );
};

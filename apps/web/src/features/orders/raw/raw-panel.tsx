import { Button, ErrorBar, formatTime, KeyValueList, SkeletonRows } from '@orderwatch/ui';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { announce } from '../../../shared/announce';
import { useText } from '../../../shared/i18n';
import { sourceName } from '../../../shared/sources';
import { useShownZone } from '../../../shared/zone';
import { rawQuery, type Raw } from '../api';
import { JsonTree } from './json-tree';
import { pathOf, readPayload } from './payload';
import { PersonalData } from './personal-data';
import { TraceSteps } from './trace-steps';
import { TrialRun } from './trial';

interface RawPanelProps {
  inboxId: string | null;
  /** No row of the timeline is chosen. */
  isNothingChosen: boolean;
  onClose: () => void;
}

const Payload = ({ raw }: { raw: Raw }) => {
  const t = useText();
  const payload = useMemo(() => readPayload(raw.body), [raw.body]);
  const marked = useMemo(() => new Set(payload.kind === 'json' ? raw.trace.flatMap((step) => (step.code === null ? [] : (pathOf(payload.value, step.code) ?? []))) : []), [payload, raw.trace]);
  return (
    <>
      <h3>{t('order:raw.trace')}</h3>
      {raw.trace.length === 0 ? <p className="raw-none">{t('order:raw.traceNone')}</p> : <TraceSteps steps={raw.trace.map((trace) => ({ trace }))} payload={payload} />}
      <TrialRun key={raw.id} id={raw.id} payload={payload} />
      <h3>{t('order:raw.body')}</h3>
      {payload.kind === 'json' ? <JsonTree value={payload.value} marked={marked} /> : <pre translate="no">{payload.text}</pre>}
      {raw.truncated ? <p className="raw-none">{t('order:raw.cut')}</p> : null}
    </>
  );
};

const Delivery = ({ read }: { read: Raw }) => {
  const t = useText();
  const [whole, setWhole] = useState<Raw | null>(null);
  const raw = whole ?? read;
  return (
    <>
      <div className="raw-facts">
        <KeyValueList
          items={[
            { key: 'connection', label: t('order:raw.source'), value: <span translate="no">{[sourceName(raw.connection), raw.topic].filter(Boolean).join(' · ')}</span> },
            { key: 'received', label: t('order:raw.received'), value: formatTime(raw.receivedAt, 'minute') },
            { key: 'state', label: t('order:raw.state'), value: `${raw.state} · ${raw.origin}` },
            { key: 'id', label: t('order:raw.id'), value: <span translate="no">{raw.id}</span> },
            { key: 'checksum', label: t('order:raw.checksum'), value: <span translate="no" title={raw.checksum}>{`${raw.checksum.slice(0, 16)} · ${t('order:raw.bytes', { count: raw.bytes })}`}</span> },
          ]}
        />
      </div>
      <PersonalData raw={raw} onShown={setWhole} />
      <Payload raw={raw} />
      <details className="raw-headers">
        <summary>{t('order:raw.headers')}</summary>
        <JsonTree value={raw.headers} marked={new Set()} />
      </details>
    </>
  );
};

/** The bytes as they came, and what today's code made of them. Beside the page, not over it. */
export const RawPanel = ({ inboxId, isNothingChosen, onClose }: RawPanelProps) => {
  const t = useText();
  useShownZone();
  const panel = useRef<HTMLElement>(null);
  useEffect(() => panel.current?.focus(), []);
  const { data, error, isPending, refetch } = useQuery({ ...rawQuery(inboxId ?? ''), enabled: inboxId !== null });
  const copy = (): void => void navigator.clipboard?.writeText(JSON.stringify(data, null, 2)).then(() => announce(t('order:raw.copied')));
  return (
    <section
      ref={panel}
      className="raw"
      tabIndex={-1}
      aria-label={t('order:raw.title')}
      data-escape=""
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) onClose();
      }}
    >
      <header>
        <h2>{t('order:raw.title')}</h2>
        <span className="ow-spacer" />
        {data ? (
          <Button compact onClick={copy}>
            {t('order:raw.copy')}
          </Button>
        ) : null}
        <Button compact kbd="Esc" onClick={onClose}>
          {t('order:raw.close')}
        </Button>
      </header>
      {inboxId === null ? <p className="raw-none">{t(isNothingChosen ? 'order:raw.choose' : 'order:raw.none')}</p> : null}
      {error ? <ErrorBar onRetry={() => void refetch()}>{t('order:raw.failed', { why: error.message })}</ErrorBar> : null}
      {inboxId !== null && isPending ? <SkeletonRows rows={6} rowHeight={28} /> : null}
      {inboxId !== null && data === null ? <p className="raw-none">{t('order:raw.gone')}</p> : null}
      {data ? <Delivery key={data.id} read={data} /> : null}
    </section>
  );
};

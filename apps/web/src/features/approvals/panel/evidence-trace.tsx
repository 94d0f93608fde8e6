import { AbsoluteTime, ErrorBar, formatDuration, SkeletonRows } from '@orderwatch/ui';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useText } from '../../../shared/i18n';
import { entryOfFact } from '../../../shared/remedies/evidence';
import { sourceName } from '../../../shared/sources';
import { orderToEditQuery, traceQuery, type OrderToEdit } from '../api';

type Entry = OrderToEdit['timeline'][number];

/** Indented, where it is JSON; as it came otherwise. */
const laidOut = (body: string): string => {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
};

/** Lag below which when we were told says nothing, in seconds. */
const LATE_SECONDS = 15 * 60;

interface DeliveryProps {
  inboxId: string;
  factId: string;
}

/** The delivery that told it: which code it carried, what that means here, and the bytes themselves. */
const Delivery = ({ inboxId, factId }: DeliveryProps) => {
  const t = useText();
  const { data, error, isPending, refetch } = useQuery(traceQuery(inboxId));
  const body = useMemo(() => laidOut(data?.body ?? ''), [data?.body]);
  if (isPending) return <SkeletonRows rows={2} rowHeight={24} />;
  if (error) return <ErrorBar onRetry={() => void refetch()}>{t('approvals:evidence.notRead', { why: error.message })}</ErrorBar>;
  if (!data) return <p className="ow-dim ow-small">{t('approvals:evidence.rawGone')}</p>;
  const steps = data.trace.filter((step) => step.factId === factId);
  return (
    <>
      <dl className="ap-trace">
        {steps.map((step) => (
          <div key={`${step.type} ${step.code ?? ''}`}>
            <dt>{t('approvals:evidence.mapping')}</dt>
            <dd>
              <span translate="no">{step.code ?? step.type}</span> <span aria-hidden="true">→</span> <b translate="no">{step.status ?? step.type}</b>
              {step.code === null ? null : <span className="ow-dim"> · {t('approvals:evidence.map', { version: step.mapVersion })}</span>}
              {step.customerSees ? <small translate="no">{t('approvals:evidence.customerSees', { text: step.customerSees })}</small> : null}
            </dd>
          </div>
        ))}
        <div>
          <dt>{t('approvals:evidence.delivery')}</dt>
          <dd>
            <span translate="no">{[sourceName(data.connection), data.topic].filter(Boolean).join(' · ')}</span> · <AbsoluteTime at={data.receivedAt} />
          </dd>
        </div>
      </dl>
      <details className="ap-raw">
        <summary>{t(data.masked ? 'approvals:evidence.rawMasked' : 'approvals:evidence.raw')}</summary>
        <pre translate="no" tabIndex={0} role="region" aria-label={t('approvals:evidence.raw')}>
          {body}
        </pre>
      </details>
    </>
  );
};

const Told = ({ entry, factId }: { entry: Entry; factId: string }) => {
  const t = useText();
  const late = entry.toldLateSeconds ?? 0;
  return (
    <>
      <dl className="ap-trace">
        <div>
          <dt>{t('approvals:evidence.happened')}</dt>
          <dd>
            <b translate="no">{entry.title}</b>
            {entry.at ? (
              <>
                {' · '}
                <AbsoluteTime at={entry.at} />
              </>
            ) : null}
            {late >= LATE_SECONDS ? <span className="ow-amber"> · {t('approvals:evidence.late', { span: formatDuration(late * 1000) })}</span> : null}
          </dd>
        </div>
        {entry.rawText ? (
          <div>
            <dt>{t('approvals:evidence.words')}</dt>
            <dd translate="no">“{entry.rawText}”</dd>
          </div>
        ) : null}
        {entry.detail ? (
          <div>
            <dt>{t('approvals:evidence.detail')}</dt>
            <dd translate="no">{entry.detail}</dd>
          </div>
        ) : null}
      </dl>
      {entry.inboxId ? <Delivery inboxId={entry.inboxId} factId={factId} /> : null}
    </>
  );
};

interface EvidenceTraceProps {
  orderId: string;
  factId: string | null;
}

/** One piece of evidence, opened: its row of the timeline, and the way from the source's bytes to our word for them. */
export const EvidenceTrace = ({ orderId, factId }: EvidenceTraceProps) => {
  const t = useText();
  const { data, error, isPending, refetch } = useQuery({ ...orderToEditQuery(orderId), enabled: factId !== null });
  const entry = data && factId !== null ? entryOfFact(data.timeline, factId) : undefined;
  return (
    <div className="ap-opened" role="group" aria-label={t('approvals:evidence.label')}>
      {factId !== null && isPending ? <SkeletonRows rows={3} rowHeight={24} /> : null}
      {error ? <ErrorBar onRetry={() => void refetch()}>{t('approvals:evidence.notRead', { why: error.message })}</ErrorBar> : null}
      {entry && factId !== null ? <Told entry={entry} factId={factId} /> : isPending || error ? null : <p className="ow-dim ow-small">{t('approvals:evidence.noRow')}</p>}
      <Link to="/orders/$orderId" params={{ orderId }} className="ow-link ow-small">
        {t('approvals:evidence.timeline')}
      </Link>
    </div>
  );
};

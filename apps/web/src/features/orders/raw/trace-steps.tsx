import { Chip, formatTime, type Tone } from '@orderwatch/ui';
import type { TraceStep } from '../api';
import { useText, type LabelKey } from '../../../shared/i18n';
import { pathOf, type Payload } from './payload';

/** The part of the page on which a fact is seen. */
const places: readonly (readonly [start: string, label: LabelKey])[] = [
  ['order.', 'order:track.order'],
  ['payment.', 'order:track.payment'],
  ['refund.', 'order:track.payment'],
  ['fulfil', 'order:track.fulfilment'],
  ['shipment.', 'order:track.shipment'],
  ['return.', 'order:track.return'],
];

const placeOf = (type: string): LabelKey | undefined => places.find(([start]) => type.startsWith(start))?.[1];

export type Verdict = 'same' | 'changed' | 'new' | 'gone';
const tones: Readonly<Record<Verdict, Tone>> = { same: 'line', changed: 'amber', new: 'blue', gone: 'red' };
const isVerdict = (text: string): text is Verdict => text in tones;

interface TraceStepsProps {
  steps: readonly { trace: TraceStep; verdict?: string }[];
  payload: Payload;
}

/** From the payload over the fact to the field of the page and to what the customer reads, each with its version. */
export const TraceSteps = ({ steps, payload }: TraceStepsProps) => {
  const t = useText();
  return (
    <ol className="raw-steps">
      {steps.map(({ trace, verdict }) => {
        const path = payload.kind === 'json' && trace.code !== null ? pathOf(payload.value, trace.code) : undefined;
        const place = placeOf(trace.type);
        return (
          <li key={`${trace.factId}/${verdict ?? ''}`} data-testid="trace-step">
            <dl>
              <dt>{t('order:raw.inPayload')}</dt>
              <dd translate="no">
                {path === undefined ? null : <span className="ow-dim">{path} </span>}
                {trace.code === null ? <span className="ow-dim">{t('order:raw.noCode')}</span> : <code>{trace.code}</code>}
              </dd>
              <dt>{t('order:raw.fact')}</dt>
              <dd>
                <span translate="no">{trace.type}</span> <span className="ow-dim">· {formatTime(trace.at, 'minute')}</span>
                {trace.orderId === null ? <Chip tone="amber">{t('order:raw.waits')}</Chip> : null}
                {verdict !== undefined && isVerdict(verdict) ? <Chip tone={tones[verdict]}>{t(`order:raw.verdict.${verdict}`)}</Chip> : null}
              </dd>
              <dt>{t('order:raw.means')}</dt>
              <dd>
                {place ? `${t(place)}: ` : ''}
                <b>{trace.status ?? t('order:raw.noStatus')}</b>
                {trace.code === null ? null : <span className="ow-dim"> · {t('order:raw.map', { version: trace.mapVersion })}</span>}
              </dd>
              {trace.customerSees ? (
                <>
                  <dt>{t('order:raw.sees')}</dt>
                  <dd>“{trace.customerSees}”</dd>
                </>
              ) : null}
            </dl>
          </li>
        );
      })}
    </ol>
  );
};

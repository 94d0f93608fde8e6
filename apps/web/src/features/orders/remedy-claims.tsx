import { Button, Chip, ErrorBar, formatTime, RelativeTime, Section, type Tone } from '@orderwatch/ui';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { ClaimState } from '../../gql';
import { money } from '../../shared/format';
import { useText } from '../../shared/i18n';
import type { Order } from './api';
import '../../shared/remedies/remedies.css';
import { claimsQuery, stepsFrom, useClaimAct, type Claim, type Step } from './remedy-claims-api';
import { MoveClaimForm, OpenClaimForm } from './remedy-claim-forms';

const tones: Readonly<Record<ClaimState, Tone>> = { open: 'amber', submitted: 'blue', in_review: 'blue', credited: 'green', rejected: 'line' };

interface FileProps {
  claim: Claim;
  order: Order;
  barred: string | undefined;
  onStep: ((to: Step) => void) | undefined;
}

/** Days left from which on it is told in colour. */
const SOON = 3;

/** Until when the carrier takes it: told as long as it is not submitted. */
const Window = ({ claim }: { claim: Claim }) => {
  const t = useText();
  const { deadline, daysToSubmit: left } = claim;
  if (claim.state !== 'open') return null;
  if (deadline === null || left === null) return <small className="ow-dim">{t('remedies:claim.window.unknown')}</small>;
  const until = formatTime(deadline, 'date');
  return <small className={left < 0 ? 'ow-red' : left <= SOON ? 'ow-amber' : undefined}>{left < 0 ? t('remedies:claim.window.over', { until }) : t('remedies:claim.window.left', { until, count: left })}</small>;
};

/** One file: what is asked of whom, where it stands, and what may come next. */
const File = ({ claim, order, barred, onStep }: FileProps) => {
  const t = useText();
  const parcel = order.parcels.find(({ id }) => id === claim.parcelId);
  const label = parcel?.label ?? claim.carrier ?? claim.parcelId;
  return (
    <div className="order-remedy" data-testid="claim">
      <div>
        <b>
          {t(`remedies:claim.kind.${claim.kind}`)} {money(claim.asked)}
        </b>
        <Chip tone={tones[claim.state]}>{t(`remedies:claim.state.${claim.state}`)}</Chip>
        <span className="ow-spacer" />
        <span className="ow-dim ow-small" translate="no">
          {claim.number}
        </span>
      </div>
      <small>
        <span translate="no">{label}</span> · {t('remedies:claim.opened')} <RelativeTime at={claim.openedAt} form="ago" /> · <span translate="no">{claim.note}</span>
      </small>
      <Window claim={claim} />
      {claim.reference ? (
        <small>
          {t('remedies:claim.with', { reference: claim.reference })}
          {claim.submittedAt ? (
            <>
              {' · '}
              <RelativeTime at={claim.submittedAt} form="ago" />
            </>
          ) : null}
          {' · '}
          {t('remedies:claim.proofs', { count: claim.proofFactIds.length })}
        </small>
      ) : null}
      {claim.credited ? <small>{t('remedies:claim.creditedOf', { credited: money(claim.credited), asked: money(claim.asked) })}</small> : null}
      {claim.refusal ? <small>{t('remedies:claim.refusal', { why: claim.refusal })}</small> : null}
      <small>
        <Link to="/orders/$orderId" params={{ orderId: order.id }} search={{ show: 'evidence' }} className="ow-link">
          {t('remedies:claim.pack')}
        </Link>
      </small>
      {onStep ? (
        <p className="rm-steps">
          {stepsFrom[claim.state].map((to) => (
            <Button key={to} compact disabled={barred !== undefined} reason={barred} onClick={() => onStep(to)}>
              {t(claim.state === 'open' && to === 'rejected' ? 'remedies:claim.step.give_up' : `remedies:claim.step.${to}`)}
            </Button>
          ))}
        </p>
      ) : null}
    </div>
  );
};

interface ClaimsProps {
  order: Order;
  /** Whether this person may open and move them at all. */
  mayWrite: boolean;
  isPast: boolean;
  barred: string | undefined;
}

/** Claims against carriers: files with the carrier's own number and proof, followed to their answer. They pay no customer. */
export const Claims = ({ order, mayWrite, isPast, barred }: ClaimsProps) => {
  const t = useText();
  const { data, error, refetch } = useQuery(claimsQuery(order.id));
  const [asking, setAsking] = useState<{ claim: Claim; to: Step } | 'open' | null>(null);
  const close = (): void => setAsking(null);
  // Nothing more to say than that the carrier looks into it: no form.
  const review = useClaimAct(order.id, () => undefined);
  const step = (claim: Claim, to: Step): void => {
    if (to === 'in_review') review.run({ kind: 'move', input: { id: claim.id, expectedVersion: claim.version, to } });
    else setAsking({ claim, to });
  };
  const canOpen = mayWrite && !isPast && order.parcels.length > 0;
  if (!error && (data ?? []).length === 0 && !canOpen) return null;
  return (
    <Section
      title={t('remedies:claim.title')}
      aside={
        canOpen ? (
          <button type="button" className="ow-link" disabled={barred !== undefined} title={barred} onClick={() => setAsking('open')}>
            {t('remedies:claim.openOne')}
          </button>
        ) : undefined
      }
    >
      {error ? <ErrorBar onRetry={() => void refetch()}>{t('remedies:claim.failed', { why: error.message })}</ErrorBar> : null}
      {review.refusal ? <ErrorBar>{review.refusal}</ErrorBar> : null}
      {data?.map((claim) => <File key={claim.id} claim={claim} order={order} barred={barred} onStep={mayWrite && !isPast ? (to) => step(claim, to) : undefined} />)}
      {data?.length === 0 ? <p className="ow-dim ow-small">{t('remedies:claim.none')}</p> : null}
      {asking === 'open' ? <OpenClaimForm order={order} onClose={close} /> : asking ? <MoveClaimForm order={order} claim={asking.claim} to={asking.to} onClose={close} /> : null}
    </Section>
  );
};

import { Button, ErrorBar } from '@orderwatch/ui';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useText, type Translate } from '../../../shared/i18n';
import { trialQuery, type Trial } from '../api';
import type { Payload } from './payload';
import { TraceSteps } from './trace-steps';

const verdictText = (t: Translate, trial: Trial): string => {
  if (trial.outcome === 'dead') return t('order:raw.tryDead', { why: trial.detail ?? '–' });
  if (trial.outcome === 'not_used') return t('order:raw.tryNotUsed', { why: trial.detail ?? '–' });
  const count = trial.facts.filter((fact) => fact.verdict !== 'same').length;
  return count === 0 ? t('order:raw.trySame') : t('order:raw.tryOther', { count });
};

/** What today's mapping would tell; asked on a press, and nothing is written. */
export const TrialRun = ({ id, payload }: { id: string; payload: Payload }) => {
  const t = useText();
  const [isAsked, setAsked] = useState(false);
  const { data, error, isFetching, refetch } = useQuery({ ...trialQuery(id), enabled: isAsked });
  return (
    <div className="raw-trial">
      {isAsked ? null : (
        <Button compact onClick={() => setAsked(true)}>
          {t('order:raw.try')}
        </Button>
      )}
      {isFetching ? <p className="ow-dim">{t('order:raw.trying')}</p> : null}
      {error ? <ErrorBar onRetry={() => void refetch()}>{t('order:raw.tryFailed', { why: error.message })}</ErrorBar> : null}
      {data ? (
        <>
          <p role="status" data-testid="trial-verdict">
            {verdictText(t, data)} <span className="ow-dim">{t('order:raw.map', { version: data.mapVersion })}</span>
          </p>
          <TraceSteps steps={data.facts.filter((fact) => fact.verdict !== 'same')} payload={payload} />
        </>
      ) : null}
    </div>
  );
};

import './health.css';
import { Button, EmptyState, ErrorBar, formatTime, SkeletonRows, StaleBand } from '@orderwatch/ui';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useFreshness, useTopic } from '../../live';
import { RequestError } from '../../shared/graphql';
import { useText, type Translate } from '../../shared/i18n';
import { PageFreshness } from '../../shared/page-freshness';
import { TopBar } from '../../shared/top-bar';
import { healthQuery } from './api';
import { DeadLetters } from './dead-letters';
import { ReplayPanel } from './replay-panel';
import { SourcesTable } from './sources-table';
import { NotUsedTable, UnlinkedTable } from './waiting-tables';
import { consequence, keyOf } from './words';

const lag = (seconds: number, t: Translate): string => (seconds < 1 ? t('health:lag.none') : t('health:lag.behind', { seconds: Math.round(seconds) }));

export const HealthPage = () => {
  useTopic('health');
  const t = useText();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as { group?: unknown };
  const selectedKey = typeof search.group === 'string' ? search.group : null;
  const { data, error, refetch } = useQuery(healthQuery);
  const fresh = useFreshness(data?.generatedAt, error !== null);
  const found = data?.deadLetterGroups.find((each) => keyOf(each) === selectedKey);
  // A group that was replayed away is still shown with what came of it, until it is closed.
  const [last, setLast] = useState(found);
  if (found && found !== last) setLast(found);
  const group = found ?? (last && keyOf(last) === selectedKey ? last : undefined);
  const select = (key: string | undefined): void => void navigate({ to: '/health', search: key ? { group: key } : {}, replace: true, resetScroll: false });
  return (
    <>
      <TopBar title={t('health:title')} freshness={<PageFreshness generatedAt={data?.generatedAt} isFailed={error !== null} />} />
      <div className="hl">
        {error && data ? (
          <ErrorBar onRetry={() => void refetch()} reference={error instanceof RequestError ? error.requestId : undefined}>
            {t('health:notRefreshed', { why: error.message })}
          </ErrorBar>
        ) : null}
        {data ? (
          <StaleBand since={fresh.staleSince} note={t('health:stale')}>
            <div className="hl-body">
              <div className="hl-say">
                <div>
                  <h2 translate="no">{data.sentence}</h2>
                  <p>{consequence(data.sources, data.deadLetterGroups)}</p>
                </div>
                <span className="ow-spacer" />
                <span className="ow-dim ow-small">
                  {formatTime(data.generatedAt, 'minute')} · {lag(data.processorLagSeconds, t)}
                </span>
              </div>
              <div className="hl-wide">
                {data.sources.length === 0 ? (
                  <EmptyState kind="nothing" title={t('health:noSource')}>
                    {t('health:noSourceWhy')}
                  </EmptyState>
                ) : (
                  <SourcesTable sources={data.sources} />
                )}
              </div>
              <div className="hl-low" data-open={group ? true : undefined}>
                <div>
                  <DeadLetters groups={data.deadLetterGroups} selectedKey={group ? keyOf(group) : null} onSelect={(each) => select(keyOf(each))} />
                  <UnlinkedTable rows={data.unlinked} />
                  <NotUsedTable rows={data.notUsed} />
                </div>
                {group ? <ReplayPanel key={keyOf(group)} group={group} onClose={() => select(undefined)} canDecide={fresh.canDecide} /> : null}
              </div>
            </div>
          </StaleBand>
        ) : error ? (
          <EmptyState kind={error instanceof RequestError && error.kind === 'forbidden' ? 'forbidden' : 'nothing'} title={t('health:notRead')} action={<Button onClick={() => void refetch()}>{t('health:retry')}</Button>}>
            {error.message}
          </EmptyState>
        ) : (
          <SkeletonRows rows={12} label={t('health:loading')} />
        )}
      </div>
    </>
  );
};

import './reports.css';
import { Button, EmptyState, ErrorBar, formatTime, SkeletonRows, StaleBand } from '@orderwatch/ui';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { ReportDocument } from '../../gql';
import { useFreshness, useTopic } from '../../live';
import { execute, RequestError } from '../../shared/graphql';
import { useText } from '../../shared/i18n';
import { PageFreshness } from '../../shared/page-freshness';
import { queryKeys } from '../../shared/query-keys';
import { TopBar } from '../../shared/top-bar';
import { ReportCharts } from './report-charts';
import { ReportKpis } from './report-kpis';
import { useDrill } from './use-drill';
import { dayLabel, dayOf } from './zone';

const choices = [7, 28, 84] as const;
const daysOf = (value: unknown): number => choices.find((days) => days === Number(value)) ?? 28;

export const ReportsPage = () => {
  useTopic('report');
  useTopic('queue');
  const t = useText();
  const navigate = useNavigate();
  const days = daysOf((useSearch({ strict: false }) as { days?: unknown }).days);
  const { data, error, isPlaceholderData, refetch } = useQuery({
    queryKey: [...queryKeys.report, days],
    queryFn: async ({ signal }) => (await execute(ReportDocument, { days }, signal)).report,
    placeholderData: keepPreviousData,
  });
  const fresh = useFreshness(data?.generatedAt, error !== null);
  const from = data?.from;
  const to = data?.to;
  const zone = data?.zone;
  const period = useMemo(() => (from && to && zone ? { from, to, zone } : undefined), [from, to, zone]);
  const drill = useDrill(period);
  return (
    <>
      <TopBar title={t('reports:title')} freshness={<PageFreshness generatedAt={data?.generatedAt} isFailed={error !== null} absolute />} />
      <div className="rp" aria-busy={isPlaceholderData || undefined}>
        <div className="ow-bar">
          <div className="rp-period" role="group" aria-label={t('reports:period')}>
            {choices.map((choice) => (
              <button key={choice} type="button" aria-pressed={choice === days} onClick={() => void navigate({ to: '/reports', search: { days: choice }, replace: true })}>
                {t('reports:days', { n: choice })}
              </button>
            ))}
          </div>
          {data ? (
            <span className="ow-small ow-dim" translate="no">
              {dayLabel(dayOf(data.from, data.zone))} – {dayLabel(dayOf(data.to, data.zone))}
            </span>
          ) : null}
          <span className="ow-spacer" />
          {data ? (
            <span className="ow-small ow-dim">
              {t('reports:zone', { zone: data.zone, when: formatTime(data.generatedAt, 'minute', data.zone) })}
            </span>
          ) : null}
        </div>
        {error && data ? (
          <ErrorBar onRetry={() => void refetch()} reference={error instanceof RequestError ? error.requestId : undefined}>
            {t('reports:notRefreshed', { why: error.message })}
          </ErrorBar>
        ) : null}
        {data ? (
          <StaleBand since={fresh.staleSince} note={t('reports:stale')}>
            <div className="rp-body">
              <ReportKpis report={data} drill={drill} />
              <ReportCharts report={data} drill={drill} />
            </div>
          </StaleBand>
        ) : error ? (
          <EmptyState kind={error instanceof RequestError && error.kind === 'forbidden' ? 'forbidden' : 'nothing'} title={t('reports:notRead')} action={<Button onClick={() => void refetch()}>{t('reports:retry')}</Button>}>
            {error.message}
          </EmptyState>
        ) : (
          <SkeletonRows rows={12} rowHeight={52} label={t('reports:loading')} />
        )}
      </div>
    </>
  );
};

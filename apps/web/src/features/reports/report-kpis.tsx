import { formatDuration, Kpi, KpiStrip, formatCount } from '@orderwatch/ui';
import type { ReportQuery } from '../../gql';
import { useText } from '../../shared/i18n';
import { unitWords } from '../../shared/unit-words';
import type { useDrill } from './use-drill';

type Report = ReportQuery['report'];

/** Never broken over two lines. */
const span = (seconds: number | null | undefined): string => (seconds === null || seconds === undefined ? '–' : formatDuration(seconds * 1000, unitWords()).replaceAll(' ', '\u00a0'));

export const ReportKpis = ({ report, drill }: { report: Report; drill: ReturnType<typeof useDrill> }) => {
  const t = useText();
  const net = report.opened - report.resolved;
  return (
    <KpiStrip label={t('reports:kpis')}>
      <Kpi label={t('reports:kpi.open')} value={formatCount(report.openCases)} onDrill={drill.open} note={t('reports:kpi.age', { median: span(report.ageMedianSeconds), p90: span(report.ageP90Seconds) })} />
      <Kpi
        label={t('reports:kpi.flow')}
        value={
          <>
            {formatCount(report.opened)} <span className="rp-slash">/</span> {formatCount(report.resolved)}
          </>
        }
        onDrill={drill.resolved}
        note={net === 0 ? t('reports:kpi.balance') : net > 0 ? t('reports:kpi.moreOpened', { n: formatCount(net) }) : t('reports:kpi.moreResolved', { n: formatCount(-net) })}
      />
      <Kpi label={t('reports:kpi.detect')} value={span(report.timeToDetect.medianSeconds)} onDrill={drill.opened} note={t('reports:kpi.median', { n: formatCount(report.timeToDetect.count), p90: span(report.timeToDetect.p90Seconds) })} />
      <Kpi label={t('reports:kpi.resolve')} value={span(report.timeToResolve.medianSeconds)} onDrill={drill.resolved} note={t('reports:kpi.median', { n: formatCount(report.timeToResolve.count), p90: span(report.timeToResolve.p90Seconds) })} />
      <Kpi label={t('reports:kpi.before')} value={report.detectedBeforeContact === null ? '–' : `${Math.round(report.detectedBeforeContact * 100)}\u202f%`} onDrill={drill.opened} note={t('reports:kpi.ofOpened', { n: formatCount(report.opened) })} />
    </KpiStrip>
  );
};

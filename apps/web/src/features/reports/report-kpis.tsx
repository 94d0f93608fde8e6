import { formatDuration, Kpi, KpiStrip, formatCount } from '@orderwatch/ui';
import type { ReportQuery } from '../../gql';
import type { useDrill } from './use-drill';

type Report = ReportQuery['report'];

const span = (seconds: number | null | undefined): string => (seconds === null || seconds === undefined ? '–' : formatDuration(seconds * 1000));

export const ReportKpis = ({ report, drill }: { report: Report; drill: ReturnType<typeof useDrill> }) => {
  const net = report.opened - report.resolved;
  return (
    <KpiStrip label="Key figures">
      <Kpi label="Open cases" value={formatCount(report.openCases)} onDrill={drill.open} note={`Age: median ${span(report.ageMedianSeconds)} · P90 ${span(report.ageP90Seconds)}`} />
      <Kpi
        label="Opened and resolved"
        value={
          <>
            {formatCount(report.opened)} <span className="rp-slash">/</span> {formatCount(report.resolved)}
          </>
        }
        onDrill={drill.resolved}
        note={net === 0 ? 'As many in as out' : net > 0 ? `${formatCount(net)} more opened` : `${formatCount(-net)} more resolved`}
      />
      <Kpi label="Time to detect" value={span(report.timeToDetect.medianSeconds)} onDrill={drill.opened} note={`Median of ${formatCount(report.timeToDetect.count)} cases · P90 ${span(report.timeToDetect.p90Seconds)}`} />
      <Kpi label="Time to resolve" value={span(report.timeToResolve.medianSeconds)} onDrill={drill.resolved} note={`Median of ${formatCount(report.timeToResolve.count)} cases · P90 ${span(report.timeToResolve.p90Seconds)}`} />
      <Kpi label="Found before contact" value={report.detectedBeforeContact === null ? '–' : `${Math.round(report.detectedBeforeContact * 100)}\u202f%`} onDrill={drill.opened} note={`Of ${formatCount(report.opened)} cases opened`} />
    </KpiStrip>
  );
};

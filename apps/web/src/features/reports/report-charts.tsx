import { AgeByRule, FlowChart, formatCount, OnTimeDots, ResolveLines, StatusBars } from '@orderwatch/ui/charts';
import type { ReportQuery } from '../../gql';
import { carrierName } from '../../shared/carriers';
import { useText } from '../../shared/i18n';
import { orderCount, statusGroups } from './groups';
import { readAges, readCarriers, readFlow, readResolve, readStatuses, TARGET } from './readings';
import type { useDrill } from './use-drill';
import { dayLabel } from './zone';

interface ReportChartsProps {
  report: ReportQuery['report'];
  drill: ReturnType<typeof useDrill>;
}

export const ReportCharts = ({ report, drill }: ReportChartsProps) => {
  const t = useText();
  const counted = (count: number) => ({ count, n: formatCount(count) });
  const late = report.carriers.reduce((n, row) => n + row.total - row.onTime, 0);
  return (
    <div className="rp-charts">
      <StatusBars
        title={t('reports:status')}
        def={t('reports:status.def')}
        summary={readStatuses(report.statuses)}
        rowsLabel={t('reports:rows', counted(orderCount(report.statuses)))}
        onRows={drill.orders}
        onDrill={drill.status}
        heads={{ status: t('reports:status.head'), now: t('reports:status.now'), change: t('reports:status.change') }}
        groups={statusGroups(report.statuses)}
        empty={t('reports:status.empty')}
      />
      <FlowChart
        title={t('reports:flow')}
        def={t('reports:flow.def')}
        summary={readFlow(report.flow)}
        rowsLabel={t('reports:resolvedRows', counted(report.resolved))}
        onRows={drill.resolved}
        onDrill={drill.day}
        days={report.flow.map((day) => ({ ...day, label: dayLabel(day.day) }))}
        words={{ day: t('reports:flow.day'), opened: t('reports:flow.opened'), resolved: t('reports:flow.resolved'), open: t('reports:flow.open'), openNow: t('reports:flow.openNow'), perDay: t('reports:flow.perDay') }}
        empty={t('reports:flow.empty')}
      />
      <AgeByRule
        title={t('reports:age')}
        def={t('reports:age.def')}
        summary={readAges(report.ages)}
        rowsLabel={t('reports:rows', counted(report.openCases))}
        onRows={drill.open}
        onDrill={drill.age}
        bandLabels={[t('reports:age.under1d'), t('reports:age.d1to3'), t('reports:age.d3to7'), t('reports:age.over7d')]}
        heads={{ rule: t('reports:age.rule'), all: t('reports:age.all') }}
        rows={report.ages.map((row) => ({ id: row.rule, label: row.ruleLabel, bands: [row.under1d, row.d1to3, row.d3to7, row.over7d] as const }))}
        empty={t('reports:age.empty')}
      />
      <OnTimeDots
        title={t('reports:carrier')}
        def={t('reports:carrier.def')}
        summary={readCarriers(report.carriers)}
        rowsLabel={t('reports:lateRows', counted(late))}
        onRows={() => drill.late()}
        onDrill={drill.late}
        target={TARGET}
        words={{ carrier: t('reports:carrier.head'), onTime: t('reports:carrier.onTime'), interval: t('reports:carrier.interval'), n: t('reports:carrier.n'), target: (percent) => t('reports:carrier.target', { percent }) }}
        rows={report.carriers.map((row) => ({ id: row.carrier, label: carrierName(row.carrier), share: row.share ?? 0, low: row.low ?? 0, high: row.high ?? 1, total: row.total }))}
        empty={t('reports:carrier.empty')}
      />
      <ResolveLines
        title={t('reports:resolve')}
        def={t('reports:resolve.def')}
        summary={readResolve(report.resolveWeeks)}
        rowsLabel={t('reports:rows', counted(report.timeToResolve.count))}
        onRows={drill.resolved}
        onDrill={drill.week}
        words={{ week: t('reports:resolve.week'), p50: t('reports:resolve.p50'), p90: t('reports:resolve.p90'), n: t('reports:resolve.n'), hours: (n) => t('reports:resolve.hours', { n }) }}
        weeks={report.resolveWeeks.map((week) => ({ week: week.week, label: dayLabel(week.week), p50: week.p50Hours ?? 0, p90: week.p90Hours ?? 0, count: week.count }))}
        empty={t('reports:resolve.empty')}
      />
    </div>
  );
};

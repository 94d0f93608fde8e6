import { AgeByRule, FlowChart, formatCount, OnTimeDots, ResolveLines, StatusBars } from '@orderwatch/ui/charts';
import type { ReportQuery } from '../../gql';
import { carrierName } from '../../shared/carriers';
import { plural } from '../../shared/format';
import { orderCount, statusGroups } from './groups';
import { readAges, readCarriers, readFlow, readResolve, readStatuses, TARGET } from './readings';
import type { useDrill } from './use-drill';
import { dayLabel } from './zone';

interface ReportChartsProps {
  report: ReportQuery['report'];
  drill: ReturnType<typeof useDrill>;
}

const rows = (n: number, what = 'row'): string => plural(n, what).replace(String(n), formatCount(n));

export const ReportCharts = ({ report, drill }: ReportChartsProps) => {
  const late = report.carriers.reduce((n, row) => n + row.total - row.onTime, 0);
  return (
    <div className="rp-charts">
      <StatusBars
        title="Orders by status, now"
        def="one scale"
        summary={readStatuses(report.statuses)}
        rowsLabel={rows(orderCount(report.statuses))}
        onRows={drill.orders}
        onDrill={drill.status}
        heads={{ status: 'Status', now: 'now', change: 'in 24 h' }}
        groups={statusGroups(report.statuses)}
        empty="The first order appears here by itself."
      />
      <FlowChart
        title="Flow"
        def="cases per day"
        summary={readFlow(report.flow)}
        rowsLabel={rows(report.resolved, 'resolved row')}
        onRows={drill.resolved}
        onDrill={drill.day}
        days={report.flow.map((day) => ({ ...day, label: dayLabel(day.day) }))}
        words={{ day: 'Day', opened: 'Opened', resolved: 'Resolved', open: 'Open', openNow: 'open now', perDay: 'a day' }}
        empty="Nothing to draw yet."
      />
      <AgeByRule
        title="Age of open cases by rule"
        def="since opened"
        summary={readAges(report.ages)}
        rowsLabel={rows(report.openCases)}
        onRows={drill.open}
        onDrill={drill.age}
        bandLabels={['under 1 d', '1–3 d', '3–7 d', 'over 7 d']}
        heads={{ rule: 'Rule', all: 'All' }}
        rows={report.ages.map((row) => ({ id: row.rule, label: row.ruleLabel, bands: [row.under1d, row.d1to3, row.d3to7, row.over7d] as const }))}
        empty="Nothing to draw."
      />
      <OnTimeDots
        title="On time by carrier"
        def="promises due"
        summary={readCarriers(report.carriers)}
        rowsLabel={rows(late, 'late row')}
        onRows={() => drill.late()}
        onDrill={drill.late}
        target={TARGET}
        words={{ carrier: 'Carrier', onTime: 'on time', interval: '95 % interval', n: 'n', target: (percent) => `target ${percent}` }}
        rows={report.carriers.map((row) => ({ id: row.carrier, label: carrierName(row.carrier), share: row.share ?? 0, low: row.low ?? 0, high: row.high ?? 1, total: row.total }))}
        empty="Nothing to draw yet."
      />
      <ResolveLines
        title="Time to resolve"
        def="by week closed"
        summary={readResolve(report.resolveWeeks)}
        rowsLabel={rows(report.timeToResolve.count)}
        onRows={drill.resolved}
        onDrill={drill.week}
        words={{ week: 'Week', p50: 'Median', p90: 'P90', n: 'Cases', hours: (n) => `${n} h` }}
        weeks={report.resolveWeeks.map((week) => ({ week: week.week, label: dayLabel(week.week), p50: week.p50Hours ?? 0, p90: week.p90Hours ?? 0, count: week.count }))}
        empty="Nothing to draw yet."
      />
    </div>
  );
};

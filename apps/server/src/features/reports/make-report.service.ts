import { Inject, Injectable } from '@nestjs/common';
import {
  agesByRule, caseFigures, ConfigurationStore, flowByDay, latestPosition, onTimeByCarrier, ordersByStatus, resolveWeeks, statusesBefore, Transactions,
  type Clock, type Duration, type StatusRow,
} from '@orderwatch/db';
import { isRuleId, labelOf, statusWord, TRACKS, wilson } from '@orderwatch/domain';
import { CLOCK } from '../../platform/tokens.js';
import type { DurationStat, Report, StatusCount } from './report.types.js';

const DAY = 86_400_000;
const MOST_DAYS = 366;
/** The business zone: days are cut here for everybody, so that two people see the same report. */
const ZONE = 'UTC';

const duration = ({ median, p90, count }: Duration): DurationStat => ({ medianSeconds: median, p90Seconds: p90, count });

/** Every status of a track that there is or was yesterday, most first. No change where yesterday cannot be told. */
function statusCounts(now: readonly StatusRow[], before: readonly StatusRow[]): StatusCount[] {
  const key = (row: StatusRow): string => `${row.track} ${row.status}`;
  const then = new Map(before.map((row) => [key(row), row.count]));
  const compared = new Set(before.map((row) => row.track));
  const gone = before.filter((row) => row.count > 0 && !now.some((n) => key(n) === key(row))).map((row) => ({ ...row, count: 0 }));
  const rows = [...now, ...gone].map((row) => ({
    track: row.track, status: row.status, ...statusWord(row.track, row.status), count: row.count,
    change: compared.has(row.track) ? row.count - (then.get(key(row)) ?? 0) : null,
  }));
  return rows.sort((a, b) => TRACKS.indexOf(a.track) - TRACKS.indexOf(b.track) || b.count - a.count || (a.status < b.status ? -1 : 1));
}

/** The lead's report: figures come from the database as figures, by the definitions that the lists behind them use. */
@Injectable()
export class MakeReportService {
  constructor(
    private readonly db: Transactions,
    private readonly configuration: ConfigurationStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async make(days: number): Promise<Report> {
    const now = new Date(this.clock.now());
    const period = { now, days: Math.min(MOST_DAYS, Math.max(1, Math.floor(days))), zone: ZONE };
    const seq = await latestPosition(this.db);
    const { statusMap } = await this.configuration.read(this.db);
    const [cases, flow, ages, carriers, weeks, statuses] = await Promise.all([
      caseFigures(this.db, period), flowByDay(this.db, period), agesByRule(this.db, now), onTimeByCarrier(this.db, period), resolveWeeks(this.db, period), ordersByStatus(this.db),
    ]);
    const before = await statusesBefore(this.db, statuses, new Date(now.getTime() - DAY), statusMap);
    return {
      from: cases.from.toISOString(), to: now.toISOString(), zone: ZONE, openCases: cases.openCases, opened: cases.opened, resolved: cases.resolved,
      timeToDetect: duration(cases.detect), timeToResolve: duration(cases.resolve), ageMedianSeconds: cases.ageMedian, ageP90Seconds: cases.ageP90,
      statuses: statusCounts(statuses, before), flow, ages: ages.map((row) => ({ ...row, ruleLabel: isRuleId(row.rule) ? labelOf(row.rule) : row.rule })),
      carriers: carriers.map((row) => ({ ...row, ...wilson(row.onTime, row.total) })), resolveWeeks: weeks, detectedBeforeContact: cases.beforeContact, generatedAt: now, seq,
    };
  }
}

import { formatCount } from '@orderwatch/ui';
import type { ReportQuery } from '../../gql';
import { carrierName } from '../../shared/carriers';
import { listText } from '../../shared/format';
import { t } from '../../shared/i18n';
import { dayLabel } from './zone';

type Report = ReportQuery['report'];

const lower = (text: string): string => text.replace(/^./, (c) => c.toLowerCase());

/** One sentence of reading per chart, made from the figures beside it. */
export const readStatuses = (statuses: Report['statuses']): string => {
  const bad = statuses.filter((row) => row.count > 0 && (row.tone === 'red' || row.tone === 'amber')).sort((a, b) => b.count - a.count);
  if (statuses.length === 0) return t('reports:status.none');
  const [first, second] = bad;
  if (!first) return t('reports:status.calm');
  const say = (row: (typeof bad)[number]): string => `${formatCount(row.count)} ${lower(row.label)}`;
  return second ? t('reports:status.two', { first: say(first), second: say(second) }) : t('reports:status.one', { first: say(first) });
};

export const readFlow = (flow: Report['flow']): string => {
  const opened = flow.reduce((n, day) => n + day.opened, 0);
  const resolved = flow.reduce((n, day) => n + day.resolved, 0);
  if (opened + resolved === 0) return t('reports:flow.none');
  const peak = flow.reduce((most, day) => (day.backlog > most.backlog ? day : most), flow[0] ?? { day: '', backlog: 0, opened: 0, resolved: 0 });
  const last = flow.at(-1)?.backlog ?? 0;
  const net = opened - resolved;
  const balance = net === 0 ? t('reports:flow.even') : net > 0 ? t('reports:flow.moreCame', { n: formatCount(net) }) : t('reports:flow.moreSettled', { n: formatCount(-net) });
  return peak.backlog > last ? t('reports:flow.peak', { balance, n: formatCount(peak.backlog), day: dayLabel(peak.day) }) : t('reports:flow.most', { balance, n: formatCount(last) });
};

export const readAges = (ages: Report['ages']): string => {
  const all = ages.reduce((n, row) => n + row.under1d + row.d1to3 + row.d3to7 + row.over7d, 0);
  const old = ages.reduce((n, row) => n + row.over7d, 0);
  if (all === 0) return t('reports:age.none');
  if (old === 0) return t('reports:age.young', { all: formatCount(all) });
  const most = [...ages].sort((a, b) => b.over7d - a.over7d)[0];
  return t('reports:age.old', { old: formatCount(old), all: formatCount(all), most: formatCount(most?.over7d ?? 0), rule: lower(most?.ruleLabel ?? '') });
};

export const TARGET = 0.95;

export const readCarriers = (carriers: Report['carriers']): string => {
  const known = carriers.filter((row) => row.total > 0);
  if (known.length === 0) return t('reports:carrier.none');
  const below = known.filter((row) => (row.high ?? 1) < TARGET).map((row) => carrierName(row.carrier));
  const unsure = known.filter((row) => (row.high ?? 1) - (row.low ?? 0) > 0.1 && (row.high ?? 1) >= TARGET).map((row) => carrierName(row.carrier));
  const first = below.length === 0 ? t('reports:carrier.noneBelow') : t('reports:carrier.below', { count: below.length, names: listText(below) });
  return unsure.length === 0 ? first : `${first} ${t('reports:carrier.unsure', { count: unsure.length, names: listText(unsure) })}`;
};

const hours = (h: number): string => (h >= 10 ? String(Math.round(h)) : h.toFixed(1));

export const readResolve = (weeks: Report['resolveWeeks']): string => {
  const done = weeks.filter((week) => week.p50Hours !== null && week.count > 0);
  const first = done[0];
  const last = done.at(-1);
  if (!first || !last || last.p50Hours === null || first.p50Hours === null) return t('reports:resolve.none');
  if (done.length === 1) return t('reports:resolve.first', { hours: hours(last.p50Hours), count: last.count });
  const change = last.p50Hours - first.p50Hours;
  const way = Math.abs(change) < first.p50Hours * 0.05 ? 'same' : change < 0 ? 'down' : 'up';
  return t(`reports:resolve.${way}`, { hours: hours(last.p50Hours), before: hours(first.p50Hours), week: dayLabel(first.week) });
};

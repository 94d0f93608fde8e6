import { formatCount } from '@orderwatch/ui';
import type { ReportQuery } from '../../gql';
import { carrierName } from '../../shared/carriers';
import { plural } from '../../shared/format';
import { dayLabel } from './zone';

type Report = ReportQuery['report'];

const list = (names: readonly string[]): string => (names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`);
const lower = (text: string): string => text.replace(/^./, (c) => c.toLowerCase());

/** One sentence of reading per chart, made from the figures beside it. */
export const readStatuses = (statuses: Report['statuses']): string => {
  const bad = statuses.filter((row) => row.count > 0 && (row.tone === 'red' || row.tone === 'amber')).sort((a, b) => b.count - a.count);
  if (statuses.length === 0) return 'No order has been announced yet.';
  const [first, second] = bad;
  if (!first) return 'Nothing stands in a status that wants a look.';
  const say = (row: (typeof bad)[number]): string => `${formatCount(row.count)} ${lower(row.label)}`;
  return second ? `Most orders move. The largest groups that want a look: ${say(first)}, ${say(second)}.` : `Most orders move; ${say(first)} want a look.`;
};

export const readFlow = (flow: Report['flow']): string => {
  const opened = flow.reduce((n, day) => n + day.opened, 0);
  const resolved = flow.reduce((n, day) => n + day.resolved, 0);
  if (opened + resolved === 0) return 'No case came and none was settled in this period.';
  const peak = flow.reduce((most, day) => (day.backlog > most.backlog ? day : most), flow[0] ?? { day: '', backlog: 0, opened: 0, resolved: 0 });
  const last = flow.at(-1)?.backlog ?? 0;
  const net = opened - resolved;
  const balance = net === 0 ? 'As many were settled as came.' : net > 0 ? `${formatCount(net)} more came than were settled.` : `${formatCount(-net)} more were settled than came.`;
  return peak.backlog > last ? `${balance} The most open at once were ${formatCount(peak.backlog)}, on ${dayLabel(peak.day)}.` : `${balance} ${formatCount(last)} are open now, the most of the period.`;
};

export const readAges = (ages: Report['ages']): string => {
  const all = ages.reduce((n, row) => n + row.under1d + row.d1to3 + row.d3to7 + row.over7d, 0);
  const old = ages.reduce((n, row) => n + row.over7d, 0);
  if (all === 0) return 'No case is open.';
  if (old === 0) return `None of ${formatCount(all)} is older than 7 days.`;
  const most = [...ages].sort((a, b) => b.over7d - a.over7d)[0];
  return `${formatCount(old)} of ${formatCount(all)} are older than 7 days; ${formatCount(most?.over7d ?? 0)} of them: ${lower(most?.ruleLabel ?? '')}.`;
};

export const TARGET = 0.95;

export const readCarriers = (carriers: Report['carriers']): string => {
  const known = carriers.filter((row) => row.total > 0);
  if (known.length === 0) return 'No promise fell due in this period.';
  const below = known.filter((row) => (row.high ?? 1) < TARGET).map((row) => carrierName(row.carrier));
  const unsure = known.filter((row) => (row.high ?? 1) - (row.low ?? 0) > 0.1 && (row.high ?? 1) >= TARGET).map((row) => carrierName(row.carrier));
  const first = below.length === 0 ? 'No carrier is below target beyond doubt.' : `${list(below)} ${below.length === 1 ? 'is' : 'are'} below target beyond doubt.`;
  return unsure.length === 0 ? first : `${first} ${list(unsure)} ${unsure.length === 1 ? 'has' : 'have'} too few parcels to say.`;
};

const hours = (h: number): string => (h >= 10 ? String(Math.round(h)) : h.toFixed(1));

export const readResolve = (weeks: Report['resolveWeeks']): string => {
  const done = weeks.filter((week) => week.p50Hours !== null && week.count > 0);
  const first = done[0];
  const last = done.at(-1);
  if (!first || !last || last.p50Hours === null || first.p50Hours === null) return 'No case has been settled yet.';
  if (done.length === 1) return `The typical case took ${hours(last.p50Hours)} h, over ${plural(last.count, 'case')}.`;
  const change = last.p50Hours - first.p50Hours;
  const way = Math.abs(change) < first.p50Hours * 0.05 ? 'about as long as' : change < 0 ? 'down from' : 'up from';
  return `The typical case now takes ${hours(last.p50Hours)} h, ${way} ${hours(first.p50Hours)} h in the week of ${dayLabel(first.week)}.`;
};

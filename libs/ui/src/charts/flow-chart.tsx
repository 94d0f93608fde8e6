import { Bar, BarChart, CartesianGrid, Line, LineChart, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { ChartFrame, type ChartFrameProps } from './chart-frame';
import { formatCount, niceScale } from './format';
import { datumOf, Tip } from './tooltip';

export interface FlowDayPoint {
  day: string;
  /** "16 Nov" */
  label: string;
  opened: number;
  resolved: number;
  backlog: number;
}

interface FlowChartProps extends ChartFrameProps {
  days: readonly FlowDayPoint[];
  words: { day: string; opened: string; resolved: string; open: string; openNow: string; perDay: string };
  empty?: string | undefined;
  onDrill?: ((day: string, what: 'opened' | 'resolved') => void) | undefined;
}

type Mirrored = FlowDayPoint & { down: number };

const side = 66;
const margin = { top: 14, right: side, bottom: 0, left: 0 };
/** Recharts breaks axis labels at spaces; these stay whole. */
const unbroken = (text: string): string => text.replaceAll(' ', '\u00a0');

const tick = { fontSize: 11, fill: 'var(--text-3)' };

/** What is open at each day's end above; what came and what went below, one up, one down. */
export const FlowChart = ({ days, words, onDrill, empty, ...frame }: FlowChartProps) => {
  const data: Mirrored[] = days.map((day) => ({ ...day, down: -day.resolved }));
  const last = data.at(-1);
  const { top } = niceScale(Math.max(1, ...data.map((d) => d.backlog)), 4);
  const low = Math.min(...data.map((d) => d.backlog));
  const floor = low > top / 2 ? Math.floor(low / (top / 4)) * (top / 4) : 0;
  const { top: reach } = niceScale(Math.max(1, ...data.map((d) => Math.max(d.opened, d.resolved))), 2);
  const sum = (key: 'opened' | 'resolved'): number => data.reduce((n, d) => n + d[key], 0);
  const lastShare = last ? (last.backlog - floor) / Math.max(1, top - floor) : 0;
  const tip = (props: unknown) => {
    const d = datumOf<Mirrored>(props);
    return d ? (
      <Tip title={d.label} lines={[[words.opened, formatCount(d.opened)], [words.resolved, formatCount(d.resolved)], [words.open, formatCount(d.backlog)]]} />
    ) : null;
  };
  const table = {
    head: [words.day, words.opened, words.resolved, words.open],
    rows: data.map((d) => ({
      key: d.day,
      cells: [d.label, formatCount(d.opened), formatCount(d.resolved), formatCount(d.backlog)],
      drill: onDrill ? () => onDrill(d.day, 'opened') : undefined,
    })),
  };
  return (
    <ChartFrame {...frame} table={table} empty={empty}>
      <div className="ow-chart-plot" data-drill={onDrill ? true : undefined}>
        <ResponsiveContainer width="100%" height={104}>
          <LineChart data={data} margin={margin} syncId={frame.title}>
            <CartesianGrid vertical={false} stroke="var(--line)" syncWithTicks />
            <XAxis dataKey="label" hide padding={{ left: 6, right: 6 }} />
            <YAxis domain={[floor, top]} ticks={[floor, top]} mirror width={1} axisLine={false} tickLine={false} tick={{ ...tick, dy: -7, dx: -1, textAnchor: 'start' }} />
            <Tooltip content={tip} cursor={{ stroke: 'var(--line-strong)' }} isAnimationActive={false} />
            <Line type="linear" dataKey="backlog" stroke="var(--accent)" strokeWidth={2} dot={false} activeDot={{ r: 3 }} isAnimationActive={false} />
          </LineChart>
        </ResponsiveContainer>
        <div className="ow-side" data-tone="accent" style={{ top: 14 + (1 - lastShare) * 85 - 7 }}>
          <b>{last ? formatCount(last.backlog) : ''}</b>
          {words.openNow}
        </div>
        <ResponsiveContainer width="100%" height={150}>
          <BarChart data={data} margin={margin} stackOffset="sign" barCategoryGap="14%" syncId={frame.title}>
            <CartesianGrid vertical={false} stroke="var(--line)" syncWithTicks />
            <XAxis dataKey="label" axisLine={false} tickLine={false} tick={tick} interval="preserveStartEnd" minTickGap={36} padding={{ left: 6, right: 6 }} />
            <YAxis
              domain={[-reach, reach]}
              ticks={[-reach, 0, reach]}
              mirror
              width={1}
              axisLine={false}
              tickLine={false}
              tick={{ ...tick, dy: -7, dx: -1, textAnchor: 'start' }}
              tickFormatter={(v: number) => (v > 0 ? unbroken(`${formatCount(v)} ${words.perDay}`) : '')}
            />
            <Tooltip content={tip} cursor={{ fill: 'var(--sunken)' }} isAnimationActive={false} />
            <ReferenceLine y={0} stroke="var(--line-strong)" />
            <Bar dataKey="opened" stackId="flow" fill="var(--chart-bar-strong)" isAnimationActive={false} onClick={(d: { payload?: Mirrored }) => d.payload && onDrill?.(d.payload.day, 'opened')} />
            <Bar dataKey="down" stackId="flow" fill="var(--chart-bar-soft)" isAnimationActive={false} onClick={(d: { payload?: Mirrored }) => d.payload && onDrill?.(d.payload.day, 'resolved')} />
          </BarChart>
        </ResponsiveContainer>
        <div className="ow-side" style={{ bottom: 94 }}>
          <b>{words.opened}</b>
          {formatCount(sum('opened'))}
        </div>
        <div className="ow-side" style={{ bottom: 52 }}>
          <b>{words.resolved}</b>
          {formatCount(sum('resolved'))}
        </div>
      </div>
    </ChartFrame>
  );
};

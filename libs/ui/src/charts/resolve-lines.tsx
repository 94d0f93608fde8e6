import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { ChartFrame, type ChartFrameProps } from './chart-frame';
import { formatCount, niceScale } from './format';
import { datumOf, Tip } from './tooltip';

export interface ResolvePoint {
  week: string;
  label: string;
  p50: number;
  p90: number;
  count: number;
}

interface ResolveLinesProps extends ChartFrameProps {
  weeks: readonly ResolvePoint[];
  words: { week: string; p50: string; p90: string; n: string; hours: (n: string) => string };
  empty?: string | undefined;
  onDrill?: ((week: string) => void) | undefined;
}

interface Datum extends ResolvePoint {
  p50Past?: number;
  p90Past?: number;
  p50Tail?: number;
  p90Tail?: number;
}

const hoursText = (h: number): string => (h >= 10 ? String(Math.round(h)) : h.toFixed(1));

interface EndDotProps {
  cx?: number;
  cy?: number;
  index?: number;
}

/** Median and P90 of time to resolve, per week. The running week is dashed: it is not over. */
export const ResolveLines = ({ weeks, words, onDrill, empty, ...frame }: ResolveLinesProps) => {
  const end = weeks.length - 1;
  const data: Datum[] = weeks.map((week, i) => ({
    ...week,
    ...(i < end || end === 0 ? { p50Past: week.p50, p90Past: week.p90 } : {}),
    ...(i >= end - 1 ? { p50Tail: week.p50, p90Tail: week.p90 } : {}),
  }));
  const { top, ticks } = niceScale(Math.max(1, ...weeks.map((w) => w.p90)));
  const endDot = (name: string, key: 'p50' | 'p90', stroke: string, fill: string) => (props: unknown) => {
    const { cx = 0, cy = 0, index = -1 } = props as EndDotProps;
    const last = data[index];
    if (index !== end || !last) return <g key={`${key}-${index}`} />;
    return (
      <g key={`${key}-${index}`}>
        <circle cx={cx} cy={cy} r={3} fill="var(--surface)" stroke={stroke} strokeWidth={1.5} />
        <text x={cx + 9} y={cy + 4} style={{ fontSize: 12 }}>
          <tspan style={{ fill, fontWeight: 500 }}>{name}</tspan>
          <tspan dx={5}>{words.hours(hoursText(last[key]))}</tspan>
        </text>
      </g>
    );
  };
  const tip = (props: unknown) => {
    const d = datumOf<Datum>(props);
    return d ? (
      <Tip title={d.label} lines={[[words.p90, words.hours(hoursText(d.p90))], [words.p50, words.hours(hoursText(d.p50))], [words.n, formatCount(d.count)]]} />
    ) : null;
  };
  const table = {
    head: [words.week, words.p50, words.p90, words.n],
    rows: data.map((d) => ({
      key: d.week,
      cells: [d.label, words.hours(hoursText(d.p50)), words.hours(hoursText(d.p90)), formatCount(d.count)],
      drill: onDrill ? () => onDrill(d.week) : undefined,
    })),
  };
  const shared = { type: 'linear' as const, isAnimationActive: false, dot: false, activeDot: { r: 3 } };
  return (
    <ChartFrame {...frame} table={table} empty={empty}>
      <div className="ow-chart-plot">
        <ResponsiveContainer width="100%" height={252}>
          <LineChart data={data} margin={{ top: 12, right: 76, bottom: 0, left: 0 }}>
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis dataKey="label" axisLine={false} tickLine={false} tick={{ fontSize: 11, fill: 'var(--text-3)' }} minTickGap={28} padding={{ left: 8, right: 4 }} />
            <YAxis
              width={30}
              domain={[0, top]}
              ticks={ticks}
              axisLine={false}
              tickLine={false}
              tick={{ fontSize: 11, fill: 'var(--text-3)', textAnchor: 'start', dx: -20 }}
              tickFormatter={(v: number) => (v === top ? words.hours(String(v)).replaceAll(' ', '\u00a0') : String(v))}
            />
            <Tooltip content={tip} cursor={{ stroke: 'var(--line-strong)' }} isAnimationActive={false} />
            <Line {...shared} dataKey="p90Past" stroke="var(--text-3)" strokeWidth={1.75} />
            <Line {...shared} dataKey="p90Tail" stroke="var(--text-3)" strokeWidth={1.75} strokeDasharray="2 4" dot={endDot('P90', 'p90', 'var(--text-3)', 'var(--text)')} />
            <Line {...shared} dataKey="p50Past" stroke="var(--accent)" strokeWidth={2} />
            <Line {...shared} dataKey="p50Tail" stroke="var(--accent)" strokeWidth={2} strokeDasharray="2 4" dot={endDot('P50', 'p50', 'var(--accent)', 'var(--accent-text)')} />
          </LineChart>
        </ResponsiveContainer>
      </div>
    </ChartFrame>
  );
};

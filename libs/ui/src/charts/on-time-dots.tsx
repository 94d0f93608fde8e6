import { CartesianGrid, ErrorBar, ReferenceLine, ResponsiveContainer, Scatter, ScatterChart, Tooltip, XAxis, YAxis } from 'recharts';
import { ChartFrame, type ChartFrameProps } from './chart-frame';
import { formatCount } from './format';
import { datumOf, Tip } from './tooltip';

export interface OnTimeRow {
  id: string;
  label: string;
  /** Shares between 0 and 1: the measured one and its 95 % interval. */
  share: number;
  low: number;
  high: number;
  total: number;
}

interface OnTimeDotsProps extends ChartFrameProps {
  rows: readonly OnTimeRow[];
  target: number;
  words: { carrier: string; onTime: string; interval: string; n: string; target: (percent: string) => string };
  empty?: string | undefined;
  onDrill?: ((id: string) => void) | undefined;
}

interface Datum extends OnTimeRow {
  row: number;
  percent: number;
  reach: [number, number];
  tone: 'below' | 'unsure' | 'plain';
}

const percent = (share: number): string => `${(share * 100).toFixed(1)}\u202f%`;
const rowHeight = 30;
const colours = { below: 'var(--amber-strong)', unsure: 'var(--text-3)', plain: 'var(--text-2)' } as const;

interface DotShapeProps {
  cx?: number;
  cy?: number;
  payload?: Datum;
}

const Dot = ({ cx = 0, cy = 0, payload }: DotShapeProps) => {
  const tone = payload?.tone ?? 'plain';
  const isHollow = tone === 'unsure';
  return <circle cx={cx} cy={cy} r={4} fill={isHollow ? 'var(--surface)' : colours[tone]} stroke={isHollow ? colours.unsure : 'var(--surface)'} strokeWidth={1.5} />;
};

const drawDot = (props: unknown) => <Dot {...(props as DotShapeProps)} />;

/** A share with its interval: a small sample shows itself as a wide bar and a hollow dot, and accuses nobody. */
export const OnTimeDots = ({ rows, target, words, onDrill, empty, ...frame }: OnTimeDotsProps) => {
  const data: Datum[] = [...rows]
    .sort((a, b) => b.share - a.share)
    .map((row, i) => ({
      ...row,
      row: i,
      percent: row.share * 100,
      reach: [(row.share - row.low) * 100, (row.high - row.share) * 100],
      tone: row.high < target ? 'below' : row.high - row.low > 0.1 ? 'unsure' : 'plain',
    }));
  const least = Math.min(target, ...rows.map((row) => row.low)) * 100;
  const from = Math.max(0, Math.min(90, Math.floor((least - 1) / 5) * 5));
  const step = from < 50 ? 20 : from < 70 ? 10 : 5;
  const ticks = Array.from({ length: Math.floor((100 - from) / step) + 1 }, (_, i) => 100 - i * step).reverse();
  const tip = (props: unknown) => {
    const d = datumOf<Datum>(props);
    return d ? (
      <Tip title={d.label} lines={[[words.onTime, percent(d.share)], [words.interval, `${percent(d.low)} – ${percent(d.high)}`], [words.n, formatCount(d.total)]]} />
    ) : null;
  };
  const table = {
    head: [words.carrier, words.onTime, words.interval, words.n],
    rows: data.map((d) => ({
      key: d.id,
      cells: [d.label, percent(d.share), `${percent(d.low)} – ${percent(d.high)}`, formatCount(d.total)],
      drill: onDrill ? () => onDrill(d.id) : undefined,
    })),
  };
  const drill = (event: unknown): void => {
    const id = (event as { payload?: Datum }).payload?.id;
    if (id) onDrill?.(id);
  };
  return (
    <ChartFrame {...frame} table={table} empty={empty}>
      <div className="ow-chart-plot ow-otd" data-drill={onDrill ? true : undefined}>
        <ResponsiveContainer width="100%" height={data.length * rowHeight + 46}>
          <ScatterChart margin={{ top: 22, right: 12, bottom: 0, left: 0 }}>
            <CartesianGrid horizontal={false} stroke="var(--line)" />
            <XAxis type="number" dataKey="percent" domain={[from, 100]} ticks={ticks} height={24} axisLine={false} tickLine={false} tick={{ fontSize: 11, fill: 'var(--text-3)' }} />
            <YAxis
              type="number"
              dataKey="row"
              reversed
              domain={[-0.5, data.length - 0.5]}
              ticks={data.map((d) => d.row)}
              tickFormatter={(i: number) => (data[i]?.label ?? '').replaceAll(' ', '\u00a0')}
              width={96}
              axisLine={false}
              tickLine={false}
              interval={0}
              tick={{ fontSize: 12, fill: 'var(--text-2)', textAnchor: 'start', dx: -86 }}
            />
            <ReferenceLine
              x={target * 100}
              stroke="var(--text-dim)"
              strokeDasharray="3 3"
              label={{ value: words.target(`${Math.round(target * 100)}\u202f%`), position: 'top', fill: 'var(--text-3)', fontSize: 12, offset: 8 }}
            />
            <Tooltip content={tip} cursor={false} isAnimationActive={false} />
            {(['below', 'unsure', 'plain'] as const).map((tone) => (
              <Scatter key={tone} data={data.filter((d) => d.tone === tone)} shape={drawDot} isAnimationActive={false} onClick={drill}>
                <ErrorBar dataKey="reach" direction="x" width={4} strokeWidth={1.25} stroke={colours[tone]} isAnimationActive={false} />
              </Scatter>
            ))}
          </ScatterChart>
        </ResponsiveContainer>
        <div className="ow-otd-col">
          <small>{words.onTime}</small>
          {data.map((d) => (
            <div key={d.id}>
              <b>{percent(d.share)}</b>
            </div>
          ))}
        </div>
        <div className="ow-otd-col">
          <small>{words.n}</small>
          {data.map((d) => (
            <div key={d.id}>{formatCount(d.total)}</div>
          ))}
        </div>
      </div>
    </ChartFrame>
  );
};

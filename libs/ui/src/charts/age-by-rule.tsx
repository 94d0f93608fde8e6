import { Bar, BarChart, LabelList, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { ChartFrame, type ChartFrameProps } from './chart-frame';
import { formatCount } from './format';
import { datumOf, Tip } from './tooltip';

export interface AgeRow {
  id: string;
  label: string;
  /** Counts per band, youngest first. */
  bands: readonly [number, number, number, number];
}

interface AgeByRuleProps extends ChartFrameProps {
  rows: readonly AgeRow[];
  bandLabels: readonly [string, string, string, string];
  heads: { rule: string; all: string };
  empty?: string | undefined;
  onDrill?: ((ruleId: string, band: number) => void) | undefined;
}

interface Datum {
  id: string;
  label: string;
  b0: number;
  b1: number;
  b2: number;
  b3: number;
  all: number;
}

const bands = [0, 1, 2, 3] as const;
const fills = ['var(--chart-age-0)', 'var(--chart-age-1)', 'var(--chart-age-2)', 'var(--chart-age-3)'] as const;
const rowHeight = 21.5;

/** The total stands behind the last band that has any; recharts draws no label for an empty one. */
const totalAfter = (entry: unknown, band: number): string => {
  const d = (entry as { payload?: Datum }).payload;
  if (!d) return '';
  const last = bands.findLast((i) => d[`b${i}`] > 0);
  return last === band ? formatCount(d.all) : '';
};

/** Open cases by rule, cut by age; only the oldest band is coloured, for only it asks for something. */
export const AgeByRule = ({ rows, bandLabels, heads, onDrill, empty, ...frame }: AgeByRuleProps) => {
  const data: Datum[] = rows
    .map(({ id, label, bands: [b0, b1, b2, b3] }) => ({ id, label, b0, b1, b2, b3, all: b0 + b1 + b2 + b3 }))
    .sort((a, b) => b.all - a.all);
  const tip = (props: unknown) => {
    const d = datumOf<Datum>(props);
    return d ? <Tip title={`${d.label}: ${formatCount(d.all)}`} lines={bands.map((i) => [bandLabels[i], formatCount(d[`b${i}`])] as const)} /> : null;
  };
  const table = {
    head: [heads.rule, ...bandLabels, heads.all],
    rows: data.map((d) => ({
      key: d.id,
      cells: [d.label, ...bands.map((i) => formatCount(d[`b${i}`])), formatCount(d.all)],
      drill: onDrill ? () => onDrill(d.id, -1) : undefined,
    })),
  };
  return (
    <ChartFrame {...frame} table={table} empty={empty}>
      <div className="ow-key" aria-hidden="true">
        {bands.map((i) => (
          <span key={i} data-tone={i === 3 ? 'amber' : undefined}>
            <i style={{ background: fills[i] }} />
            {bandLabels[i]}
          </span>
        ))}
      </div>
      <div className="ow-chart-plot" data-drill={onDrill ? true : undefined}>
        <ResponsiveContainer width="100%" height={data.length * rowHeight + 4}>
          <BarChart data={data} layout="vertical" margin={{ top: 2, right: 36, bottom: 2, left: 0 }} barSize={13}>
            <XAxis type="number" hide domain={[0, 'dataMax']} />
            <YAxis
              type="category"
              dataKey="label"
              width={128}
              axisLine={false}
              tickLine={false}
              interval={0}
              tick={{ fontSize: 12, fill: 'var(--text-2)', textAnchor: 'start', dx: -118 }}
            />
            <Tooltip content={tip} cursor={{ fill: 'var(--sunken)' }} isAnimationActive={false} />
            {bands.map((i) => (
              <Bar
                key={i}
                dataKey={`b${i}`}
                stackId="age"
                fill={fills[i]}
                stroke="var(--surface)"
                strokeWidth={1}
                isAnimationActive={false}
                onClick={(d: { payload?: Datum }) => d.payload && onDrill?.(d.payload.id, i)}
              >
                <LabelList
                  position="right"
                  offset={7}
                  style={{ fill: 'var(--text)', fontSize: 12, fontWeight: 500 }}
                  valueAccessor={(entry: unknown) => totalAfter(entry, i)}
                />
              </Bar>
            ))}
          </BarChart>
        </ResponsiveContainer>
      </div>
    </ChartFrame>
  );
};

interface SparklineProps {
  values: readonly number[];
  /** What an hour usually brings. */
  usual: number;
  isLow: boolean;
  label: string;
}

const width = 72;
const height = 20;

/** The last hours against the usual band, small enough for a table cell. */
export const Sparkline = ({ values, usual, isLow, label }: SparklineProps) => {
  const top = Math.max(1, usual * 1.4, ...values);
  const y = (value: number): number => height - 2 - (value / top) * (height - 4);
  const x = (i: number): number => 1 + (i / Math.max(1, values.length - 1)) * (width - 4);
  const last = values.at(-1);
  return (
    <svg className="hl-spark" viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={label} data-low={isLow || undefined}>
      {usual > 0 ? <rect x={0} y={y(usual * 1.25)} width={width} height={Math.max(2, y(usual * 0.75) - y(usual * 1.25))} rx={1.5} /> : null}
      <polyline points={values.map((value, i) => `${x(i).toFixed(1)},${y(value).toFixed(1)}`).join(' ')} />
      {last === undefined ? null : <circle cx={x(values.length - 1)} cy={y(last)} r={1.6} />}
    </svg>
  );
};

import type { ReactNode } from 'react';

interface TipProps {
  title: ReactNode;
  lines: readonly (readonly [label: string, value: ReactNode])[];
}

export const Tip = ({ title, lines }: TipProps) => (
  <div className="ow-chart-tip">
    <b>{title}</b>
    {lines.map(([label, value]) => (
      <div key={label}>
        <span>{label}</span>
        <b>{value}</b>
      </div>
    ))}
  </div>
);

interface RechartsTip<Datum> {
  active?: boolean;
  payload?: readonly { payload?: Datum }[];
}

/** Reads the datum under the pointer from what recharts hands to a tooltip. */
export const datumOf = <Datum,>(props: unknown): Datum | undefined => {
  const { active, payload } = props as RechartsTip<Datum>;
  return active ? payload?.[0]?.payload : undefined;
};

import { ChartFrame, type ChartFrameProps } from './chart-frame';
import { formatChange, formatCount } from './format';

export interface StatusBarRow {
  id: string;
  label: string;
  value: number;
  change?: number | null | undefined;
  /** Amber: wants a look; red: broken. Grey otherwise. */
  tone?: 'amber' | 'red' | 'neutral' | undefined;
}

export interface StatusBarGroup {
  id: string;
  label: string;
  note?: string | undefined;
  rows: readonly StatusBarRow[];
}

interface StatusBarsProps extends ChartFrameProps {
  groups: readonly StatusBarGroup[];
  heads: { status: string; now: string; change: string };
  empty?: string | undefined;
  onDrill?: ((groupId: string, rowId: string) => void) | undefined;
}

/** All tracks on one scale, longest first; each line opens its rows. */
export const StatusBars = ({ groups, heads, onDrill, empty, ...frame }: StatusBarsProps) => {
  const max = Math.max(1, ...groups.flatMap((group) => group.rows.map((row) => row.value)));
  const sorted = groups.map((group) => ({ ...group, rows: [...group.rows].sort((a, b) => b.value - a.value) }));
  const table = {
    head: [heads.status, heads.now, heads.change],
    rows: sorted.flatMap((group) =>
      group.rows.map((row) => ({
        key: `${group.id}/${row.id}`,
        cells: [`${group.label}: ${row.label}`, formatCount(row.value), formatChange(row.change)],
        drill: onDrill ? () => onDrill(group.id, row.id) : undefined,
      })),
    ),
  };
  return (
    <ChartFrame {...frame} table={table} empty={empty}>
      {sorted.map((group, i) => (
        <div key={group.id} className="ow-sb-group" role="group" aria-label={group.label}>
          <div className="ow-sb-row" data-head aria-hidden="true">
            <span style={{ gridColumn: '1 / 3' }}>
              <b>{group.label}</b> {group.note}
            </span>
            <i>{i === 0 ? heads.now : null}</i>
            <i>{i === 0 ? heads.change : null}</i>
          </div>
          {group.rows.map((row) => {
            const tone = row.tone ?? 'neutral';
            const isWorse = (row.change ?? 0) > 0 && tone !== 'neutral';
            return (
              <button
                key={row.id}
                type="button"
                className="ow-sb-row"
                onClick={() => onDrill?.(group.id, row.id)}
              >
                <span className="ow-clip" translate="no">{row.label}</span>
                <span className="ow-sb-bar" data-tone={tone} style={{ width: `${(row.value / max) * 100}%` }} />
                <b>{formatCount(row.value)}</b>
                <i data-tone={isWorse ? tone : undefined}>{formatChange(row.change)}</i>
              </button>
            );
          })}
        </div>
      ))}
    </ChartFrame>
  );
};

import { Chip, formatDuration, RelativeTime, type GridColumn } from '@orderwatch/ui';
import { carrierName } from '../../shared/carriers';
import { money, promiseView } from '../../shared/format';
import type { StuckRow } from './use-stuck';

const HOUR = 3_600_000;

/** Everything here is over its limit; colour is kept for what is so several times over. */
const silenceClass = (row: StuckRow, now: number): string => {
  if (row.feedLate) return 'ow-dim';
  const times = (now - Date.parse(row.silentSince)) / (row.limitHours * HOUR);
  return times > 4 ? 'ow-red ow-strong' : times > 2 ? 'ow-amber ow-strong' : 'ow-strong';
};

export const stuckColumns = (width: number, now: number, meId: string): GridColumn<StuckRow>[] => {
  const all: (GridColumn<StuckRow> & { from?: number })[] = [
    {
      id: 'silent',
      header: 'Silent for',
      width: '86px',
      align: 'right',
      render: (row) => <RelativeTime at={row.silentSince} form="age" className={silenceClass(row, now)} />,
    },
    { id: 'limit', header: 'Limit', width: '62px', align: 'right', render: (row) => <span className="ow-dim">{formatDuration(row.limitHours * HOUR)}</span> },
    {
      id: 'scan',
      header: 'Last scan',
      width: 'minmax(0,1fr)',
      flex: true,
      render: (row) => (
        <>
          {row.feedLate ? <Chip>Unknown, feed late</Chip> : null}
          <span>
            {row.lastScan ?? row.status}
            {row.facility ? <span className="ow-dim"> · {row.facility}</span> : null}
          </span>
        </>
      ),
      signature: (row) => `${row.lastScan ?? ''} ${row.silentSince}`,
    },
    { id: 'carrier', header: 'Carrier', width: '84px', from: 820, render: (row) => (row.carrier ? carrierName(row.carrier) : '–') },
    { id: 'number', header: 'Tracking number', width: '140px', from: 960, render: (row) => <span className="ow-dim">{row.number ?? '–'}</span> },
    { id: 'order', header: 'Order', width: '92px', render: (row) => row.orderName },
    { id: 'value', header: 'Value', width: '78px', align: 'right', from: 700, render: (row) => money(row.value) },
    {
      id: 'promise',
      header: 'Promise',
      width: '78px',
      render: (row) => {
        const { text, isOver } = promiseView(row.promisedAt, null, now);
        return <span className={isOver ? 'ow-red' : undefined}>{text}</span>;
      },
    },
    { id: 'owner', header: 'Owner', width: '92px', from: 760, render: (row) => (row.owner ? (row.owner.id === meId ? 'You' : row.owner.name) : <span className="ow-dim">Nobody</span>), signature: (row) => row.owner?.id ?? '' },
  ];
  return all.filter((column) => (column.from ?? 0) <= width);
};

import type { GridColumn, GridGrouping, GroupHead } from '../grid/queue-grid.types';
import { Avatar } from '../primitives/avatar';
import { Button } from '../primitives/button';
import { Chip, type Tone } from '../primitives/chip';

export interface SampleRow {
  id: string;
  due: string;
  dueTone?: 'ow-red' | 'ow-amber';
  chip: string;
  tone: Tone;
  why: string;
  /** The carrier's own words. */
  raw?: string;
  order: string;
  value: string;
  promise: string;
  carrier: string;
  country: string;
  owner?: { name: string; ring: 'lease' | 'acting'; text: string };
  isCluster?: boolean;
}

const base: readonly SampleRow[] = [
  { id: 'a', due: '−2 h', dueTone: 'ow-red', chip: 'Not received', tone: 'red', why: 'Delivered Tue 14:05, customer wrote at 16:20 that nothing came', raw: '“Left at front door, photo taken”', order: '#10482', value: '€412', promise: '18 Nov', carrier: 'DHL', country: 'Ireland' },
  { id: 'b', due: '−40 min', dueTone: 'ow-red', chip: 'Lost', tone: 'red', why: 'DHL reports the parcel lost; last scan Leipzig, 13 Nov', raw: '“Shipment declared lost”', order: '#10377', value: '€289', promise: '6 d over', carrier: 'DHL', country: 'Germany' },
  { id: 'c', due: '12 min', dueTone: 'ow-amber', chip: 'No movement', tone: 'amber', why: 'No scan for 4 d 6 h; limit 3 d, longer than 97 % of like parcels', raw: '“Arrivato in hub Bologna”', order: '#10519', value: '€164', promise: '19 Nov', carrier: 'BRT', country: 'Italy', owner: { name: 'Ana Novak', ring: 'lease', text: 'You, 19 min' } },
  { id: 'd', due: '25 min', dueTone: 'ow-amber', chip: 'Returning', tone: 'amber', why: 'UPS is returning it: address not found; customer not told yet', raw: '“Return to sender”', order: '#10533', value: '€98', promise: '20 Nov', carrier: 'UPS', country: 'Germany' },
  { id: 'e', due: '48 min', chip: '214 parcels', tone: 'line', why: 'GLS Neuenstein: silent since Tue 06:10', order: '214 orders', value: '€18 240', promise: '37 over', carrier: 'GLS', country: 'Germany', owner: { name: 'Lea Moser', ring: 'acting', text: 'writing' }, isCluster: true },
  { id: 'f', due: '–', chip: 'Resolved', tone: 'green', why: 'Scanned in Brno 09:41; closed by itself', raw: '“Zásilka na depu”', order: '#10511', value: '€55', promise: '21 Nov', carrier: 'GLS', country: 'Austria' },
];
const carriers = ['DHL', 'GLS', 'UPS', 'BRT', 'PostNL'];
const countries = ['Germany', 'Austria', 'Italy'];

/** So many rows, the first six of them drawn by hand. */
export const sampleRows = (count: number): SampleRow[] => [
  ...base,
  ...Array.from({ length: count - base.length }, (_, i): SampleRow => ({
    id: `m${i}`,
    due: `${i + 2} h`,
    chip: 'Late',
    tone: 'amber',
    why: `Promised 18 Nov, still at depot ${i + 1}`,
    raw: '“Sendung im Zielgebiet”',
    order: `#${11000 + i}`,
    value: `€${70 + (i % 400)}`,
    promise: '2 d over',
    carrier: carriers[i % carriers.length] ?? '',
    country: countries[i % countries.length] ?? '',
  })),
];

export const sampleColumns: readonly GridColumn<SampleRow>[] = [
  { id: 'due', header: 'Due', width: '64px', sort: 'ascending', render: (r) => <span className={`ow-strong ${r.dueTone ?? ''}`}>{r.due}</span>, signature: (r) => r.due },
  { id: 'why', header: 'Why', width: 'minmax(0,1fr)', flex: true, render: (r) => (<><Chip tone={r.tone}>{r.chip}</Chip><span>{r.why}</span></>), second: (r) => r.raw, signature: (r) => r.why },
  { id: 'order', header: 'Order', width: '86px', render: (r) => r.order },
  { id: 'value', header: 'Value', width: '72px', align: 'right', render: (r) => r.value },
  { id: 'promise', header: 'Promise', width: '74px', render: (r) => <span className={r.promise.includes('over') ? 'ow-red' : ''}>{r.promise}</span>, second: (r) => r.carrier },
  { id: 'owner', header: 'Owner', width: '110px', overflow: 'visible', flex: true, render: (r) => (r.owner ? (<><Avatar name={r.owner.name} ring={r.owner.ring} /><span>{r.owner.text}</span></>) : (<span className="ow-dim">Nobody</span>)) },
];

export type SampleGroups = 'none' | 'carrier' | 'country and carrier';

const paths: Readonly<Record<SampleGroups, (row: SampleRow) => readonly string[]>> = {
  none: () => [],
  carrier: (row) => [row.carrier],
  'country and carrier': (row) => [row.country, `${row.country}/${row.carrier}`],
};

const headOf = (id: string): GroupHead => ({
  label: id.split('/').at(-1),
  breached: id === 'DHL' ? '12 breached' : undefined,
  atRisk: '€18 240 at risk',
  action: <Button compact>Claim next</Button>,
});

export const sampleGrouping = (by: SampleGroups, collapsed: ReadonlySet<string>, onCollapsedChange: (ids: ReadonlySet<string>) => void): GridGrouping<SampleRow> | undefined =>
  by === 'none' ? undefined : { by, pathOf: paths[by], headOf, collapsed, onCollapsedChange };

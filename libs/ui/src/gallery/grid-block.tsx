import { useMemo, useState } from 'react';
import { StaleBand } from '../frame/stale-band';
import { GridFooter, PendingPill } from '../grid/pending-pill';
import { QueueGrid } from '../grid/queue-grid';
import type { GridColumn } from '../grid/queue-grid.types';
import { useHeldOrder } from '../grid/use-held-order';
import { Avatar } from '../primitives/avatar';
import { Button } from '../primitives/button';
import { Chip, type Tone } from '../primitives/chip';
import { KeyValueList } from '../primitives/key-value-list';
import { PeekPanel, SplitView } from '../primitives/peek-panel';
import { ShortTimeline } from '../timeline/timeline';
import { Block, Line } from './block';
import { sampleTimeline } from './samples';

interface Row {
  id: string;
  due: string;
  dueTone?: 'ow-red' | 'ow-amber';
  chip: string;
  tone: Tone;
  why: string;
  order: string;
  value: string;
  promise: string;
  owner?: { name: string; ring: 'lease' | 'acting'; text: string };
  isCluster?: boolean;
}

const base: Row[] = [
  { id: 'a', due: '−2 h', dueTone: 'ow-red', chip: 'Not received', tone: 'red', why: 'Delivered Tue 14:05, customer wrote at 16:20 that nothing came', order: '#10482', value: '€412', promise: '18 Nov' },
  { id: 'b', due: '−40 min', dueTone: 'ow-red', chip: 'Lost', tone: 'red', why: 'DHL reports the parcel lost; last scan Leipzig, 13 Nov', order: '#10377', value: '€289', promise: '6 d over' },
  { id: 'c', due: '12 min', dueTone: 'ow-amber', chip: 'No movement', tone: 'amber', why: 'No scan for 4 d 6 h; limit 3 d, longer than 97 % of like parcels', order: '#10519', value: '€164', promise: '19 Nov', owner: { name: 'Ana Novak', ring: 'lease', text: 'You, 19 min' } },
  { id: 'd', due: '25 min', dueTone: 'ow-amber', chip: 'Returning', tone: 'amber', why: 'UPS is returning it: address not found; customer not told yet', order: '#10533', value: '€98', promise: '20 Nov' },
  { id: 'e', due: '48 min', chip: '214 parcels', tone: 'line', why: 'GLS Neuenstein: silent since Tue 06:10', order: '214 orders', value: '€18 240', promise: '37 over', owner: { name: 'Lea Moser', ring: 'acting', text: 'writing' }, isCluster: true },
  { id: 'f', due: '–', chip: 'Resolved', tone: 'green', why: 'Scanned in Brno 09:41; closed by itself', order: '#10511', value: '€55', promise: '21 Nov' },
];
const many: Row[] = Array.from({ length: 400 }, (_, i) => ({ id: `m${i}`, due: `${i + 2} h`, chip: 'Late', tone: 'amber', why: `Promised 18 Nov, still at depot ${i + 1}`, order: `#${11000 + i}`, value: `€${70 + i}`, promise: '2 d over' }));

const columns: GridColumn<Row>[] = [
  { id: 'due', header: 'Due', width: '64px', render: (r) => <span className={`ow-strong ${r.dueTone ?? ''}`}>{r.due}</span>, signature: (r) => r.due },
  { id: 'why', header: 'Why', width: 'minmax(0,1fr)', flex: true, render: (r) => (<><Chip tone={r.tone}>{r.chip}</Chip><span>{r.why}</span></>), signature: (r) => r.why },
  { id: 'order', header: 'Order', width: '74px', render: (r) => r.order },
  { id: 'value', header: 'Value', width: '72px', align: 'right', render: (r) => r.value },
  { id: 'promise', header: 'Promise', width: '74px', render: (r) => <span className={r.promise.includes('over') ? 'ow-red' : ''}>{r.promise}</span> },
  { id: 'owner', header: 'Owner', width: '110px', overflow: 'visible', flex: true, render: (r) => (r.owner ? (<><Avatar name={r.owner.name} ring={r.owner.ring} /><span>{r.owner.text}</span></>) : (<span className="ow-dim">Nobody</span>)) },
];

export const GridBlock = () => {
  const [rows, setRows] = useState<Row[]>(() => [...base, ...many]);
  const [gone] = useState(new Set(['f']));
  const [focused, setFocused] = useState<string | null>('c');
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [isStale, setStale] = useState(false);
  const fresh = useMemo(() => rows.filter((r) => !gone.has(r.id)).map((r) => r.id), [rows, gone]);
  const [first] = useState(() => rows.map((r) => r.id));
  const [isFirst, setFirst] = useState(true);
  const held = useHeldOrder({ fresh: isFirst ? first : fresh, queryKey: 'gallery', focusedId: focused });
  const byId = useMemo(() => new Map(rows.map((r) => [r.id, r])), [rows]);
  const arrive = (): void => {
    setFirst(false);
    setRows((all) => [{ ...base[0], id: `n${all.length}`, why: 'Came in just now' } as Row, ...all]);
  };
  const change = (): void => setRows((all) => all.map((r) => (r.id === 'd' ? { ...r, due: `${Number.parseInt(r.due, 10) - 1} min` } : r)));
  return (
    <Block title="Queue grid with held order, pill and peek">
      <Line>
        <Button onClick={arrive}>A row arrives</Button>
        <Button onClick={change}>A cell changes</Button>
        <Button onClick={() => setStale(!isStale)}>Stale</Button>
      </Line>
      <div className="ow-gallery-tall" style={{ borderTop: '1px solid var(--line)' }}>
        <SplitView
          peek={
            <PeekPanel
              label="Case of order 10519"
              title="#10519"
              chips={<Chip tone="amber">No movement</Chip>}
              reference="EX-8123"
              lead={<>No scan for <b>4 d 6 h</b> after “Arrived at hub, Bologna”. Usual here: 9 h. The feed is healthy, so it is the parcel.</>}
              facts={<KeyValueList items={[{ key: 'c', label: 'Customer', value: 'Silvia Marchetti · 7 orders' }, { key: 'p', label: 'Promise', value: <>19 Nov <span className="ow-dim">· carrier now says 21 Nov</span></> }, { key: 'n', label: 'Parcel', value: 'BRT 0839 2217 4410 · 1 of 1' }]} />}
              actions={<><Button compact variant="primary">Ask carrier</Button><Button compact>Reship…</Button><span className="ow-spacer" /><Button compact>Snooze</Button><Button compact>Resolve</Button></>}
            >
              <ShortTimeline label="Latest events" items={sampleTimeline} />
            </PeekPanel>
          }
        >
          <PendingPill pending={held.pending} onApply={held.apply} quiet="Nothing new" />
          <StaleBand since={isStale ? Date.now() - 60_000 : undefined} note="You can read, claim and draft.">
            <QueueGrid
              label="Next up, due soonest first"
              order={held.order}
              rowsById={byId}
              columns={columns}
              total={rows.length}
              focusedId={focused}
              onFocusChange={setFocused}
              goneIds={gone}
              selectedIds={selected}
              onSelectedChange={setSelected}
              selectLabel={(r) => `Select ${r.order}`}
              selectHeader="Selected"
              rowTone={(r) => (r.isCluster ? 'sunken' : undefined)}
              onRowPointerDown={held.onRowPointerDown}
              onKey={(key) => {
                if (key !== '.') return false;
                held.apply();
                return true;
              }}
            />
          </StaleBand>
          <GridFooter hints={[{ keys: ['J', 'K'], label: 'move' }, { keys: ['C'], label: 'claim' }, { keys: ['E'], label: 'resolve' }]}>
            {rows.length} open · 14 rules on
          </GridFooter>
        </SplitView>
      </div>
    </Block>
  );
};

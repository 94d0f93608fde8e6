import { useMemo, useRef, useState, type ReactNode } from 'react';
import { DensityScope, type Density } from '../density';
import { BulkBar } from '../grid/bulk-bar';
import { HoldSwitch } from '../grid/hold-switch';
import { GridFooter, PendingPill } from '../grid/pending-pill';
import { QueueGrid } from '../grid/queue-grid';
import type { RowMenuItem } from '../grid/row-menu';
import { notInView } from '../grid/selection';
import { useQuietApply } from '../grid/use-quiet-apply';
import { Button } from '../primitives/button';
import { Chip } from '../primitives/chip';
import { KeyValueList } from '../primitives/key-value-list';
import { PeekPanel, SplitView } from '../primitives/peek-panel';
import { EmptyState } from '../primitives/states';
import { ShortTimeline } from '../timeline/timeline';
import { Block, Line } from './block';
import { Choice } from './choice';
import { sampleColumns, sampleGrouping, type SampleGroups, type SampleRow } from './grid-samples';
import { sampleTimeline } from './samples';
import { useSampleList } from './use-sample-list';

const noop = (): void => undefined;
const notes = new Map<string, ReactNode>([['d', 'Ana claimed this 4 s ago']]);
const densities: readonly Density[] = ['compact', 'default', 'roomy'];
const groupings: readonly SampleGroups[] = ['none', 'carrier', 'country and carrier'];

const selectLabel = (row: SampleRow): string => `Select ${row.order}`;

const menuOf = (row: SampleRow): readonly RowMenuItem[] => [
  { id: 'open', label: `Open ${row.order}`, kbd: 'Enter', onSelect: noop },
  { id: 'claim', label: 'Claim', kbd: 'C', onSelect: noop, reason: row.owner ? `${row.owner.name} has it` : undefined },
  { id: 'snooze', label: 'Snooze…', kbd: 'H', onSelect: noop, startsGroup: true },
  { id: 'resolve', label: 'Resolve…', kbd: 'E', onSelect: noop },
  { id: 'drop', label: 'Forget it', onSelect: noop, isDanger: true, startsGroup: true },
];

const Peek = () => (
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
);

interface GridBlockProps {
  title: string;
  /** The name of the list. */
  label: string;
  size: number;
  hasPeek?: boolean | undefined;
}

/** A live list with everything it can do; long ones draw only what is in sight. */
export const GridBlock = ({ title, label, size, hasPeek = false }: GridBlockProps) => {
  const list = useSampleList(size, hasPeek ? 'c' : null);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [density, setDensity] = useState<Density>('default');
  const [by, setBy] = useState<SampleGroups>('none');
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const frame = useRef<HTMLDivElement>(null);
  const grouping = useMemo(() => sampleGrouping(by, collapsed, setCollapsed), [by, collapsed]);
  const { held, goneIds } = list;
  useQuietApply({ list: frame, hasPending: held.hasPending, hasSelection: selected.size > 0, apply: held.apply });
  const hidden = notInView(selected, held.order, goneIds);
  return (
    <Block title={title}>
      <Line>
        <Button onClick={() => list.happen('arrives')}>A row arrives</Button>
        <Button onClick={() => list.happen('leaves')}>A row leaves</Button>
        <Button onClick={() => list.happen('all leave')}>All leave</Button>
        <Button onClick={() => list.happen('cell')}>A cell changes</Button>
        <Button onClick={() => list.storm(200)}>200 changes</Button>
        <span className="ow-dim">{list.isStorm ? 'Changing' : 'Still'}</span>
        <HoldSwitch isHeld={list.isHeld} onChange={list.setHeld} />
        <Choice label="Rows" value={density} options={densities} onChange={setDensity} />
        <Choice label="Group" value={by} options={groupings} onChange={setBy} />
      </Line>
      <div className="ow-gallery-tall" style={{ borderTop: '1px solid var(--line)' }} ref={frame}>
        <SplitView peek={hasPeek ? <Peek /> : undefined}>
          <PendingPill pending={held.pending} onApply={held.apply} quiet="Rows keep their place while you work" />
          <DensityScope density={density}>
            <QueueGrid
              label={label}
              order={held.order}
              rowsById={list.known}
              columns={sampleColumns}
              total={Math.max(list.total, held.order.length)}
              focusedId={list.focusedId}
              onFocusChange={list.setFocusedId}
              goneIds={goneIds}
              renderGone={(_row, column) => (column === 'why' ? <span>Resolved by Ana 14:03</span> : undefined)}
              rowNotes={notes}
              rowMenu={menuOf}
              grouping={grouping}
              selectedIds={selected}
              onSelectedChange={setSelected}
              selectLabel={selectLabel}
              selectHeader="Select all shown"
              rowTone={(r) => (r.isCluster ? 'sunken' : undefined)}
              onRowPointerDown={held.onRowPointerDown}
              empty={<EmptyState kind="nothing" title="Nothing waits">14 rules on. The next promise falls due at 18:00.</EmptyState>}
              onKey={(key) => {
                if (key !== '.') return false;
                held.apply();
                return true;
              }}
            />
          </DensityScope>
          {selected.size === 0 ? null : (
            <BulkBar
              label="With the selected"
              summary={`${selected.size} selected${hidden > 0 ? `, ${hidden} not in view` : ''}`}
              selectAll={<button type="button" className="ow-link" onClick={noop}>Select all 1 284 matching</button>}
              actions={[
                { id: 'assign', label: 'Assign…', onPress: noop },
                { id: 'snooze', label: 'Snooze…', onPress: noop },
                { id: 'resolve', label: 'Resolve…', onPress: noop, reason: 'Refresh first' },
              ]}
              clearLabel="Clear"
              onClear={() => setSelected(new Set())}
            />
          )}
          <GridFooter hints={[{ keys: ['J', 'K'], label: 'move' }, { keys: ['X'], label: 'select' }, { keys: ['.'], label: 'apply' }]}>{list.total} open · 14 rules on</GridFooter>
        </SplitView>
      </div>
    </Block>
  );
};

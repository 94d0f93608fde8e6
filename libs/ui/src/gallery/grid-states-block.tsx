import { useState, type ReactNode } from 'react';
import { DensityScope, type Density } from '../density';
import { StaleBand } from '../frame/stale-band';
import { QueueGrid } from '../grid/queue-grid';
import { Button } from '../primitives/button';
import { EmptyState, ErrorBar, SkeletonRows } from '../primitives/states';
import { Block } from './block';
import { sampleColumns, sampleGrouping, sampleRows, type SampleRow } from './grid-samples';

const noop = (): void => undefined;
const few = sampleRows(8);
const ids = few.map((row) => row.id);
const known: ReadonlyMap<string, SampleRow> = new Map(few.map((row) => [row.id, row]));
const narrow = sampleColumns.filter((column) => ['due', 'why', 'value'].includes(column.id));
const densities: readonly Density[] = ['compact', 'default', 'roomy'];

interface SmallProps {
  label: string;
  order?: readonly string[] | undefined;
  isRefreshing?: boolean | undefined;
  empty?: ReactNode;
  isGrouped?: boolean | undefined;
  isSelectable?: boolean | undefined;
}

const Small = ({ label, order = ids, isRefreshing, empty, isGrouped = false, isSelectable = false }: SmallProps) => {
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set(['b', 'c']));
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set(['GLS']));
  return (
    <QueueGrid
      label={label}
      order={order}
      rowsById={known}
      columns={narrow}
      focusedId={focusedId}
      onFocusChange={setFocusedId}
      isRefreshing={isRefreshing}
      empty={empty}
      grouping={sampleGrouping(isGrouped ? 'carrier' : 'none', collapsed, setCollapsed)}
      {...(isSelectable ? { selectedIds: selected, onSelectedChange: setSelected, selectLabel: (row: SampleRow) => `Select ${row.order}`, selectHeader: 'Select all shown' } : {})}
    />
  );
};

const Cell = ({ title, children }: { title: string; children: ReactNode }) => (
  <figure className="ow-gallery-cell" aria-label={title}>
    <figcaption>{title}</figcaption>
    {children}
  </figure>
);

/** The list when it is not simply there. */
export const GridStatesBlock = () => {
  const [since] = useState(() => Date.now() - 60_000);
  return (
    <Block title="Queue grid, states">
      <div className="ow-gallery-grid">
        <Cell title="First load">
          <SkeletonRows rows={7} />
        </Cell>
        <Cell title="A new question under way, old rows kept">
          <Small label="Refreshing" isRefreshing />
        </Cell>
        <Cell title="Nothing there">
          <Small label="Nothing there" order={[]} empty={<EmptyState kind="nothing" title="No late deliveries">Last checked 8 s ago, 14 rules on. The next promise falls due at 18:00.</EmptyState>} />
        </Cell>
        <Cell title="All filtered out">
          <Small label="All filtered out" order={[]} empty={<EmptyState kind="filtered" title="0 of 312 match" action={<Button>Clear the value filter</Button>}>Carrier is DHL, value over €500.</EmptyState>} />
        </Cell>
        <Cell title="Not for this role">
          <Small label="Not for this role" order={[]} empty={<EmptyState kind="forbidden" title="Approvals are for managers">Your role is agent. What you propose appears on the order.</EmptyState>} />
        </Cell>
        <Cell title="Failed, older rows kept">
          <ErrorBar onRetry={noop} reference="a8f3-21">The list could not be refreshed since 14:03.</ErrorBar>
          <Small label="Failed" />
        </Cell>
        <Cell title="Stale">
          <StaleBand since={since} note="You can read, claim and draft.">
            <Small label="Stale" />
          </StaleBand>
        </Cell>
        <Cell title="Offline">
          <StaleBand since={since} note="Offline. You can read and draft.">
            <Small label="Offline" />
          </StaleBand>
        </Cell>
        <Cell title="Groups, one of them closed">
          <Small label="Groups" isGrouped isSelectable />
        </Cell>
        {densities.map((density) => (
          <Cell key={density} title={`Rows: ${density}`}>
            <DensityScope density={density}>
              <Small label={`Rows, ${density}`} isSelectable />
            </DensityScope>
          </Cell>
        ))}
      </div>
    </Block>
  );
};

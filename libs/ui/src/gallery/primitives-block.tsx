import { FreshnessChip } from '../frame/freshness-chip';
import { SearchBox } from '../frame/search-box';
import { Avatar } from '../primitives/avatar';
import { Button } from '../primitives/button';
import { Chip, Dot } from '../primitives/chip';
import { AddFilter, FilterChips } from '../primitives/filter-chips';
import { Kbd } from '../primitives/kbd';
import { Kpi, KpiStrip } from '../primitives/kpi';
import { Money } from '../primitives/money';
import { EmptyState, ErrorBar, SkeletonRows } from '../primitives/states';
import { Tabs } from '../primitives/tabs';
import { Meter, Verdict } from '../primitives/verdict';
import { AbsoluteTime, Duration, RelativeTime } from '../time/relative-time';
import { useState } from 'react';
import { Block, Line } from './block';

const hour = 3_600_000;

const noop = (): void => undefined;

export const PrimitivesBlock = () => {
  const [tab, setTab] = useState('next');
  const [text, setText] = useState('');
  const [now] = useState(() => Date.now());
  return (
    <>
      <Block title="Buttons">
        <Line>
          <Button variant="primary" kbd="A">Approve €129.00</Button>
          <Button kbd="N">Next case</Button>
          <Button>Snooze</Button>
          <Button variant="danger">Decline…</Button>
          <Button variant="quiet">More</Button>
          <Button disabled reason="Both parcels handed over on 11 Nov">Fix address…</Button>
          <Button variant="primary" disabled reason="Refresh to approve">Approve</Button>
          <span><Kbd>J</Kbd> <Kbd>K</Kbd> move</span>
        </Line>
      </Block>
      <Block title="Chips, dots, verdicts">
        <Line>
          <Chip tone="red">Not received</Chip>
          <Chip tone="amber">No movement</Chip>
          <Chip tone="amber" icon="clock">arrived 3 h late</Chip>
          <Chip tone="green">Resolved</Chip>
          <Chip tone="violet">Waiting for you</Chip>
          <Chip tone="blue" icon="unequal">Sources disagree</Chip>
          <Chip>Unknown</Chip>
          <Chip tone="line">All pass</Chip>
          <Dot tone="green" /><Dot tone="amber" /><Dot tone="red" /><Dot tone="violet" /><Dot />
        </Line>
        <Line>
          <Verdict verdict="pass">You may</Verdict>
          <Verdict verdict="pass" quiet>pass</Verdict>
          <Verdict verdict="fail">fail</Verdict>
          <Verdict verdict="unknown">unknown</Verdict>
          <Verdict verdict="ask">Needs approval</Verdict>
          <Verdict verdict="no">Not allowed</Verdict>
          <Meter value={70} limit={72} label="2 d 22 h of 3 d" />
          <Meter value={175} limit={72} label="7 d 7 h of 3 d" />
        </Line>
      </Block>
      <Block title="People, money, time, freshness">
        <Line>
          <Avatar name="Ana Novak" />
          <Avatar name="Ana Novak" ring="lease" label="Ana Novak, yours for 19 min" />
          <Avatar name="Ana Novak" ring="ending" label="Ana Novak, lease ends in 2 min" />
          <Avatar name="Lea Moser" ring="acting" label="Lea Moser is writing" />
          <Avatar name="Ben Kovač" ring="away" label="Ben Kovač, away" />
          <Money minor={124000} currency="EUR" />
          <Money minor={41200} currency="EUR" short />
          <Money minor={5200} currency="JPY" />
          <Money minor="-990" currency="CHF" />
          <RelativeTime at={now - 42_000} />
          <RelativeTime at={now - 42 * 60_000} />
          <RelativeTime at={now - 102 * hour} form="age" />
          <RelativeTime at={now - 2 * hour} form="due" className="ow-red" />
          <RelativeTime at={now + 1.2 * hour} form="due" />
          <AbsoluteTime at={now} />
          <Duration ms={102 * hour} />
        </Line>
        <Line>
          <FreshnessChip state="live" asOf={now} />
          <FreshnessChip state="live" asOf={now} absolute />
          <FreshnessChip state="catching-up" asOf={now} />
          <FreshnessChip state="stale" asOf={now} />
          <FreshnessChip state="offline" asOf={now} />
          <FreshnessChip state="error" asOf={now} />
          <SearchBox landmark="Sample of a search" label="Sample search" placeholder="Order, tracking number, e-mail…" value={text} onChange={setText} onSubmit={noop} />
        </Line>
      </Block>
      <Block title="Views and filters">
        <Tabs
          label="Views"
          value={tab}
          onChange={setTab}
          items={[
            { id: 'mine', label: 'Mine', count: 3 },
            { id: 'next', label: 'Next up', count: 312 },
            { id: 'breaching', label: 'Breaching < 1 h', count: 7 },
            { id: 'late', label: 'Late', count: 88 },
            { id: 'snoozed', label: 'Snoozed' },
          ]}
        />
        <FilterChips
          label="Filters"
          chips={[
            { id: 'status', field: 'Status is', value: 'unclaimed' },
            { id: 'value', field: 'Value', value: 'over €50' },
          ]}
          onEdit={noop}
          onRemove={noop}
          add={<AddFilter label="Filter" kbd="F" />}
          aside="Sorted by due, then value"
        />
      </Block>
      <Block title="Key figures">
        <KpiStrip label="Key figures">
          <Kpi label="Open cases" value="312" change="30 more than on 23 Oct" note="Age: median 1 d 13 h · P90 6 d 11 h" onDrill={noop} />
          <Kpi label="Time to detect" value="38 min" change="9 min sooner" note="Median of 2 117 cases" />
          <Kpi label="Told before they asked" value="81 %" change="was 75 %" changeTone="amber" note="Ahead by: median 6 h" />
        </KpiStrip>
      </Block>
      <Block title="Nothing, filtered, forbidden, failed, loading">
        <div className="ow-gallery-cols">
          <EmptyState kind="nothing" title="No late deliveries">Last checked 8 s ago, 14 rules on. The next promise falls due at 18:00.</EmptyState>
          <EmptyState kind="filtered" title="0 of 312 match" action={<Button>Clear the value filter</Button>}>Carrier is DHL, value over €500.</EmptyState>
          <EmptyState kind="forbidden" title="Approvals are for managers">Your role is agent. What you propose appears on the order.</EmptyState>
        </div>
        <ErrorBar onRetry={noop} onDismiss={noop} reference="a8f3-21">The list could not be refreshed since 14:03. What you see is from then.</ErrorBar>
        <SkeletonRows rows={3} />
      </Block>
    </>
  );
};

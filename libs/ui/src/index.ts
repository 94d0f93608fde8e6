export { UiProvider } from './provider';
export { useScheme, type SchemeChoice } from './scheme';
export { DensityScope, rowHeights, useDensity, type Density } from './density';
export { theme, cssVariablesResolver } from './theme';
export { defaultWords, useWords, type Words } from './words';

export { AppFrame, BrandMark, type RailItem } from './frame/app-frame';
export { FreshnessChip, type Freshness } from './frame/freshness-chip';
export { SearchBox } from './frame/search-box';
export { StaleBand } from './frame/stale-band';

export { Avatar, initials } from './primitives/avatar';
export { Button } from './primitives/button';
export { Chip, Dot, type Tone } from './primitives/chip';
export { DataTable, type DataColumn } from './primitives/data-table';
export { AddFilter, FilterChips, type FilterChip } from './primitives/filter-chips';
export { Icon, type IconName } from './primitives/icons';
export { Kbd } from './primitives/kbd';
export { KeyValueList, type KeyValue } from './primitives/key-value-list';
export { Kpi, KpiStrip } from './primitives/kpi';
export { formatMoney, Money } from './primitives/money';
export { PeekPanel, SplitView } from './primitives/peek-panel';
export { Section } from './primitives/section';
export { EmptyState, ErrorBar, SkeletonRows } from './primitives/states';
export { capCount, Tabs, type TabItem } from './primitives/tabs';
export { Meter, Verdict, type VerdictKind } from './primitives/verdict';

export { formatDue, formatDuration } from './time/duration';
export { AbsoluteTime, Duration, exactTime, formatTime, RelativeTime } from './time/relative-time';
export { useNow } from './time/ticker';
export { setDefaultZone, TimeViewContext, useTimeView, type TimeView } from './time/time-view';

export { BulkBar, type BulkAction } from './grid/bulk-bar';
export { comparePending, goneFrom, hasPending, nothingPending, survivor, type PendingOrder } from './grid/held-order';
export { HoldSwitch } from './grid/hold-switch';
export { groupKey, isGroupKey } from './grid/lines';
export { GridFooter, PendingPill, usePendingText, type KeyHint } from './grid/pending-pill';
export { QueueGrid } from './grid/queue-grid';
export type { GridColumn, GridGrouping, GroupHead, QueueGridProps } from './grid/queue-grid.types';
export type { RowMenuItem } from './grid/row-menu';
export { notInView, type Selection } from './grid/selection';
export { useHeldOrder } from './grid/use-held-order';
export { useQuietApply } from './grid/use-quiet-apply';

export { ShortTimeline, Timeline } from './timeline/timeline';
export type { TimelineItem, TimelineLane } from './timeline/timeline.types';
export type { TimelineKind } from './timeline/lanes';

export { formatChange, formatCount } from './charts/format';

import type { LabelKey } from '../../../shared/i18n';

/** What the list can be grouped by, as an address says it. */
export const groupings = ['none', 'rule', 'carrier', 'owner', 'promise'] as const;
export type Grouping = (typeof groupings)[number];

export const groupingLabels: Readonly<Record<Grouping, LabelKey>> = {
  none: 'queue:group.none',
  rule: 'queue:group.rule',
  carrier: 'queue:group.carrier',
  owner: 'queue:group.owner',
  promise: 'queue:group.promise',
};

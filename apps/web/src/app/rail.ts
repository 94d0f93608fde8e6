import type { RailItem } from '@orderwatch/ui';
import type { LabelKey, Translate } from '../shared/i18n';

export type Role = 'agent' | 'lead' | 'manager' | 'admin';

export interface RailCounts {
  all: number;
  stuckParcels: number;
  health: number;
  approvals: number;
}

interface Entry {
  id: string;
  label: LabelKey;
  /** The same as a command: "Go to …". */
  command: LabelKey;
  icon: RailItem['icon'];
  href: string;
  /** The second key of the chord that leads there. */
  key: string;
  roles: readonly Role[];
  count?: keyof RailCounts;
}

const everyone: readonly Role[] = ['agent', 'lead', 'manager', 'admin'];

/** What stands in the rail, for whom, and the key after `g`. What a role cannot use is absent, not grey. */
export const railEntries: readonly Entry[] = [
  { id: 'queue', label: 'frame:rail.queue', command: 'frame:command.queue', icon: 'list', href: '/queue', key: 'q', roles: everyone, count: 'all' },
  { id: 'stuck', label: 'frame:rail.stuck', command: 'frame:command.stuck', icon: 'parcel', href: '/stuck', key: 's', roles: everyone, count: 'stuckParcels' },
  { id: 'health', label: 'frame:rail.health', command: 'frame:command.health', icon: 'pulse', href: '/health', key: 'h', roles: everyone, count: 'health' },
  { id: 'approvals', label: 'frame:rail.approvals', command: 'frame:command.approvals', icon: 'check', href: '/approvals', key: 'a', roles: everyone, count: 'approvals' },
  { id: 'reports', label: 'frame:rail.reports', command: 'frame:command.reports', icon: 'bars', href: '/reports', key: 'r', roles: everyone },
  { id: 'audit', label: 'frame:rail.audit', command: 'frame:command.audit', icon: 'page', href: '/audit', key: 'u', roles: everyone },
];

export const railFor = (role: Role, path: string, counts: RailCounts | undefined, t: Translate): RailItem[] =>
  railEntries
    .filter((entry) => entry.roles.includes(role))
    .map((entry) => ({
      id: entry.id,
      label: t(entry.label),
      icon: entry.icon,
      href: entry.href,
      count: entry.count && counts ? counts[entry.count] : undefined,
      countTone: entry.id === 'health' && counts && counts.health > 0 ? 'amber' : undefined,
      isCurrent: path.startsWith(entry.href) || (entry.id === 'queue' && path.startsWith('/orders')),
    }));

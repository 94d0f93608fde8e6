import type { RailItem } from '@orderwatch/ui';

export type Role = 'agent' | 'lead' | 'manager' | 'admin';

export interface RailCounts {
  all: number;
  stuckParcels: number;
  health: number;
  approvals: number;
}

interface Entry {
  id: string;
  label: string;
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
  { id: 'queue', label: 'Exceptions', icon: 'list', href: '/queue', key: 'q', roles: everyone, count: 'all' },
  { id: 'stuck', label: 'Stuck parcels', icon: 'parcel', href: '/stuck', key: 's', roles: everyone, count: 'stuckParcels' },
  { id: 'health', label: 'Sync health', icon: 'pulse', href: '/health', key: 'h', roles: everyone, count: 'health' },
  { id: 'approvals', label: 'Approvals', icon: 'check', href: '/approvals', key: 'a', roles: everyone, count: 'approvals' },
  { id: 'reports', label: 'Reports', icon: 'bars', href: '/reports', key: 'r', roles: everyone },
];

export const railFor = (role: Role, path: string, counts: RailCounts | undefined): RailItem[] =>
  railEntries
    .filter((entry) => entry.roles.includes(role))
    .map((entry) => ({
      id: entry.id,
      label: entry.label,
      icon: entry.icon,
      href: entry.href,
      count: entry.count && counts ? counts[entry.count] : undefined,
      countTone: entry.id === 'health' && counts && counts.health > 0 ? 'amber' : undefined,
      isCurrent: path.startsWith(entry.href) || (entry.id === 'queue' && path.startsWith('/orders')),
    }));

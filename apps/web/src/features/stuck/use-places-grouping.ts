import type { GridGrouping } from '@orderwatch/ui';
import { useMemo, useState } from 'react';
import { carrierName } from '../../shared/carriers';
import { useText } from '../../shared/i18n';
import type { StuckSearch } from './search';
import type { StuckPage, StuckRow } from './use-stuck';

const NOWHERE = 'unknown';
const carrierOf = (row: StuckRow): string => row.carrier ?? NOWHERE;
const id = (...parts: readonly (string | null)[]): string => JSON.stringify(parts);

/** The list place by place, what is only unknown apart and last; nothing to group when one place is listed alone. */
export const usePlacesGrouping = (search: StuckSearch, page: StuckPage | undefined): GridGrouping<StuckRow> | undefined => {
  const t = useText();
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const { carrier, facility, lane, feedLate, group } = search;
  // A leg's counts are its own: without it the place's.
  const counts = useMemo(() => {
    const known = new Map<string, number>();
    const add = (key: string, n: number): void => void known.set(key, (known.get(key) ?? 0) + n);
    for (const each of page?.groups ?? []) {
      if (carrier && each.carrier !== carrier) continue;
      if (facility && each.facility !== facility) continue;
      const part = lane ? each.lanes.find((one) => one.lane === lane) : each;
      if (!part) continue;
      add(id('all'), part.count);
      add(id('place', each.carrier, each.facility ?? null), part.count);
      add(id('late'), part.feedLate);
    }
    return known;
  }, [page, carrier, facility, lane]);
  if (group === 'none' || (facility !== undefined && !feedLate)) return undefined;
  const placed = (row: StuckRow): string => (facility === undefined ? id('place', carrierOf(row), row.facility ?? null) : id('all'));
  return {
    by: `place ${carrier ?? ''} ${facility ?? ''}`,
    pathOf: (row) => [row.feedLate ? id('late') : placed(row)],
    headOf: (key) => {
      const [kind, name, place] = JSON.parse(key) as (string | null)[];
      const where = place ?? t('stuck:tree.noPlace');
      const label = kind === 'late' ? t('stuck:group.unknown') : kind === 'all' ? t('stuck:group.stuck') : carrier === undefined ? t('stuck:group.place', { carrier: carrierName(name ?? ''), place: where }) : where;
      return { label, count: counts.get(key) };
    },
    collapsed,
    onCollapsedChange: setCollapsed,
  };
};

import type { StuckGroup } from './use-stuck';

export interface CarrierGroup {
  carrier: string;
  count: number;
  feedLate: number;
  facilities: { facility: string | null; count: number; feedLate: number }[];
}

/** Carriers with their facilities, most stuck parcels first. */
export const byCarrier = (groups: readonly StuckGroup[]): CarrierGroup[] => {
  const carriers = new Map<string, CarrierGroup>();
  for (const { carrier, facility, count, feedLate } of groups) {
    const group = carriers.get(carrier) ?? { carrier, count: 0, feedLate: 0, facilities: [] };
    group.count += count;
    group.feedLate += feedLate;
    group.facilities.push({ facility, count, feedLate });
    carriers.set(carrier, group);
  }
  const worst = (a: { count: number; feedLate: number }, b: { count: number; feedLate: number }): number => b.count - a.count || b.feedLate - a.feedLate;
  return [...carriers.values()].map((group) => ({ ...group, facilities: group.facilities.sort(worst) })).sort(worst);
};

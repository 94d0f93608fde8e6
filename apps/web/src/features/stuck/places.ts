import { placeKey, type Place } from './search';
import type { StuckGroup } from './use-stuck';

/** A carrier, a place of it, or a leg from there, with what is silent in it. */
export interface PlaceNode {
  key: string;
  place: Place;
  /** The carrier's id, the place's name (null: none was told), or the leg in words. */
  label: string | null;
  level: 1 | 2 | 3;
  count: number;
  feedLate: number;
  /** How many fell silent on each of the last days, today first. */
  heat: readonly number[];
  children: readonly PlaceNode[];
}

const sum = (strips: readonly (readonly number[])[]): number[] => (strips[0] ?? []).map((_, day) => strips.reduce((n, strip) => n + (strip[day] ?? 0), 0));

const byWeight = (a: PlaceNode, b: PlaceNode): number => b.count - a.count || b.feedLate - a.feedLate || ((a.label ?? '') < (b.label ?? '') ? -1 : 1);

const node = (place: Place, fields: Omit<PlaceNode, 'key' | 'place'>): PlaceNode => ({ key: placeKey(place), place, ...fields });

/** Carriers with their places and the legs from there, most stuck parcels first. A place that nobody told cannot be asked for alone, and has no line. */
export const placesOf = (groups: readonly StuckGroup[]): PlaceNode[] => {
  const carriers = new Map<string, StuckGroup[]>();
  for (const group of groups) {
    const known = carriers.get(group.carrier);
    if (known) known.push(group);
    else carriers.set(group.carrier, [group]);
  }
  return [...carriers]
    .map(([carrier, all]) =>
      node(
        { carrier },
        {
          label: carrier,
          level: 1,
          count: all.reduce((n, each) => n + each.count, 0),
          feedLate: all.reduce((n, each) => n + each.feedLate, 0),
          heat: sum(all.map((each) => each.heat)),
          children: all.flatMap(({ facility, lanes, count, feedLate, heat }) => {
            if (facility === null || facility === undefined) return [];
            const legs = lanes.map(({ lane, label, ...rest }) => node({ carrier, facility, lane }, { label, level: 3, ...rest, children: [] }));
            return [node({ carrier, facility }, { label: facility, level: 2, count, feedLate, heat, children: legs.sort(byWeight) })];
          }).sort(byWeight),
        },
      ),
    )
    .sort(byWeight);
};

/** The same places in the order in which they stood before, new ones behind: what is under the pointer must not change places. */
export const keptOrder = (nodes: readonly PlaceNode[], before: readonly PlaceNode[]): PlaceNode[] => {
  const at = new Map(before.map(({ key }, i) => [key, i]));
  const old = new Map(before.map((each) => [each.key, each]));
  return [...nodes]
    .sort((a, b) => (at.get(a.key) ?? before.length) - (at.get(b.key) ?? before.length))
    .map((each) => ({ ...each, children: keptOrder(each.children, old.get(each.key)?.children ?? []) }));
};

export interface PlaceLine {
  node: PlaceNode;
  isOpen: boolean;
  parent: string | null;
  /** Its number among its siblings, from 1, and how many these are. */
  at: number;
  of: number;
}

/** The lines of the tree that are not folded away, from top to bottom. */
export const linesOf = (nodes: readonly PlaceNode[], open: ReadonlySet<string>, parent: string | null = null): PlaceLine[] =>
  nodes.flatMap((each, i) => {
    const isOpen = each.children.length > 0 && open.has(each.key);
    return [{ node: each, isOpen, parent, at: i + 1, of: nodes.length }, ...(isOpen ? linesOf(each.children, open, each.key) : [])];
  });

/** What is selected, always by id: a row that comes in is never part of it, whatever was selected before. */
export type Selection = ReadonlySet<string>;

export const toggled = (ids: Selection, id: string): Selection => {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return next;
};

/** Selects all of some rows, or lets all of them go when they all were selected. */
export const toggledAll = (ids: Selection, some: readonly string[]): Selection => {
  const next = new Set(ids);
  const isAll = some.length > 0 && some.every((id) => ids.has(id));
  for (const id of some) {
    if (isAll) next.delete(id);
    else next.add(id);
  }
  return next;
};

interface RangeInput {
  /** What was selected before the range was begun. */
  base: Selection;
  order: readonly string[];
  from: string;
  to: string;
  canSelect: (id: string) => boolean;
}

/** From one row to another, both included, on top of what was selected before; a range that is taken back shrinks. */
export const rangeSelected = ({ base, order, from, to, canSelect }: RangeInput): Selection => {
  const a = order.indexOf(from);
  const b = order.indexOf(to);
  if (a < 0 || b < 0) return base;
  const range = order.slice(Math.min(a, b), Math.max(a, b) + 1);
  return new Set([...base, ...range.filter(canSelect)]);
};

/** How many selected rows cannot be seen in the list any more: they left it, or a filter hides them. */
export const notInView = (ids: Selection, order: readonly string[], gone: ReadonlySet<string> = new Set()): number => {
  const shown = new Set(order);
  return [...ids].filter((id) => !shown.has(id) || gone.has(id)).length;
};

/** For the box in the header: all of what can be selected, some of it, or none. */
export const selectedShare = (ids: Selection, selectable: readonly string[]): 'all' | 'some' | 'none' => {
  const count = selectable.filter((id) => ids.has(id)).length;
  return count === 0 ? 'none' : count === selectable.length ? 'all' : 'some';
};

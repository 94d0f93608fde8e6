/** The columns that can be left out or added, in the order of the list; deadline and reason always stay. */
export const choosable = ['order', 'customer', 'country', 'value', 'promise', 'carrier', 'contact', 'change', 'owner', 'status', 'data', 'age'] as const;
export type ColumnId = (typeof choosable)[number];

const optional: ReadonlySet<ColumnId> = new Set<ColumnId>(['country', 'contact', 'change']);

export const usualColumns: readonly ColumnId[] = choosable.filter((id) => !optional.has(id));

/** What a person chose, by this version's names; what is not known any more is left out. */
export const chosenColumns = (kept: readonly string[] | undefined): readonly ColumnId[] => (kept ? choosable.filter((id) => kept.includes(id)) : usualColumns);

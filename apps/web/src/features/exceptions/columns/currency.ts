import type { QueueList } from '../list/use-queue';

const USUAL = 'EUR';

/** The currency in which the list's values are asked for: that of its first case that has one. */
export const currencyOf = ({ order, rowsById }: Pick<QueueList, 'order' | 'rowsById'>): string => {
  for (const id of order) {
    const currency = rowsById.get(id)?.value?.currency;
    if (currency !== undefined) return currency;
  }
  return USUAL;
};

import type { QueueSort } from '../../gql';
import type { LabelKey } from '../../shared/i18n';

interface SortWords {
  /** On the button. */
  label: LabelKey;
  /** In the menu: with which end first. */
  menu: LabelKey;
  /** On the head of its column. */
  head: LabelKey;
  /** As part of the list's name. */
  name: LabelKey;
  /** The column that shows it, and which way it runs. */
  column: string;
  direction: 'ascending' | 'descending';
}

export const sortWords: Readonly<Record<QueueSort, SortWords>> = {
  due: { label: 'queue:sort.due', menu: 'queue:sortMenu.due', head: 'queue:sortHead.due', name: 'queue:sortName.due', column: 'due', direction: 'ascending' },
  value: { label: 'queue:sort.value', menu: 'queue:sortMenu.value', head: 'queue:sortHead.value', name: 'queue:sortName.value', column: 'value', direction: 'descending' },
  age: { label: 'queue:sort.age', menu: 'queue:sortMenu.age', head: 'queue:sortHead.age', name: 'queue:sortName.age', column: 'age', direction: 'descending' },
  promise: { label: 'queue:sort.promise', menu: 'queue:sortMenu.promise', head: 'queue:sortHead.promise', name: 'queue:sortName.promise', column: 'promise', direction: 'ascending' },
  contact: { label: 'queue:sort.contact', menu: 'queue:sortMenu.contact', head: 'queue:sortHead.contact', name: 'queue:sortName.contact', column: 'contact', direction: 'descending' },
  change: { label: 'queue:sort.change', menu: 'queue:sortMenu.change', head: 'queue:sortHead.change', name: 'queue:sortName.change', column: 'change', direction: 'descending' },
};

export const sorts = Object.keys(sortWords) as readonly QueueSort[];

/** What the head of a column sorts by. The head the list is sorted by already leads back to the view's own order. */
export const sortOfHead = (columnId: string, now: QueueSort): QueueSort | undefined => {
  const by = sorts.find((each) => sortWords[each].column === columnId);
  return by === undefined || by === 'due' || by === now ? undefined : by;
};

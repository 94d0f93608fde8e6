import type { QueueQuery, QueueSort, QueueView } from '../../gql';
import { t, type LabelKey } from '../../shared/i18n';
import { sortWords } from './sorts';

export type Counts = QueueQuery['queue']['counts'];

export interface View {
  id: QueueView;
  label: LabelKey;
  count?: keyof Counts;
  /** View and sort in words, the list's name. */
  name: LabelKey;
  /** What an empty list means here. */
  empty: LabelKey;
}

export const views: readonly View[] = [
  { id: 'mine', label: 'queue:view.mine', count: 'mine', name: 'queue:viewName.mine', empty: 'queue:empty.mine' },
  { id: 'next_up', label: 'queue:view.next_up', count: 'nextUp', name: 'queue:viewName.next_up', empty: 'queue:empty.next_up' },
  { id: 'breaching', label: 'queue:view.breaching', count: 'breaching', name: 'queue:viewName.breaching', empty: 'queue:empty.breaching' },
  { id: 'late', label: 'queue:view.late', count: 'late', name: 'queue:viewName.late', empty: 'queue:empty.late' },
  { id: 'stuck', label: 'queue:view.stuck', count: 'stuck', name: 'queue:viewName.stuck', empty: 'queue:empty.stuck' },
  { id: 'not_received', label: 'queue:view.not_received', count: 'notReceived', name: 'queue:viewName.not_received', empty: 'queue:empty.not_received' },
  { id: 'snoozed', label: 'queue:view.snoozed', count: 'snoozed', name: 'queue:viewName.snoozed', empty: 'queue:empty.snoozed' },
  { id: 'all', label: 'queue:view.all', count: 'all', name: 'queue:viewName.all', empty: 'queue:empty.all' },
  { id: 'resolved', label: 'queue:view.resolved', name: 'queue:viewName.resolved', empty: 'queue:empty.resolved' },
];

const [first] = views;

/** View and sort in words: the name of the list. */
export const listName = (view: View, sort: QueueSort | undefined): string => (sort && sort !== 'due' && view.id !== 'resolved' ? t('queue:viewSorted', { view: t(view.label), sort: t(sortWords[sort].name) }) : t(view.name));

export const viewOf = (id: QueueView): View => views.find((view) => view.id === id) ?? (first as View);

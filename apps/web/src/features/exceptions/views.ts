import type { QueueQuery, QueueView } from '../../gql';

type Counts = QueueQuery['queue']['counts'];

interface View {
  id: QueueView;
  label: string;
  count?: keyof Counts;
  /** View and sort in words, the list's name. */
  name: string;
  /** What an empty list means here. */
  empty: string;
}

export const views: readonly View[] = [
  { id: 'mine', label: 'Mine', count: 'mine', name: 'My cases, due soonest first', empty: 'Nothing is claimed by you' },
  { id: 'next_up', label: 'Next up', count: 'nextUp', name: 'Next up, due soonest first', empty: 'Nothing waits to be taken' },
  { id: 'breaching', label: 'Breaching < 1 h', count: 'breaching', name: 'Breaching under 1 hour, due soonest first', empty: 'Nothing breaches in the next hour' },
  { id: 'late', label: 'Late', count: 'late', name: 'Late deliveries, due soonest first', empty: 'No late deliveries' },
  { id: 'stuck', label: 'Stuck', count: 'stuck', name: 'Stuck parcels, due soonest first', empty: 'No parcel is stuck' },
  { id: 'not_received', label: 'Not received', count: 'notReceived', name: 'Delivered but not received, due soonest first', empty: 'Nobody says that something did not come' },
  { id: 'snoozed', label: 'Snoozed', count: 'snoozed', name: 'Snoozed, waking soonest first', empty: 'Nothing is snoozed' },
  { id: 'all', label: 'All open', count: 'all', name: 'All open cases, due soonest first', empty: 'No open cases' },
  { id: 'resolved', label: 'Resolved', name: 'Resolved cases, newest first', empty: 'Nothing resolved yet' },
];

export const viewOf = (id: QueueView): View => views.find((view) => view.id === id) ?? { id, label: id, name: id, empty: 'Nothing here' };

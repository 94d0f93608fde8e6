import type { LabelKey } from '../../../shared/i18n';
import type { QueueSearch } from '../search';

interface ReadyView {
  id: string;
  name: LabelKey;
  /** In one line, what it is for. */
  purpose: LabelKey;
  search: QueueSearch;
}

/** Addresses that every team needs now and then; too seldom for a tab of their own. */
export const readyViews: readonly ReadyView[] = [
  { id: 'reopened', name: 'queue:views.ready.reopened', purpose: 'queue:views.ready.reopenedWhat', search: { view: 'all', state: 'reopened' } },
  { id: 'waiting', name: 'queue:views.ready.waiting', purpose: 'queue:views.ready.waitingWhat', search: { view: 'snoozed', minAge: 48 } },
  { id: 'handover', name: 'queue:views.ready.handover', purpose: 'queue:views.ready.handoverWhat', search: { view: 'all', owner: 'away' } },
];

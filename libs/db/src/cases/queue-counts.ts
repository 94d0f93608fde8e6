import { RULES } from '@orderwatch/domain';
import { Where } from '../reads/cursors.js';
import { STUCK_NOW } from '../reads/stuck.js';
import type { Queryable } from '../transactions.js';
import { addView, type Looker, type QueueViewName } from './queue-views.js';

/** Counts stop here: a person does not act on the difference between 100 and 1,000, and a count must not cost more as the store grows. */
export const COUNT_CAP = 100;

export interface QueueCountRow {
  readonly mine: number;
  readonly nextUp: number;
  readonly breaching: number;
  readonly late: number;
  readonly stuck: number;
  readonly notReceived: number;
  readonly snoozed: number;
  readonly all: number;
  readonly failedSyncs: number;
  readonly approvals: number;
  readonly silentSources: number;
  /** Rows of the list of stuck parcels; `stuck` counts cases. */
  readonly stuckParcels: number;
  /** Rules that are switched off. */
  readonly rulesOff: number;
}

const VIEWS: Readonly<Partial<Record<keyof QueueCountRow, QueueViewName>>> = {
  mine: 'mine', nextUp: 'next_up', breaching: 'breaching', late: 'late', stuck: 'stuck', notReceived: 'not_received', snoozed: 'snoozed', all: 'all',
};

const capped = (rows: string, by = ''): string => `(select count(*)::int from (select 1 from ${rows}${by && ` order by ${by}`} limit ${COUNT_CAP}) x)`;

/** Every number of the frame in one statement, planned once per connection. `isManager`: remedies that wait for this person's decision, as in their inbox. */
export async function readQueueCounts(db: Queryable, look: Looker & { readonly isManager: boolean }): Promise<QueueCountRow> {
  const params: unknown[] = [];
  const parts = Object.entries(VIEWS).map(([name, view]) => {
    const where = new Where();
    where.params.push(...params);
    addView(where, view, look);
    params.splice(0, params.length, ...where.params);
    // In the order of the open ones' index: never through the resolved ones, who are all of a store's past.
    return `${capped(`case_item c ${where.sql}`, view === 'mine' || view === 'snoozed' ? '' : 'c.due_at')} as "${name}"`;
  });
  params.push(look.now, look.isManager ? look.personId : null);
  const [now, person] = [`$${params.length - 1}`, `$${params.length}`];
  parts.push(
    `${capped(`inbox where state = 'dead'`)} + ${capped(`(select handle from unlinked_event where received_at < ${now}::timestamptz - interval '24 hours' group by handle) u`)} as "failedSyncs"`,
    `${capped(`remedy r where ${person}::uuid is not null and r.state = 'proposed' and r.proposed_by <> ${person}::uuid and ${person}::uuid <> all(r.editors)
      and not exists (select 1 from remedy_approval a where a.order_id = r.order_id and a.remedy_id = r.id and a.revision = r.revision and a.decision = 'approved' and ${person}::uuid in (a.person_id, a.on_behalf_of))`)} as approvals`,
    `(select count(*)::int from feed_health where silent_since is not null) as "silentSources"`,
    `${capped(STUCK_NOW.replaceAll('$1::', `${now}::`))} as "stuckParcels"`,
    `(select count(*)::int from rule_setting where not enabled and rule = any('{${RULES.map((rule) => rule.id).join(',')}}'::text[])) as "rulesOff"`,
  );
  const [row] = await db.prepared<QueueCountRow>(`select ${parts.join(',\n')}`, params);
  if (!row) throw new Error('counting gave no row');
  return row;
}

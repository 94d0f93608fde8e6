import type { MigrationInterface, QueryRunner } from 'typeorm';

const OPEN = `state <> 'resolved' and not backlog`;
const SHOWN = 'due_at, (coalesce(value_minor, -1)) desc, order_id';
const VIEWS = { late: 'promise_missed,promise_slipped,partly_shipped', stuck: 'no_movement,not_picked_up,unfulfilled_late', not_received: 'delivered_not_received,missing_item' } as const;

/** Indexes in the order in which the queue is shown; `more`: what is looked at in the index already. */
const queueIndexes = (more: string): string => `
create index case_open_due on case_item (${SHOWN}${more}) where ${OPEN};
create index case_open_rule on case_item (rule, ${SHOWN}${more}) where ${OPEN};
create index case_open_carrier on case_item (carrier, ${SHOWN}${more}) where ${OPEN};
${Object.entries(VIEWS).map(([view, rules]) => `create index case_open_${view} on case_item (${SHOWN}${more}) where ${OPEN} and rules && '{${rules}}'::text[];`).join('\n')}`;
const DROP_QUEUE_INDEXES = `drop index case_open_due, case_open_rule, case_open_carrier, ${Object.keys(VIEWS).map((view) => `case_open_${view}`).join(', ')};`;

/**
 * Among a million orders nearly every index entry that an event renews lies on a page of its own, which is read, and written to
 * the log as a whole: one event on an order was 7 such pages and 55 kB of log, and is 5 and 40 kB.
 *
 * - A scan moved `stuck_at`, on which an index stood: its parcel's row was never updated within its page, and all three entries
 *   were renewed. The index now stands on `look_at`, which is never later than `stuck_at` and stays where it is while that moves
 *   away (order-rows.ts): lists look from there, and read `stuck_at` of what they find.
 * - What is settled (its case resolved by a person, or in the backlog) stays silent for ever, and lay at the front of that index for
 *   good. It is marked where cases are written and where parcels come; no writer can forget it.
 * - `inbox_connection` and `change_at` had no reader that needs them. Facts of a delivery lie where it came in: the raw inspector
 *   finds them through a summary of each megabyte.
 * - Of the queue by age, what is too old is passed over within the index: 19,000 rows were fetched to show the 50 of the last day.
 */
const UP = `
alter table parcel_state add column look_at timestamptz(3), add column settled boolean not null default false;
alter table case_item add column settled boolean not null generated always as (backlog or (state = 'resolved' and coalesce(resolved_by, 'system') <> 'system')) stored;
drop index parcel_state_stuck;
update parcel_state p set look_at = stuck_at, settled = exists (select 1 from case_item c where c.order_id = p.order_id and c.settled)
 where stuck_at is not null or exists (select 1 from case_item c where c.order_id = p.order_id and c.settled);
create index parcel_state_look on parcel_state (look_at) where look_at is not null and not settled;

create function case_settles() returns trigger language plpgsql as $$
begin
  update parcel_state set settled = new.settled where order_id = new.order_id;
  return null;
end $$;
create trigger case_opens_settled after insert on case_item for each row when (new.settled) execute function case_settles();
create trigger case_settles after update on case_item for each row when (old.settled <> new.settled) execute function case_settles();
create function parcel_comes() returns trigger language plpgsql as $$
begin
  update parcel_state p set settled = true where p.order_id = new.order_id and p.parcel_id = new.parcel_id and exists (select 1 from case_item c where c.order_id = new.order_id and c.settled);
  return null;
end $$;
create trigger parcel_comes after insert on parcel_state for each row execute function parcel_comes();

drop index inbox_connection;
drop index change_at;
drop index order_event_inbox;
create index order_event_inbox on order_event using brin (inbox_id int8_minmax_multi_ops) with (autosummarize = on);
${DROP_QUEUE_INDEXES}${queueIndexes(', opened_at')}
`;

const DOWN = `
${DROP_QUEUE_INDEXES}${queueIndexes('')}
drop index order_event_inbox;
create index order_event_inbox on order_event (inbox_id) where inbox_id is not null;
create index change_at on change (at);
create index inbox_connection on inbox (connection, received_at desc);
drop trigger parcel_comes on parcel_state;
drop trigger case_settles on case_item;
drop trigger case_opens_settled on case_item;
drop function parcel_comes(), case_settles();
drop index parcel_state_look;
alter table parcel_state drop column look_at, drop column settled;
alter table case_item drop column settled;
create index parcel_state_stuck on parcel_state (stuck_at) where stuck_at is not null;
`;

export class FewerIndexEntries1763720000000 implements MigrationInterface {
  static readonly schema = UP;
  name = 'FewerIndexEntries1763720000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

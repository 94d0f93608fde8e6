import type { MigrationInterface, QueryRunner } from 'typeorm';

const OPEN = `state <> 'resolved' and not backlog`;

/**
 * What people sort and narrow the queue by beside the deadline. Each sort has an index over the open cases with the very expressions
 * of cases/queue-sorts.ts, so that a page is read where it stands; the id breaks ties in the same direction. A country that few open
 * cases have would otherwise be looked for in all of them, and so would those that our own silence holds back: mostly there are none. What open cases get here is near enough until their order's next event.
 */
const UP = `
alter table case_item add column country text, add column contact_at timestamptz(3), add column changed_at timestamptz(3);
update case_item c set changed_at = c.last_event_at,
  contact_at = (select max(e.at) from order_event e where e.order_id = c.order_id and e.type = 'contact.received'),
  country = (select e.data::jsonb->>'country' from order_event e where e.order_id = c.order_id and e.type like 'order.%' and e.data::jsonb->>'country' is not null order by e.at desc, e.fact_id desc limit 1)
 where ${OPEN};
drop index case_open_since;
create index case_open_since on case_item (opened_at, order_id) where ${OPEN};
create index case_open_value on case_item ((coalesce(value_minor, -1)), order_id) where ${OPEN};
create index case_open_promise on case_item ((coalesce(promised_at, 'infinity'::timestamptz)), order_id) where ${OPEN};
create index case_open_contact on case_item ((coalesce(contact_at, '-infinity'::timestamptz)), order_id) where ${OPEN};
create index case_open_changed on case_item ((coalesce(changed_at, '-infinity'::timestamptz)), order_id) where ${OPEN};
create index case_open_country on case_item (country, due_at) where ${OPEN};
create index case_open_held on case_item (due_at) where ${OPEN} and held;
`;

export class QueueSorts1763780000000 implements MigrationInterface {
  static readonly schema = UP;
  name = 'QueueSorts1763780000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop index case_open_value, case_open_promise, case_open_contact, case_open_changed, case_open_country, case_open_held, case_open_since;
create index case_open_since on case_item (opened_at) where ${OPEN};
alter table case_item drop column country, drop column contact_at, drop column changed_at;`);
  }
}

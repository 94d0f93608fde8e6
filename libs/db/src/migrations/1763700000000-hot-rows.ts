import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * An event moves its order's deadline nearly always and hardly anything else that is indexed. As a column of the wide row the
 * deadline made PostgreSQL renew all nine of its index entries with each event; in a table of its own it renews one, and the
 * wide row is updated within its page (heap-only), for which pages keep room.
 */
const UP = `
create table order_due (
  order_id uuid primary key,
  due_at timestamptz(3) not null
) with (fillfactor = 80);
create index order_due_at on order_due (due_at);
insert into order_due (order_id, due_at) select order_id, next_due_at from order_state where next_due_at is not null;
alter table order_state drop column next_due_at; -- and its index
alter table order_state set (fillfactor = 75);
alter table case_item set (fillfactor = 80);
alter table parcel_state set (fillfactor = 80);
`;

export class HotRows1763700000000 implements MigrationInterface {
  static readonly schema = UP;
  name = 'HotRows1763700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table order_state add column next_due_at timestamptz(3);
update order_state s set next_due_at = d.due_at from order_due d where d.order_id = s.order_id;
create index order_state_due on order_state (next_due_at) where next_due_at is not null;
drop table order_due;`);
  }
}

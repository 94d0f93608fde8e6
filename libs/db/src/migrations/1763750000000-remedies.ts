import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Remedies that are edited, asked about and looked up; the policy they were proposed under, as data with versions; and what each of them
 * holds while it is open, so that the database itself refuses a second remedy for the same loss.
 */
const UP = `
alter table remedy
  add column editors uuid[] not null default '{}',      -- whoever changed it, beside who asked for it
  add column policy_version int,                        -- of remedy_policy; 0 = the policy that comes with the program, null = before there were versions
  add column situation text,                            -- JSON: all that the policy was asked about, so that another policy can be tried on it
  add column paused_at timestamptz(3),                  -- a question is open since: its time does not run
  add column questions text not null default '[]',      -- JSON: asked and answered, oldest first
  add column escalated_at timestamptz(3);               -- nobody answered in the first half of its time

create table remedy_loss (
  order_id uuid not null, loss text not null,           -- line:<id>, or kind:<kind> for what names no line
  remedy_id uuid not null,
  primary key (order_id, loss)
);
create index remedy_loss_remedy on remedy_loss (remedy_id);
insert into remedy_loss (order_id, loss, remedy_id)
  select order_id, 'kind:' || kind, id from remedy where state in ('proposed','approved','executing','needs_human')
  union all
  select distinct r.order_id, 'line:' || (line ->> 'lineId'), r.id from remedy r cross join lateral json_array_elements(r.lines::json) as line
   where r.state in ('proposed','approved','executing','needs_human')
on conflict do nothing;
drop index remedy_one_open;

alter table remedy_ledger add column lines text not null default '[]'; -- JSON: line id, pieces, minor units

create table remedy_policy (
  version int primary key,
  policy text not null,                                 -- JSON
  note text not null,                                   -- why it is as it is, in the words of who made it
  state text not null default 'draft' check (state in ('draft', 'live', 'retired')),
  made_by uuid not null, made_at timestamptz(3) not null,
  rehearsed_at timestamptz(3), rehearsal text,          -- JSON: what it would have said to past remedies
  live_at timestamptz(3), live_by uuid,
  mutation_id uuid not null unique                      -- of the mutation that made it: sent again it is the same version
);
create unique index remedy_policy_live on remedy_policy (state) where state = 'live';
`;

const DOWN = `
drop table remedy_policy;
alter table remedy_ledger drop column lines;
drop table remedy_loss;
create unique index remedy_one_open on remedy (order_id, kind) where state in ('proposed','approved','executing','executed','needs_human');
alter table remedy drop column escalated_at, drop column questions, drop column paused_at, drop column situation, drop column policy_version, drop column editors;
`;

export class Remedies1763750000000 implements MigrationInterface {
  static readonly schema = UP;
  name = 'Remedies1763750000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

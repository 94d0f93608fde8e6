import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People whom a manager names to decide on remedies in their stead, for a time. */
const UP = `
create table delegation (
  id uuid primary key,
  delegator_id uuid not null, delegate_id uuid not null,
  reason text not null,                                 -- in the words of who named them
  from_at timestamptz(3) not null, until_at timestamptz(3) not null,
  made_at timestamptz(3) not null, ended_at timestamptz(3), ended_by uuid,
  mutation_id uuid not null unique,
  check (delegator_id <> delegate_id),
  check (until_at > from_at and until_at <= from_at + interval '30 days')
);
create index delegation_delegate on delegation (delegate_id, until_at) where ended_at is null;
alter table remedy_approval add column on_behalf_of uuid; -- the manager in whose stead; null: in one's own name
create index remedy_approval_at on remedy_approval (at);  -- what was approved lately, per person
`;

const DOWN = `
drop index remedy_approval_at;
alter table remedy_approval drop column on_behalf_of;
drop table delegation;
`;

export class Delegations1763783000000 implements MigrationInterface {
  static readonly schema = UP;
  name = 'Delegations1763783000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

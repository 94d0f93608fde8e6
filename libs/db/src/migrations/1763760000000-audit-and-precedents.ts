import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An audit that is only ever added to, is searched, and is checked again and again; and decisions found by what they were about. */
const UP = `
create index audit_target on audit (target, id);
create index audit_actor on audit (actor, id);
create index audit_action on audit (action text_pattern_ops, id);

create function audit_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the audit is only added to' using errcode = 'insufficient_privilege';
end $$;
create trigger audit_append_only before update or delete on audit for each statement execute function audit_is_append_only();

create table audit_check (                              -- one row: what the last look at the chain found
  one boolean primary key default true check (one),
  checked_at timestamptz(3) not null,
  whole_at timestamptz(3),                              -- when the chain was last walked from its first entry, and was whole
  entries bigint not null,                              -- up to the head
  head_id bigint, head_hash bytea,                      -- the newest entry of a chain that was whole: it must be there ever after
  broken_id bigint, broken_since timestamptz(3)         -- the first entry that does not fit
);

create index remedy_decided on remedy (kind, reason_code, proposed_at desc);
`;

const DOWN = `
drop index remedy_decided;
drop table audit_check;
drop trigger audit_append_only on audit;
drop function audit_is_append_only();
drop index audit_action, audit_actor, audit_target;
`;

export class AuditAndPrecedents1763760000000 implements MigrationInterface {
  static readonly schema = UP;
  name = 'AuditAndPrecedents1763760000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

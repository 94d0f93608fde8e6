import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Remedies for one named cause, with a budget; and rules that somebody asks to be set aside for a remedy. */
const UP = `
create table remedy_cohort (
  id uuid primary key,
  version int not null default 1,
  cause text not null, kind text not null, reason_code text not null,
  budget_minor bigint not null check (budget_minor > 0), currency text not null,
  until_at timestamptz(3) not null,
  created_by uuid not null, created_at timestamptz(3) not null,
  closed_at timestamptz(3), closed_by uuid,
  mutation_id uuid not null unique
);
alter table remedy
  add column cohort_id uuid,
  add column exception text;                            -- JSON: rules to be set aside, and why
create index remedy_of_cohort on remedy (cohort_id) where cohort_id is not null;
create index remedy_asked on remedy (proposed_by, proposed_at);
`;

const DOWN = `
drop index remedy_asked;
drop index remedy_of_cohort;
alter table remedy drop column exception, drop column cohort_id;
drop table remedy_cohort;
`;

export class Cohorts1763784000000 implements MigrationInterface {
  static readonly schema = UP;
  name = 'Cohorts1763784000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

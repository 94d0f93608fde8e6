import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Systems that remedies act on, beside the shops: they tell us nothing by themselves, so they are no connections. */
const UP = `
create table outside_system (
  name text primary key check (name ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  kind text not null check (kind in ('shipstation','gorgias','zendesk')),
  serves text,                           -- the home of the orders it is for; null = all
  secrets bytea not null,                -- sealed JSON: {baseUrl, account, secret}
  created_at timestamptz not null default now()
);
`;

const DOWN = 'drop table outside_system;';

export class OutsideSystems1763782000000 implements MigrationInterface {
  static readonly schema = UP;
  name = 'OutsideSystems1763782000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

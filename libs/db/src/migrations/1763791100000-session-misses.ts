import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How often in a row a wrong password was given in a session that asks for it again. */
const UP = 'alter table session add column misses int not null default 0;';
const DOWN = 'alter table session drop column misses;';

export class SessionMisses1763791100000 implements MigrationInterface {
  static readonly schema = UP;
  name = 'SessionMisses1763791100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

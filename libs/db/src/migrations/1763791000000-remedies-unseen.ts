import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an outside system said it did and nobody has seen there since. */
const UP = `
alter table remedy add column unseen_at timestamptz(3);
create index remedy_unconfirmed on remedy (executed_at) where state = 'executed';
`;

const DOWN = 'drop index remedy_unconfirmed; alter table remedy drop column unseen_at;';

export class RemediesUnseen1763791000000 implements MigrationInterface {
  static readonly schema = UP;
  name = 'RemediesUnseen1763791000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

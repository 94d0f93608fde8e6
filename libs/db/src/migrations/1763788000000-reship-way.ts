import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The system a reship's first attempt went to; every later one asks there, whatever is connected by then. */
const UP = `alter table remedy add column sent_to text check (sent_to = 'shop' or sent_to like 'warehouse:%');`;

const DOWN = 'alter table remedy drop column sent_to;';

export class ReshipWay1763788000000 implements MigrationInterface {
  static readonly schema = UP;
  name = 'ReshipWay1763788000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was carried out per hour, without reading the whole ledger. */
const UP = 'create index remedy_ledger_hours on remedy_ledger (at) where remedy_id is not null;';
const DOWN = 'drop index remedy_ledger_hours;';

export class LedgerHours1763791200000 implements MigrationInterface {
  static readonly schema = UP;
  name = 'LedgerHours1763791200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

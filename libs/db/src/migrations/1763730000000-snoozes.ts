import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a case is put off for, and what was known of its order then (JSON, the domain's `Snooze`). One column, which counts
 * only while the case is snoozed: every event on an order with a case reads and writes it along. Cases put off before this have none, and
 * wake at their time or for a new finding, as they always did.
 */
const UP = `
alter table case_item add column snooze text;
`;

export class Snoozes1763730000000 implements MigrationInterface {
  static readonly schema = UP;
  name = 'Snoozes1763730000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table case_item drop column snooze');
  }
}

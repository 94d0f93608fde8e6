import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Until when the carrier takes the claim, as whoever opened it read in the carrier's terms; null = nobody said. */
const UP = `alter table carrier_claim add column deadline timestamptz(3);`;

const DOWN = 'alter table carrier_claim drop column deadline;';

export class ClaimDeadline1763789500000 implements MigrationInterface {
  static readonly schema = UP;
  name = 'ClaimDeadline1763789500000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

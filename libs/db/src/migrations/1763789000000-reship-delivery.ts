import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where and how a reship goes, as it is approved: JSON without personal data, and the address sealed with its customer's key. */
const UP = `
alter table remedy add column delivery text;
alter table remedy add column delivery_address bytea;`;

const DOWN = `
alter table remedy drop column delivery_address;
alter table remedy drop column delivery;`;

export class ReshipDelivery1763789000000 implements MigrationInterface {
  static readonly schema = UP;
  name = 'ReshipDelivery1763789000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The newest decided ones without sorting all there ever were, and the credits since a day without reading the whole ledger. */
const UP = `
create index remedy_over on remedy (proposed_at desc, id) where state in ('executed','confirmed','declined','void');
create index remedy_ledger_credit on remedy_ledger (at) where kind = 'credit';
`;

const DOWN = 'drop index remedy_ledger_credit; drop index remedy_over;';

export class RemedyLists1763790000000 implements MigrationInterface {
  static readonly schema = UP;
  name = 'RemedyLists1763790000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

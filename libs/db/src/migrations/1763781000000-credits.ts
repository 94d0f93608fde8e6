import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Goodwill credits beside refunds and reships. */
const UP = `
alter table remedy drop constraint remedy_kind_check, add constraint remedy_kind_check check (kind in ('refund','reship','credit'));
`;

const DOWN = `
delete from remedy_approval a using remedy r where r.order_id = a.order_id and r.id = a.remedy_id and r.kind = 'credit';
delete from remedy_loss l using remedy r where r.order_id = l.order_id and r.id = l.remedy_id and r.kind = 'credit';
delete from remedy where kind = 'credit';
alter table remedy drop constraint remedy_kind_check, add constraint remedy_kind_check check (kind in ('refund','reship'));
`;

export class Credits1763781000000 implements MigrationInterface {
  static readonly schema = UP;
  name = 'Credits1763781000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What people narrow the queue by, in the order in which it is shown: a rule or carrier that few open cases have would otherwise
 * be looked for in all of them. By age (`opened_at`) the newest stand at the far end of that order.
 */
const UP = `
drop index case_rule;
create index case_open_rule on case_item (rule, due_at, (coalesce(value_minor, -1)) desc, order_id) where state <> 'resolved' and not backlog;
create index case_open_carrier on case_item (carrier, due_at, (coalesce(value_minor, -1)) desc, order_id) where state <> 'resolved' and not backlog;
create index case_open_since on case_item (opened_at) where state <> 'resolved' and not backlog;
`;

export class QueueIndexes1763710000000 implements MigrationInterface {
  static readonly schema = UP;
  name = 'QueueIndexes1763710000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop index case_open_rule; drop index case_open_carrier; drop index case_open_since;
create index case_rule on case_item (rule) where state <> 'resolved' and not backlog;`);
  }
}

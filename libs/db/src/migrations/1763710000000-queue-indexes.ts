import type { MigrationInterface, QueryRunner } from 'typeorm';

const VIEWS = { late: 'promise_missed,promise_slipped,partly_shipped', stuck: 'no_movement,not_picked_up,unfulfilled_late', not_received: 'delivered_not_received,missing_item' } as const;

/**
 * What people narrow the queue by, in the order in which it is shown: a rule or carrier that few open cases have would otherwise
 * be looked for in all of them. By age (`opened_at`) the newest stand at the far end of that order. The views by rules have an
 * index each, with the same words as in the view (cases/queue-views.ts), instead of one over all rules of all cases, which has
 * no order and costs every case that opens the most.
 */
const UP = `
drop index case_rule;
drop index case_open_rules;
${Object.entries(VIEWS).map(([view, rules]) => `create index case_open_${view} on case_item (due_at, (coalesce(value_minor, -1)) desc, order_id) where state <> 'resolved' and not backlog and rules && '{${rules}}'::text[];`).join('\n')}
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
drop index case_open_late; drop index case_open_stuck; drop index case_open_not_received;
drop index case_open_rule; drop index case_open_carrier; drop index case_open_since;
create index case_open_rules on case_item using gin (rules) where state <> 'resolved' and not backlog;
create index case_rule on case_item (rule) where state <> 'resolved' and not backlog;`);
  }
}

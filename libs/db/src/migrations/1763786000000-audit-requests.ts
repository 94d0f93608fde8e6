import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What one request did, found by its id. The id is cut out of the text: an entry that somebody spoiled is no JSON any more, and must neither
 * stop the index nor the search.
 */
const UP = `
create index audit_request on audit (substring(detail from '"request":"([0-9A-Za-z-]+)"'), id) where detail like '%"request":"%';
`;

const DOWN = `
drop index audit_request;
`;

export class AuditRequests1763786000000 implements MigrationInterface {
  static readonly schema = UP;
  name = 'AuditRequests1763786000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeAudit } from '@orderwatch/db';
import { startTestServer, type TestServer } from '../../testing/test-server.js';
import { VerifyAudit } from './verify-audit.service.js';

describe('the look at the audit', () => {
  let server: TestServer;
  let scheduled: object[];
  beforeAll(async () => {
    server = await startTestServer();
    scheduled = await server.db.transactions.query(`delete from pgboss.schedule where name = 'audit-verify' returning cron`); // so that it does not look while the test does
    for (const n of [1, 2, 3]) await server.db.transactions.run((tx) => writeAudit(tx, { actor: 'operator', action: 'user.add', target: String(n), at: Date.now(), detail: { n } }));
  });
  afterAll(() => server.close());

  const ready = async (): Promise<{ status: number; audit: unknown }> => {
    const response = await fetch(`${server.url}/health/ready`);
    return { status: response.status, audit: ((await response.json()) as { checks: { audit: unknown } }).checks.audit };
  };
  const metric = async (name: string): Promise<string | undefined> => new RegExp(`^${name} (\\S+)`, 'm').exec(await (await fetch(`${server.url}/metrics`)).text())?.[1];

  it('is on a schedule', () => {
    expect(scheduled).toEqual([{ cron: '*/10 * * * *' }]);
  });

  it('raises an alarm when an entry does not fit, without taking the server out', async () => {
    expect([await ready(), await metric('orderwatch_audit_broken')]).toEqual([{ status: 200, audit: { ok: true, detail: 'not checked yet' } }, 'Nan']);
    const looking = server.application.nest.get(VerifyAudit, { strict: false });
    expect((await looking.run()).broken).toBeNull();
    expect([await ready(), await metric('orderwatch_audit_broken')]).toMatchObject([{ status: 200, audit: { ok: true } }, '0']);
    expect(Number(await metric('orderwatch_audit_checked_seconds'))).toBeLessThan(1_800);
    await server.db.transactions.query(`alter table audit disable trigger audit_append_only; delete from audit where action = 'user.add' and target = '3'; alter table audit enable trigger audit_append_only`);
    await looking.run();
    expect([await ready(), await metric('orderwatch_audit_broken')]).toMatchObject([{ status: 200, audit: { ok: false, detail: expect.stringMatching(/^entry \d+ does not fit$/) } }, '1']);
    await server.db.transactions.query('truncate audit_check');
    await server.db.transactions.query(`insert into audit_check (checked_at, entries) values (now() - interval '1 hour', 0)`);
    expect((await ready()).audit).toMatchObject({ ok: false, detail: 'not checked lately' });
  });
});

import { randomUUID } from 'node:crypto';
import { get as httpGet, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CustomerStore, readSlowly, verifyAudit } from '@orderwatch/db';
import { seedCases, startTestServer, type TestServer } from '../../../testing/test-server.js';

describe('lists as files', () => {
  let server: TestServer;
  const rows = <T>(sql: string, params: readonly unknown[] = []): Promise<T[]> => server.db.transactions.query<T>(sql, params);

  beforeAll(async () => {
    server = await startTestServer({ env: { ORDERWATCH_ROLE: 'api' } });
  });
  afterAll(() => server.close());

  const ask = async (path: string, who: string | null = 'agent', headers: Readonly<Record<string, string>> = {}) => {
    const response = await fetch(`${server.url}/api/v1/export/${path}`, { headers: { ...(who ? { cookie: await server.signIn(who) } : {}), ...headers } });
    const bytes = Buffer.from(await response.arrayBuffer());
    return { status: response.status, text: bytes.toString('utf8'), type: response.headers.get('content-type'), name: response.headers.get('content-disposition') ?? '' };
  };
  const linesOf = (text: string): string[] => text.replace(/^\uFEFF/, '').split('\r\n').slice(0, -1);

  it('hold the rows of the list, in its order, with the columns that are shown', async () => {
    await rows('truncate case_item');
    const [poor = '', rich = '', other = ''] = await seedCases(server.db, [{ dueAt: new Date('2026-03-29T00:30:00Z'), valueMinor: -500 }, { dueAt: new Date('2026-03-29T00:30:00Z'), valueMinor: 1_250 }, { rule: 'lost' }]);
    await rows(`update case_item set order_name = '=cmd|''/C calc''!A0', carrier = 'dhl' where order_id = $1`, [rich]);
    await rows(`update case_item set order_name = E'#1,"2"\\n3' where order_id = $1`, [poor]);
    const { status, text, type, name } = await ask('queue.csv?view=stuck&columns=due,order,value,carrier&tz=Europe/Berlin');
    expect([status, type]).toEqual([200, 'text/csv; charset=utf-8; header=present']);
    expect(name).toMatch(/^attachment; filename="orderwatch-queue-stuck-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-Europe-Berlin\.csv"$/);
    const numbers = new Map((await rows<{ order_id: string; number: string }>('select order_id, number::text from case_item')).map((row) => [row.order_id, row.number]));
    expect(text).toBe(
      `\uFEFF"case","due_at","order","shop","value_minor","currency","carrier","parcels"\r\n` +
      `"EX-${numbers.get(rich)}","2026-03-29T01:30:00+01:00","'=cmd|'/C calc'!A0","events",1250,"EUR","DHL",0\r\n` +
      `"EX-${numbers.get(poor)}","2026-03-29T01:30:00+01:00","#1,""2""\n3","events",-500,"EUR",,0\r\n`);
    expect((await ask('queue.csv?view=all&rules=lost&columns=age')).text).toContain(`"EX-${numbers.get(other)}"`);
    expect(linesOf((await ask('queue.csv?view=all&rules=lost&columns=age')).text)).toHaveLength(2);
    expect(linesOf((await ask('queue.csv?view=mine')).text)).toHaveLength(1);
  });

  it('mask customers from whom the list masks them, and tell the audit who took what', async () => {
    await rows('truncate case_item');
    const [orderId] = await seedCases(server.db, [{}]);
    const customer = randomUUID();
    await server.db.transactions.run((tx) => server.application.nest.get(CustomerStore, { strict: false }).note(tx, [{ id: customer, name: 'Maria Keller', email: 'maria@keller.test' }]));
    await rows('update case_item set customer_id = $2 where order_id = $1', [orderId, customer]);
    const before = (await rows('select 1 from audit')).length;
    expect((await ask('queue.csv?view=all&columns=customer&text=maria@keller.test')).status).toBe(200);
    expect((await ask('queue.csv?view=all&columns=customer')).text).toContain('"Maria Keller"');
    expect((await ask('queue.csv?view=all&columns=customer', 'admin')).text).toContain('"M. K."');
    const told = await rows<{ action: string; detail: string; name: string }>('select a.action, a.detail, p.name from audit a join person p on p.id::text = a.actor order by a.id offset $1', [before]);
    expect(told.map(({ action, name, detail }) => [action, name, (JSON.parse(detail) as { masked: boolean }).masked])).toEqual([['export.queue', 'Ana Ruiz', false], ['export.queue', 'Ana Ruiz', false], ['export.queue', 'Ada Lindqvist', true]]);
    expect(JSON.stringify(told)).not.toContain('keller');
    expect(await verifyAudit(server.db.transactions)).toBeNull();
  });

  it('are refused when the address is not understood, or came from elsewhere, and then not audited', async () => {
    const before = (await rows('select 1 from audit')).length;
    for (const path of ['queue.csv?view=nonsense', 'queue.csv?carier=dhl', 'queue.csv?columns=due,secret', 'queue.csv?tz=Mars/Base', 'queue.csv?minAgeHours=old', 'queue.csv?openedFrom=then', 'stuck.csv?rules=lost', 'stuck.csv?columns=']) {
      const refused = await ask(path);
      expect([path, refused.status, refused.type]).toEqual([path, 400, 'application/problem+json; charset=utf-8']);
    }
    expect((await ask('queue.csv?carier=dhl')).text).toContain('carier is not understood');
    expect((await ask('queue.csv', null)).status).toBe(401);
    expect((await ask('queue.csv', 'agent', { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect(await rows('select 1 from audit')).toHaveLength(before);
  });

  it('of stuck parcels come from the query of their list', async () => {
    const orderId = randomUUID();
    await rows(`insert into order_state (order_id, home, home_id, version, config_version, state, name, total_minor, currency) values ($1, 'events', 'x', 1, 1, '{}', '+49', -1, 'EUR')`, [orderId]);
    await rows(`insert into parcel_state (order_id, parcel_id, carrier, number, status, facility, silent_from, stuck_at, look_at, last_scan, feed)
      values ($1, 'p', 'dhl', '-123', 'in_transit', 'Leipzig', now() - interval '72 hours', now() - interval '24 hours', now() - interval '24 hours', '@left', 'events')`, [orderId]);
    const { text } = await ask('stuck.csv?columns=limit,scan,carrier,number,order,value&carrier=dhl');
    expect(linesOf(text)).toEqual([
      '"case","limit_hours","status","last_scan","facility","carrier","tracking_number","order","value_minor","currency"', `,48,"In transit","'@left","Leipzig","DHL","'-123","'+49",-1,"EUR"`,
    ]);
    expect(linesOf((await ask('stuck.csv?carrier=ups')).text)).toHaveLength(1);
    expect(linesOf((await ask('stuck.csv?carrier=dhl&lane=in_transit')).text)).toHaveLength(2);
    expect(linesOf((await ask('stuck.csv?carrier=dhl&lane=accepted')).text)).toHaveLength(1);
  });

  it('are as long as the list, and end in the database when the reader goes away', async () => {
    await rows('truncate case_item');
    await seedCases(server.db, Array.from({ length: 12_000 }, (_, i) => ({ valueMinor: i })));
    const all = linesOf((await ask('queue.csv?view=all&columns=value')).text);
    expect(all).toHaveLength(12_001);
    expect(new Set(all).size).toBe(12_001);
    const response = await new Promise<IncomingMessage>((resolve) => {
      void server.signIn('agent').then((cookie) => httpGet(`${server.url}/api/v1/export/queue.csv?view=all`, { headers: { cookie } }, resolve));
    });
    const open = async () => (await rows<{ n: number }>(`select count(*)::int as n from pg_stat_activity where state = 'idle in transaction' and query like 'fetch %' and datname = current_database()`))[0]?.n ?? 0;
    // Nobody reads: it stands still in the middle.
    while ((await open()) === 0) await new Promise((resolve) => setImmediate(resolve));
    response.destroy();
    while ((await open()) > 0) await new Promise((resolve) => setImmediate(resolve));
  });

  it('stop the statement that runs, and no other', async () => {
    const gone = new AbortController();
    const reading = readSlowly(server.db.transactions, { waitMs: 1_000, signal: gone.signal }, async (tx) => {
      const slow = tx.query('select pg_sleep(14)');
      gone.abort();
      return slow;
    });
    await expect(reading).rejects.toThrow('canceling statement due to user request');
    expect(await rows('select 1 as one')).toEqual([{ one: 1 }]);
    await expect(readSlowly(server.db.transactions, { waitMs: 1_000, signal: new AbortController().signal }, (tx) => tx.query('truncate case_item'))).rejects.toMatchObject({ code: '25006' });
  });
});

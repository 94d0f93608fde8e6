import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeAudit } from '@orderwatch/db';
import { startTestServer, type TestServer } from '../../testing/test-server.js';
import { VerifyAudit } from './verify-audit.service.js';

const sha = (...parts: (string | Buffer)[]): string => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');
const FACTS = { delivered: false, paid: { currency: 'EUR', minor: 12_900 }, parcels: { 'p/1': 'in_transit' } };
const [ORDER, REFUND, CUSTOMER, KEY] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];

interface Entry { readonly id: string; readonly at: number; readonly actor: string; readonly action: string; readonly target: string | null; readonly detail: string; readonly prev: string; readonly hash: string }
interface Bundle {
  readonly format: string; readonly facts: { readonly sha256: string; readonly frozen: object }; readonly evidence: readonly object[]; readonly decisions: readonly object[]; readonly order: { readonly customer: object }; readonly execution: object;
  readonly audit: { readonly entries: readonly Entry[]; readonly chain: { readonly head: { readonly id: string; readonly hash: string } }; readonly howToCheck: readonly string[] };
}

describe('the audit as files', () => {
  let server: TestServer;
  const get = async (path: string, who: string): Promise<{ status: number; text: string; headers: Headers }> => {
    const response = await fetch(`${server.url}/api/v1/export/${path}`, { headers: { cookie: await server.signIn(who) } });
    return { status: response.status, text: await response.text(), headers: response.headers };
  };

  beforeAll(async () => {
    server = await startTestServer();
    const { transactions: db } = server.db;
    const [manager] = await db.query<{ id: string }>(`select id::text from person where role = 'manager' limit 1`);
    const [agent] = await db.query<{ id: string }>(`select id::text from person where role = 'agent' limit 1`);
    await db.query(`insert into order_state (order_id, home, home_id, name, version, config_version, state, announced, customer_id) values ($1, 'events', 'h1', '#10482', 1, 1, '{"lines":[]}', true, $2)`, [ORDER, CUSTOMER]);
    await db.query(`insert into inbox (connection, topic, body, body_bytes, body_hash, state) values ('events', 'tracking', 'x', 1, sha256('the exact bytes'), 'done')`);
    await db.query(`insert into order_event (order_id, fact_id, type, at, received_at, source, kind, inbox_id, data) select $1, 'events/17', 'tracking', now(), now(), 'events', 'feed', id, '{}' from inbox`, [ORDER]);
    await db.query(
      `insert into remedy (order_id, id, kind, state, amount_minor, currency, reason_code, reason, facts_hash, facts, evidence, checks, idempotency_key, proposed_by, proposed_at, attempts, reference, policy_version, lines, delivery)
       values ($1, $2, 'refund', 'executed', 12900, 'EUR', 'lost', 'No scan for six days', $3, $4, $5, '[{"name":"Limit","verdict":"pass","value":"EUR 129","source":"policy 3"}]', $6, $7, now(), 1, 'gid://refund/9', 3, '[{"lineId":"7","quantity":1}]', '{"addressOf":"other","service":"Express","customerId":null}')`,
      [ORDER, REFUND, sha(JSON.stringify(FACTS)), JSON.stringify(FACTS), JSON.stringify([{ text: 'Last scan in Linz', source: 'events', at: 1_700_000_000_000, factId: 'events/17' }]), KEY, agent?.id]);
    await db.query(`insert into remedy_approval (order_id, remedy_id, person_id, at, decision, revision, facts_hash) values ($1, $2, $3, now(), 'approved', 1, 'h')`, [ORDER, REFUND, manager?.id]);
    await db.query(`insert into case_history (order_id, at, actor, what, why, after) values ($1, now(), 'system', 'remedy_unknown', 'The reply was lost', $2)`, [ORDER, JSON.stringify({ remedy: REFUND })]);
    const write = (actor: string, action: string, target: string, detail: Record<string, unknown>) => db.run((tx) => writeAudit(tx, { actor, action, target, at: Date.now(), detail }));
    await write(agent?.id ?? '', 'remedy.propose', REFUND, { amount: { minor: 12_900, currency: 'EUR' }, reason: '=cmd("Ö")' });
    await write('operator', 'user.add', 'somebody', {});
    await write(manager?.id ?? '', 'remedy.approved', REFUND, { revision: 1 });
    await server.application.nest.get(VerifyAudit, { strict: false }).run();
  });
  afterAll(() => server.close());

  it('hands out one remedy so that somebody else can check it, and writes down that it did', async () => {
    const { status, text, headers } = await get(`evidence.json?remedy=${REFUND}`, 'manager');
    expect([status, headers.get('content-disposition')]).toEqual([200, expect.stringMatching(/^attachment; filename="orderwatch-evidence-AP-\d+-[\dT-]+Z\.json"$/)]);
    const bundle = JSON.parse(text) as Bundle;
    expect(bundle).toMatchObject({
      format: 'orderwatch-evidence/1', asked: { reason: 'No scan for six days', by: { name: expect.any(String) }, delivery: { addressOf: 'other', service: 'Express' }, lines: [{ lineId: '7', title: null, quantity: 1 }] }, policy: { version: 3, checks: [{ name: 'Limit' }] }, facts: { frozen: FACTS },
      evidence: [{ text: 'Last scan in Linz', raw: { connection: 'events', checksum: sha('the exact bytes') } }], decisions: [{ decision: 'approved', by: { name: expect.any(String) } }],
      execution: { idempotencyKey: KEY, attempts: 1, reference: 'gid://refund/9' }, history: [{ what: 'remedy_unknown', why: 'The reply was lost' }],
    });
    // By the letter of howToCheck, with nothing of ours.
    expect(sha(JSON.stringify(FACTS))).toBe(bundle.facts.sha256);
    const { entries, chain } = bundle.audit;
    expect(entries.map((entry) => entry.action)).toEqual(['remedy.propose', 'remedy.approved']);
    for (const { action, actor, at, detail, target, prev, hash } of entries) expect(sha(Buffer.from(prev, 'hex'), JSON.stringify({ action, actor, at, detail, target }))).toBe(hash);
    expect(chain.head).toEqual({ id: entries[1]?.id, hash: entries[1]?.hash });
    const [logged] = await server.db.transactions.query<{ detail: string }>(`select detail from audit where action = 'export.evidence' and target = $1`, [REFUND]);
    expect(JSON.parse(logged?.detail ?? '')).toMatchObject({ sha256: sha(text), masked: false, request: expect.any(String), session: expect.stringMatching(/^[0-9a-f]{8}$/) });
  });

  it('masks customers from who may not see them, and is for leads, managers and admins', async () => {
    const { text } = await get(`evidence.json?remedy=${REFUND}`, 'admin');
    expect((JSON.parse(text) as Bundle).order.customer).toEqual({ id: CUSTOMER, name: null, masked: true });
    expect((await get(`evidence.json?remedy=${REFUND}`, 'agent')).status).toBe(403);
    expect((await get(`evidence.json?remedy=${randomUUID()}`, 'lead')).status).toBe(404);
    expect((await get('evidence.json?remedy=1', 'lead')).status).toBe(400);
  });

  it('is a table as far as its reader sees it, with no formula in it, and says of itself that it was made', async () => {
    const { status, text } = await get('audit.csv?query=action%3Arefund.*&tz=Europe%2FVienna', 'lead');
    expect(status).toBe(200);
    const lines = text.trim().split('\r\n');
    expect(lines[0]).toContain('"entry","at","actor"');
    expect(lines.slice(1).map((line) => /refund\.\w+/.exec(line)?.[0])).toEqual(['refund.approved', 'refund.propose']);
    expect(lines[2]).toContain(`"'=cmd(""Ö"")"`);
    expect(lines[1]).toMatch(/\+0[12]:00/);
    expect((await get('audit.csv', 'lead')).text).not.toContain('user.add');
    const all = (await get('audit.csv', 'admin')).text;
    expect(all).toContain('user.add');
    expect(all.match(/"export\.audit"/g)).toHaveLength(3); // its own entry is in it
    expect((await get('audit.csv?query=sender%3Ax', 'lead')).status).toBe(400);
    expect((await get('audit.csv?query=action%3Arefund.*%20%22Erika%20Muster%22', 'lead')).status).toBe(200);
    expect(await server.db.transactions.query(`select detail::json ->> 'query' as query from audit where action = 'export.audit' order by id desc limit 1`)).toEqual([{ query: 'action:refund.* …' }]);
  });

  it('knows what one request did', async () => {
    const made = await fetch(`${server.url}/api/v1/export/audit.csv`, { headers: { cookie: await server.signIn('admin') } });
    await made.text();
    const id = made.headers.get('x-request-id') ?? '';
    expect((await server.ask('{ auditLog(query: "action:export.evidence") { entries { action remedyNumber orderName } } }', {}, await server.signIn('lead'))).data).toMatchObject({ auditLog: { entries: expect.arrayContaining([{ action: 'export.evidence', remedyNumber: expect.stringMatching(/^AP-/), orderName: '#10482' }]) } });
    const { data } = await server.ask('query($q: String!) { auditLog(query: $q) { entries { action request session } } }', { q: `request:${id}` }, await server.signIn('admin'));
    expect(data).toMatchObject({ auditLog: { entries: [{ action: 'export.audit', request: id }] } });
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiTokenStore } from '@orderwatch/db';
import { ACCESS_SUBJECTS, ACTIONS, isAction, mayDo, topicAction, type Action } from '@orderwatch/domain';
import { seedCases, startTestServer, type GraphqlAnswer, type TestServer } from '../../testing/test-server.js';
import { hashToken, newToken } from './tokens.js';

const id = randomUUID();
const mutation = () => `mutationId: "${randomUUID()}"`;

/** One request per action, as harmless as can be: ids that name nothing. */
const REQUESTS: Readonly<Partial<Record<Action, () => string>>> = {
  'self.read': () => '{ me { id } }',
  'self.write': () => 'mutation { setPreferences(patch: {}) }',
  'people.list': () => '{ people { id } }',
  'order.read': () => `{ order(id: "${id}") { id } }`,
  'delivery.read_raw': () => '{ rawDelivery(id: "1") { id } }',
  'delivery.unmask': () => `mutation { unmaskDelivery(id: "1", reason: "A carrier asks", ${mutation()}) { __typename } }`,
  'case.read': () => '{ queue(view: all) { total } }',
  'case.claim': () => `mutation { claimCase(id: "${id}", expectedVersion: 1, ${mutation()}) { __typename } }`,
  'case.release': () => `mutation { releaseCase(id: "${id}", expectedVersion: 1, ${mutation()}) { __typename } }`,
  'case.next': () => `mutation { nextCase(view: snoozed, ${mutation()}) { __typename } }`,
  'case.snooze': () => `mutation { snoozeCase(id: "${id}", until: "2099-01-01T00:00:00Z", expectedVersion: 1, ${mutation()}) { __typename } }`,
  'case.resolve': () => `mutation { resolveCase(id: "${id}", outcome: "found", expectedVersion: 1, ${mutation()}) { __typename } }`,
  'case.reopen': () => `mutation { reopenCase(id: "${id}", reason: "x", expectedVersion: 1, ${mutation()}) { __typename } }`,
  'case.assign': () => `mutation { assignCase(id: "${id}", personId: null, expectedVersion: 1, ${mutation()}) { __typename } }`,
  'case.hand_over': () => `mutation { handOver(fromPersonId: "${id}", note: "x", ${mutation()}) { __typename } }`,
  'case.undo': () => `mutation { undoAct(${mutation()}) { __typename } }`,
  'case.note': () => `mutation { addNote(id: "${id}", text: "x", ${mutation()}) { __typename } }`,
  'case.bulk': () => `mutation { bulkAct(selection: { ids: ["${id}"] }, act: { verb: release }, dryRun: false, ${mutation()}) { __typename } }`,
  'view.read': () => '{ savedViews { pinned } }',
  'view.save': () => `mutation { createView(input: { name: "mine", query: { view: all } }, ${mutation()}) { __typename } }`,
  'view.share': () => `mutation { shareView(id: "${id}", purpose: "x", expectedVersion: 1, ${mutation()}) { __typename } }`,
  'export.queue': () => '/api/v1/export/queue.csv?view=all',
  'export.stuck': () => '/api/v1/export/stuck.csv',
  'remedy.read': () => '{ approvals { generatedAt } }',
  'remedy.request': () => `mutation { proposeRemedy(input: { orderId: "${id}", kind: refund, reasonCode: "x", reason: "x", ${mutation()} }) { __typename } }`,
  'remedy.approve': () => `mutation { approveRemedy(id: "${id}", revision: 1, ${mutation()}) { __typename } }`,
  'remedy.decline': () => `mutation { declineRemedy(id: "${id}", revision: 1, reason: "x", ${mutation()}) { __typename } }`,
  'remedy.call_back': () => `mutation { callBackRemedy(id: "${id}", ${mutation()}) { __typename } }`,
  'remedy.edit': () => `mutation { withdrawRemedy(id: "${id}", revision: 1, ${mutation()}) { __typename } }`,
  'remedy.ask': () => `mutation { askAboutRemedy(id: "${id}", question: "x", ${mutation()}) { __typename } }`,
  'remedy.answer': () => `mutation { answerAboutRemedy(id: "${id}", answer: "x", ${mutation()}) { __typename } }`,
  'remedy.retry': () => `mutation { retryRemedy(id: "${id}", revision: 1, reason: "x", ${mutation()}) { __typename } }`,
  'remedy.look_up': () => `mutation { lookUpRemedy(id: "${id}", finding: retry, reason: "x", ${mutation()}) { __typename } }`,
  'remedy.batch': () => `mutation { approveBatch(items: [{ remedyId: "${id}", revision: 1, amountMinor: 1, currency: "EUR", factsHash: "x" }], typedCount: 1, ${mutation()}) { __typename } }`,
  'cohort.read': () => '{ remedyCohorts { id } }',
  'cohort.write': () => `mutation { closeCohort(id: "${id}", expectedVersion: 1, reason: "x", ${mutation()}) { __typename } }`,
  'cohort.raise': () => `mutation { raiseCohort(id: "${id}", expectedVersion: 1, budgetMinor: 1, reason: "x", ${mutation()}) { __typename } }`,
  'delegation.read': () => '{ delegations { id } }',
  'delegation.write': () => `mutation { endDelegation(id: "${id}", ${mutation()}) { __typename } }`,
  'claim.write': () => `mutation { moveClaim(input: { id: "${id}", expectedVersion: 1, to: in_review, ${mutation()} }) { __typename } }`,
  'policy.read': () => '{ remedyPolicies { version } }',
  'policy.draft': () => `mutation { draftRemedyPolicy(policy: {}, note: "x", ${mutation()}) { __typename } }`,
  'policy.rehearse': () => `mutation { rehearseRemedyPolicy(version: 999, ${mutation()}) { __typename } }`,
  'policy.live': () => `mutation { bringInRemedyPolicy(version: 999, ${mutation()}) { __typename } }`,
  'audit.read': () => '{ auditLog { scope } }',
  'export.audit': () => '/api/v1/export/audit.csv',
  'export.evidence': () => `/api/v1/export/evidence.json?remedy=${id}`,
  'health.read': () => '{ health { sentence } }',
  'delivery.replay': () => `mutation { replayDeadLetters(ids: [], dryRun: true, ${mutation()}) { tried } }`,
  'report.read': () => '{ report { openCases } }',
};

const TABLES = ['case_item', 'case_history', 'case_selection', 'bulk_run', 'bulk_item', 'saved_view', 'saved_view_pin', 'person_preference', 'change', 'remedy', 'remedy_approval', 'remedy_loss', 'remedy_ledger', 'remedy_policy', 'remedy_cohort', 'delegation', 'carrier_claim', 'order_event', 'order_state', 'inbox'];

describe('the role matrix', () => {
  let server: TestServer;
  const tokens = new Map<string, string>();
  const asked = ACTIONS.filter((action) => !/^(public|live)\./.test(action) && action !== 'customer.read');
  const cells = ACCESS_SUBJECTS.flatMap((subject) => asked.map((action) => [subject, action] as const));

  beforeAll(async () => {
    server = await startTestServer({ env: { ORDERWATCH_ROLE: 'api' } });
    await seedCases(server.db, [{}]);
    for (const scope of ['read', 'write'] as const) {
      const token = newToken('api');
      await new ApiTokenStore(server.db.transactions).add(scope, scope, hashToken(token));
      tokens.set(`token_${scope}`, token);
    }
  });
  afterAll(() => server.close());

  /** A file's address is asked for as such; what came of it is told in the words of GraphQL. */
  const get = async (path: string, headers: Readonly<Record<string, string>>): Promise<GraphqlAnswer> => {
    const { status } = await fetch(`${server.url}${path}`, { headers });
    const code = { 200: null, 404: 'NOT_FOUND', 401: 'UNAUTHENTICATED', 403: 'FORBIDDEN' }[status];
    return { status, data: null, errors: code === null ? [] : [{ message: String(status), extensions: { code: code ?? 'INTERNAL_SERVER_ERROR', requestId: '' } }] };
  };
  const ask = async (subject: string, query: string): Promise<GraphqlAnswer> => {
    const token = tokens.get(subject);
    const cookie = token || subject === 'anonymous' ? null : await server.signIn(subject);
    const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
    return query.startsWith('/') ? get(query, cookie ? { cookie } : headers) : server.ask(query, {}, cookie, headers);
  };
  const rows = async (): Promise<Record<string, string>> => {
    const sums = TABLES.map((table) => `(select coalesce(md5(string_agg(t::text, '' order by t::text)), '') from ${table} t) as ${table}`);
    return (await server.db.transactions.query<Record<string, string>>(`select ${sums.join(', ')}`))[0] ?? {};
  };

  it('has a request for every action, so that no cell goes untried', () => {
    expect(asked.filter((action) => !REQUESTS[action])).toEqual([]);
  });

  /** What the audit says of refused attempts since it was asked before. */
  const told = async (): Promise<unknown[]> => {
    const entries = await server.db.transactions.query<{ id: string; action: string }>(`select id::text, detail::json ->> 'action' as action from audit where action = 'access.denied' and id > $1 order by id`, [seen]);
    seen = entries.at(-1)?.id ?? seen;
    return entries.map((entry) => entry.action);
  };
  let seen = '0';

  it.each(cells)('%s · %s', async (subject, action) => {
    const before = await rows();
    await told();
    const answer = await ask(subject, REQUESTS[action]?.() ?? '');
    const code = answer.errors[0]?.extensions.code;
    if (mayDo(subject, action)) {
      expect(['UNAUTHENTICATED', 'FORBIDDEN', 'INTERNAL_SERVER_ERROR', 'GRAPHQL_VALIDATION_FAILED']).not.toContain(code);
    } else {
      expect(code).toBe(subject === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN');
      expect(answer.data === null || Object.values(answer.data).every((value) => value === null)).toBe(true);
      expect(await rows()).toEqual(before);
      expect(await told()).toEqual(subject === 'anonymous' ? [] : [action]);
    }
  });

  it.each(ACCESS_SUBJECTS.flatMap((subject) => ['confirm', 'hands'].map((what) => [subject, what] as const)))('%s · POST /api/v1/session/%s', async (subject, what) => {
    const before = await rows();
    const token = tokens.get(subject);
    const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : subject === 'anonymous' ? {} : { cookie: await server.signIn(subject) };
    const { status } = await fetch(`${server.url}/api/v1/session/${what}`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: '{}' });
    expect(status).toBe(mayDo(subject, 'self.write') ? 400 : subject === 'anonymous' ? 401 : 403);
    expect(await rows()).toEqual(before);
  });

  describe('while a manager has named them', () => {
    const deciding = new Set(['remedy.approve', 'remedy.decline', 'remedy.ask', 'remedy.call_back']);
    const named = ['agent', 'lead', 'admin'] as const;
    beforeAll(async () => {
      await server.db.transactions.query(
        `insert into delegation (id, delegator_id, delegate_id, reason, from_at, until_at, made_at, mutation_id)
         select gen_random_uuid(), m.id, p.id, 'away', now() - interval '1 hour', now() + interval '1 day', now(), gen_random_uuid() from person m, person p
          where m.email = 'manager@demo.test' and p.email = any($1)`, [named.map((who) => `${who}@demo.test`)]);
      server.forgetSignIns();
    });
    afterAll(async () => {
      await server.db.transactions.query('truncate delegation');
      server.forgetSignIns();
    });

    it.each(named.flatMap((subject) => asked.map((action) => [subject, action] as const)))('%s · %s', async (subject, action) => {
      const before = await rows();
      const code = (await ask(subject, REQUESTS[action]?.() ?? '')).errors[0]?.extensions.code;
      if (mayDo(subject, action) || (subject !== 'admin' && deciding.has(action))) {
        expect(['UNAUTHENTICATED', 'FORBIDDEN', 'INTERNAL_SERVER_ERROR', 'GRAPHQL_VALIDATION_FAILED']).not.toContain(code);
      } else {
        expect(code).toBe('FORBIDDEN');
        expect(await rows()).toEqual(before);
      }
    });
  });

  it('names an action for every route there is', () => {
    const { routes } = server.application;
    expect(routes.length).toBeGreaterThan(8);
    expect(routes.filter((route) => route.action === undefined || !isAction(route.action))).toEqual([]);
    const asked = routes.filter((route) => !route.action?.startsWith('public.')).map((route) => `${route.method} ${route.url} ${route.action ?? ''}`);
    expect(asked.filter((route) => !route.startsWith('HEAD ')).sort()).toEqual(['GET /api/v1/export/audit.csv export.audit', 'GET /api/v1/export/evidence.json export.evidence', 'GET /api/v1/export/queue.csv export.queue', 'GET /api/v1/export/stuck.csv export.stuck', 'POST /api/v1/session/confirm self.write', 'POST /api/v1/session/hands self.write']);
  });

  it('names an action for every live topic, and none for others', () => {
    for (const topic of ['queue', 'approvals', 'health', 'report', `order:${id}`]) expect(topicAction(topic)).toMatch(/^live\./);
    for (const topic of ['everything', '', 'live', '__proto__', 'constructor']) expect(topicAction(topic)).toBeUndefined();
  });

  it('denies what it does not name', () => {
    for (const subject of ACCESS_SUBJECTS) for (const action of ['', 'remedy.execute', 'toString', '__proto__']) expect(mayDo(subject, action)).toBe(false);
  });

  it('keeps money and house apart: no admin approves, nobody but a manager does', () => {
    expect(ACCESS_SUBJECTS.filter((subject) => mayDo(subject, 'remedy.approve'))).toEqual(['manager']);
  });
});

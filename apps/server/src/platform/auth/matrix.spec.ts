import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiTokenStore } from '@orderwatch/db';
import { ACCESS_SUBJECTS, ACTIONS, isAction, mayDo, topicAction, type Action } from '@orderwatch/domain';
import { seedCases, startTestServer, type TestServer } from '../../testing/test-server.js';
import { hashToken, newToken } from './tokens.js';

const id = randomUUID();
const mutation = () => `mutationId: "${randomUUID()}"`;

/** One request per action, as harmless as can be: ids that name nothing. */
const REQUESTS: Readonly<Partial<Record<Action, () => string>>> = {
  'self.read': () => '{ me { id } }',
  'people.list': () => '{ people { id } }',
  'order.read': () => `{ order(id: "${id}") { id } }`,
  'delivery.read_raw': () => '{ rawDelivery(id: "1") { id } }',
  'case.read': () => '{ queue(view: all) { total } }',
  'case.claim': () => `mutation { claimCase(id: "${id}", expectedVersion: 1, ${mutation()}) { __typename } }`,
  'case.release': () => `mutation { releaseCase(id: "${id}", expectedVersion: 1, ${mutation()}) { __typename } }`,
  'case.next': () => `mutation { nextCase(view: snoozed, ${mutation()}) { __typename } }`,
  'case.snooze': () => `mutation { snoozeCase(id: "${id}", until: "2099-01-01T00:00:00Z", expectedVersion: 1, ${mutation()}) { __typename } }`,
  'case.resolve': () => `mutation { resolveCase(id: "${id}", outcome: "found", expectedVersion: 1, ${mutation()}) { __typename } }`,
  'case.reopen': () => `mutation { reopenCase(id: "${id}", reason: "x", expectedVersion: 1, ${mutation()}) { __typename } }`,
  'case.note': () => `mutation { addNote(id: "${id}", text: "x", ${mutation()}) { __typename } }`,
  'remedy.read': () => '{ approvals { generatedAt } }',
  'remedy.request': () => `mutation { proposeRemedy(input: { orderId: "${id}", kind: refund, reasonCode: "x", reason: "x", ${mutation()} }) { __typename } }`,
  'remedy.approve': () => `mutation { approveRemedy(id: "${id}", revision: 1, ${mutation()}) { __typename } }`,
  'remedy.decline': () => `mutation { declineRemedy(id: "${id}", revision: 1, reason: "x", ${mutation()}) { __typename } }`,
  'remedy.call_back': () => `mutation { callBackRemedy(id: "${id}", ${mutation()}) { __typename } }`,
  'health.read': () => '{ health { sentence } }',
  'delivery.replay': () => `mutation { replayDeadLetters(ids: [], dryRun: true, ${mutation()}) { tried } }`,
  'report.read': () => '{ report { openCases } }',
};

const TABLES = ['case_item', 'case_history', 'change', 'remedy', 'remedy_approval', 'remedy_ledger', 'order_event', 'order_state', 'inbox'];

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

  const ask = async (subject: string, query: string) => {
    const token = tokens.get(subject);
    if (token) return server.ask(query, {}, null, { authorization: `Bearer ${token}` });
    return server.ask(query, {}, subject === 'anonymous' ? null : await server.signIn(subject));
  };
  const rows = async (): Promise<Record<string, string>> => {
    const sums = TABLES.map((table) => `(select coalesce(md5(string_agg(t::text, '' order by t::text)), '') from ${table} t) as ${table}`);
    return (await server.db.transactions.query<Record<string, string>>(`select ${sums.join(', ')}`))[0] ?? {};
  };

  it('has a request for every action, so that no cell goes untried', () => {
    expect(asked.filter((action) => !REQUESTS[action])).toEqual([]);
  });

  it.each(cells)('%s · %s', async (subject, action) => {
    const before = await rows();
    const answer = await ask(subject, REQUESTS[action]?.() ?? '');
    const code = answer.errors[0]?.extensions.code;
    if (mayDo(subject, action)) {
      expect(['UNAUTHENTICATED', 'FORBIDDEN', 'INTERNAL_SERVER_ERROR', 'GRAPHQL_VALIDATION_FAILED']).not.toContain(code);
    } else {
      expect(code).toBe(subject === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN');
      expect(answer.data === null || Object.values(answer.data).every((value) => value === null)).toBe(true);
      expect(await rows()).toEqual(before);
    }
  });

  it('names an action for every route there is', () => {
    const { routes } = server.application;
    expect(routes.length).toBeGreaterThan(8);
    expect(routes.filter((route) => route.action === undefined || !isAction(route.action))).toEqual([]);
    expect(routes.filter((route) => !route.action?.startsWith('public.'))).toEqual([]);
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

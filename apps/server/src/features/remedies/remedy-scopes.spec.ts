import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { grantOf, type Action, type PersonRole } from '@orderwatch/domain';
import type { RemedyRecord } from '@orderwatch/db';
import { doneBy, RemedyHarness, refundOf } from '../../testing/remedy-harness.js';
import { ShopStandIn } from '../../testing/shop-stand-in.js';
import { startTestServer, type TestServer } from '../../testing/test-server.js';

const ROLES = ['agent', 'lead', 'manager', 'admin'] as const;
const SCOPES = ['own', 'edited', 'other', 'unknown'] as const;
type Scope = (typeof SCOPES)[number];

/** One act, as the matrix names it; what `o` means for it; and how the remedy stands when it is tried. */
interface Tried {
  readonly action: Action;
  readonly own: readonly Scope[];
  readonly all?: readonly Scope[];
  readonly state?: string;
  readonly call: (remedy: Pick<RemedyRecord, 'id' | 'remedy'>) => string;
}

const m = (): string => `mutationId: "${randomUUID()}"`;
const THEIRS: readonly Scope[] = ['other'];
const MINE: readonly Scope[] = ['own'];
const ANY: readonly Scope[] = ['own', 'edited', 'other'];

const ACTS: Readonly<Record<string, Tried>> = {
  approveRemedy: { action: 'remedy.approve', own: THEIRS, call: ({ id }) => `approveRemedy(id: "${id}", revision: 1, amountMinor: 2000, ${m()})` },
  approveBatch: {
    action: 'remedy.batch', own: THEIRS,
    call: ({ id, remedy }) => `approveBatch(items: [{ remedyId: "${id}", revision: 1, amountMinor: 2000, currency: "EUR", factsHash: "${remedy.factsHash}" }], typedCount: 1, ${m()})`,
  },
  declineRemedy: { action: 'remedy.decline', own: THEIRS, call: ({ id }) => `declineRemedy(id: "${id}", revision: 1, reason: "no", ${m()})` },
  askAboutRemedy: { action: 'remedy.ask', own: THEIRS, call: ({ id }) => `askAboutRemedy(id: "${id}", question: "why?", ${m()})` },
  lookUpRemedy: { action: 'remedy.look_up', own: THEIRS, state: `state = 'needs_human'`, call: ({ id }) => `lookUpRemedy(id: "${id}", finding: give_up, reason: "not there", ${m()})` },
  callBackRemedy: { action: 'remedy.call_back', own: [], all: ANY, state: `state = 'approved', execute_after = now() + interval '1 hour'`, call: ({ id }) => `callBackRemedy(id: "${id}", ${m()})` },
  editRemedy: { action: 'remedy.edit', own: MINE, call: ({ id }) => `editRemedy(id: "${id}", revision: 1, input: { amountMinor: 1000, currency: "EUR", reasonCode: "late", reason: "less" }, ${m()})` },
  withdrawRemedy: { action: 'remedy.edit', own: MINE, call: ({ id }) => `withdrawRemedy(id: "${id}", revision: 1, ${m()})` },
  answerAboutRemedy: { action: 'remedy.answer', own: MINE, all: ANY, state: `paused_at = now(), questions = '[{"by":"x","at":1,"text":"why?","answer":null,"answeredBy":null,"answeredAt":null}]'`, call: ({ id }) => `answerAboutRemedy(id: "${id}", answer: "so", ${m()})` },
  retryRemedy: { action: 'remedy.retry', own: MINE, all: ANY, state: `state = 'failed'`, call: ({ id }) => `retryRemedy(id: "${id}", revision: 1, reason: "again", ${m()})` },
};

const CELLS = Object.keys(ACTS).flatMap((act) => ROLES.flatMap((role) => SCOPES.map((scope) => [act, role, scope] as const)));
/** That somebody tried is written down, and nothing else. */
const TABLES = ['remedy', 'remedy_approval', 'remedy_loss', 'case_history', 'change', `audit where action <> 'access.denied'`];
const fieldsOf = (act: string): string => (act === 'approveBatch' ? '{ __typename ... on ApproveBatchDone { approved } }' : '{ __typename }');

/** What is somebody's own, and what is not: each act on a remedy by each role, over GraphQL, as the table says it. */
describe('the role matrix of remedies, by whose it is', () => {
  let server: TestServer;
  let desk: RemedyHarness;
  const people = new Map<string, { readonly id: string; readonly role: PersonRole }>();
  const person = (who: string) => people.get(`${who}@demo.test`) ?? { id: '', role: 'agent' as const };

  beforeAll(async () => {
    server = await startTestServer({ env: { ORDERWATCH_ROLE: 'api' } });
    for (const { email, ...row } of await server.db.transactions.query<{ email: string; id: string; role: PersonRole }>('select email, id::text, role from person')) people.set(email, row);
    await server.db.transactions.query(`insert into connection (name, kind) values ('events', 'events') on conflict do nothing`);
    desk = new RemedyHarness(server.db.transactions, new ShopStandIn());
    desk.feed.now = Date.now();
  });
  afterAll(() => server.close());

  const sums = async (): Promise<unknown> =>
    server.db.transactions.query(`select ${TABLES.map((table) => `(select coalesce(md5(string_agg(t::text, '' order by t::text)), '-') from (select * from ${table}) t)`).join(' || ')} as sums`);

  /** A clean proposal, made to be of that scope for that role. */
  async function standing({ state }: Tried, role: PersonRole, scope: Scope): Promise<Pick<RemedyRecord, 'id' | 'remedy'>> {
    const { orderId } = await desk.paidOrder();
    const { transactions } = server.db;
    await transactions.query('update order_state set customer_id = gen_random_uuid() where order_id = $1', [orderId]);
    const [fact] = await transactions.query<{ fact_id: string }>('select fact_id from order_event where order_id = $1 limit 1', [orderId]);
    const asker = role === 'agent' ? person('lead') : person('agent');
    const made = doneBy(await desk.propose.run(refundOf(orderId, { amountMinor: 2_000, evidenceFactIds: [fact?.fact_id ?? ''] }), asker));
    if (scope === 'own') await transactions.query('update remedy set proposed_by = $2 where id = $1', [made.id, person(role).id]);
    if (scope === 'edited') await transactions.query('update remedy set editors = array[$2::uuid] where id = $1', [made.id, person(role).id]);
    if (state) await transactions.query(`update remedy set ${state} where id = $1`, [made.id]);
    return scope === 'unknown' ? { ...made, id: randomUUID() } : made;
  }

  it.each(CELLS)('%s · %s · %s', async (act, role, scope) => {
    const tried = ACTS[act];
    if (!tried) throw new Error(act);
    const remedy = await standing(tried, role, scope);
    const cookie = await server.signIn(role);
    const before = await sums();
    const { data, errors } = await server.ask(`mutation { answer: ${tried.call(remedy)} ${fieldsOf(act)} }`, {}, cookie);
    const answer = data?.['answer'] as { __typename: string; approved?: number } | null | undefined;
    const grant = grantOf(role, tried.action);
    const given = grant === 'none' ? [] : grant === 'own' ? tried.own : (tried.all ?? ANY);
    if (given.includes(scope)) {
      expect(errors).toEqual([]);
      expect(answer).toEqual(act === 'approveBatch' ? { __typename: 'ApproveBatchDone', approved: 1 } : { __typename: 'RemedyDone' });
      expect(await sums()).not.toEqual(before);
    } else {
      if (grant === 'none') expect(errors[0]?.extensions.code).toBe('FORBIDDEN');
      else expect(answer).toEqual(act === 'approveBatch' ? { __typename: 'ApproveBatchDone', approved: 0 } : { __typename: 'NotAllowed' });
      expect(await sums()).toEqual(before);
    }
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { PersonRole } from '@orderwatch/domain';
import type { RemedyRecord } from '@orderwatch/db';
import { RECENT_SIGN_IN_SECONDS } from '../../../platform/auth/recent-sign-in.js';
import { doneBy, RemedyHarness, refundOf } from '../../../testing/remedy-harness.js';
import { ShopStandIn } from '../../../testing/shop-stand-in.js';
import { startTestServer, type TestServer } from '../../../testing/test-server.js';

const PASSWORD = 'orderwatch-demo';
const ANSWER = '{ __typename ... on NeedsSignIn { reason withinSeconds } ... on RemedyDone { remedy { state approvals { by { email } onBehalfOf { email } } } } ... on NotAllowed { reason } }';

/** What stands before the click: the sign-in, the stead, and the policy. */
describe('letting money go', () => {
  let server: TestServer;
  let desk: RemedyHarness;
  const people = new Map<string, { readonly id: string; readonly role: PersonRole }>();
  const person = (who: string) => people.get(`${who}@demo.test`) ?? { id: '', role: 'agent' as const };
  const mutation = (): string => `mutationId: "${randomUUID()}"`;

  beforeAll(async () => {
    server = await startTestServer({ env: { ORDERWATCH_ROLE: 'api' } });
    for (const { email, ...row } of await server.db.transactions.query<{ email: string; id: string; role: PersonRole }>('select email, id::text, role from person')) people.set(email, row);
    await server.db.transactions.query(`insert into connection (name, kind) values ('events', 'events') on conflict do nothing`);
    desk = new RemedyHarness(server.db.transactions, new ShopStandIn());
    desk.feed.now = Date.now();
  });
  beforeEach(() => server.db.transactions.query(`update session set authenticated_at = now() - make_interval(secs => $1)`, [RECENT_SIGN_IN_SECONDS + 1]));
  afterAll(() => server.close());

  const propose = async (): Promise<RemedyRecord> => doneBy(await desk.propose.run(refundOf((await desk.paidOrder()).orderId), person('agent')));
  const signInAgo = (seconds: number): Promise<unknown> => server.db.transactions.query(`update session set authenticated_at = now() - make_interval(secs => $1)`, [seconds]);
  const approve = async (remedy: RemedyRecord, who = 'manager'): Promise<unknown> => {
    const { data, errors } = await server.ask(`mutation { answer: approveRemedy(id: "${remedy.id}", revision: 1, amountMinor: 5000, ${mutation()}) ${ANSWER} }`, {}, await server.signIn(who));
    return data?.['answer'] ?? errors[0]?.extensions.code;
  };
  const confirm = async (password: string, who = 'manager'): Promise<number> =>
    (await fetch(`${server.url}/api/v1/session/confirm`, { method: 'POST', headers: { 'content-type': 'application/json', cookie: await server.signIn(who) }, body: JSON.stringify({ password }) })).status;

  it('asks for the password when it was given too long ago, does nothing until then, and goes on in the same session', async () => {
    const remedy = await propose();
    await server.signIn('manager');
    await signInAgo(RECENT_SIGN_IN_SECONDS + 1);
    expect(await approve(remedy)).toMatchObject({ __typename: 'NeedsSignIn', withinSeconds: RECENT_SIGN_IN_SECONDS });
    expect((await desk.read(remedy)).decisions).toEqual([]);
    expect(await confirm('wrong')).toBe(403);
    expect(await approve(remedy)).toMatchObject({ __typename: 'NeedsSignIn' });
    expect(await confirm(PASSWORD)).toBe(204);
    expect(await approve(remedy)).toMatchObject({ __typename: 'RemedyDone', remedy: { state: 'approved' } });
    expect((await server.db.transactions.query<{ action: string }>(`select action from audit where actor = $1 and action like 'session.%' order by audit.id`, [person('manager').id])).map((row) => row.action)).toEqual(['session.confirm_failed', 'session.confirm']);
  });

  it('ends the session at the fifth wrong password in a row', async () => {
    const cookie = await server.signIn('manager2');
    const statuses: number[] = [];
    for (const password of ['a', 'b', 'c', 'd', PASSWORD, 'a', 'b', 'c', 'd', 'e']) statuses.push(await confirm(password, 'manager2'));
    expect(statuses).toEqual([403, 403, 403, 403, 204, 403, 403, 403, 403, 401]);
    expect((await server.ask('{ me { id } }', {}, cookie)).errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
    server.forgetSignIns();
  }, 60_000);

  it('counts for that session alone', async () => {
    const remedy = await propose();
    const other = await server.signIn('manager2');
    await signInAgo(RECENT_SIGN_IN_SECONDS + 1);
    expect(await confirm(PASSWORD)).toBe(204);
    expect(await approve(remedy, 'manager2')).toMatchObject({ __typename: 'NeedsSignIn' });
    expect(other).not.toBe(await server.signIn('manager'));
  });

  it.each([
    ['a batch', () => `approveBatch(items: [{ remedyId: "${randomUUID()}", revision: 1, amountMinor: 1, currency: "EUR", factsHash: "x" }], typedCount: 1, ${mutation()})`],
    ['a version of the policy', () => `bringInRemedyPolicy(version: 1, ${mutation()})`],
    ['a delegate', () => `delegate(input: { personId: "${person('lead').id}", reason: "away", from: "2026-01-01T00:00:00Z", until: "2026-01-02T00:00:00Z", ${mutation()} })`],
    ['a cohort', () => `createCohort(input: { cause: "storm", kind: reship, reasonCode: "lost", budgetMinor: 1, currency: "EUR", until: "2099-01-01T00:00:00Z", ${mutation()} })`],
    ['a budget', () => `raiseCohort(id: "${randomUUID()}", expectedVersion: 1, budgetMinor: 5, reason: "x", ${mutation()})`],
  ])('asks it for %s as well', async (_, act) => {
    const cookie = await server.signIn('manager');
    const ask = async (): Promise<unknown> => (await server.ask(`mutation { answer: ${act()} { __typename } }`, {}, cookie)).data?.['answer'];
    await signInAgo(RECENT_SIGN_IN_SECONDS + 1);
    expect(await ask()).toEqual({ __typename: 'NeedsSignIn' });
    await signInAgo(RECENT_SIGN_IN_SECONDS - 60);
    expect(await ask()).not.toEqual({ __typename: 'NeedsSignIn' });
  });

  it('is open to whom a manager named, and shown in their inbox; others are refused by their role', async () => {
    const remedy = await propose();
    await server.signIn('lead');
    await signInAgo(0);
    expect(await approve(remedy, 'lead')).toBe('FORBIDDEN');
    const day = 86_400_000;
    expect(await desk.delegate.name({ personId: person('lead').id, reason: 'Away', from: desk.feed.now - day, until: desk.feed.now + day, mutationId: randomUUID() }, person('manager'))).toMatchObject({ kind: 'done' });
    server.forgetSignIns(); // who asks is remembered for some seconds
    const inbox = '{ approvals { forMe { id waitingSince proposedAt allowedActions { action allowed } } } counts: queue(view: all) { counts { approvals } } }';
    const { data } = await server.ask(inbox, {}, await server.signIn('lead'));
    const page = data as unknown as { approvals: { forMe: { id: string }[] }; counts: { counts: { approvals: number } } };
    expect(page.approvals.forMe).toEqual(expect.arrayContaining([expect.objectContaining({ id: remedy.id })]));
    expect(page.counts.counts.approvals).toBe(page.approvals.forMe.length);
    expect(await approve(remedy, 'lead')).toMatchObject({ __typename: 'RemedyDone', remedy: { approvals: [{ by: { email: 'lead@demo.test' }, onBehalfOf: { email: 'manager@demo.test' } }] } });
  });

  it('tells before the click what a reason needs, and what an exception would come to', async () => {
    const { orderId } = await desk.paidOrder();
    const ask = async (more: string): Promise<{ allowed: boolean; approvalsNeeded: number; checks: { name: string; verdict: string }[] }> => {
      const query = `{ answer: remedyPolicyResult(orderId: "${orderId}", kind: refund, amountMinor: 5000 ${more}) { allowed approvalsNeeded checks { name verdict } } }`;
      return (await server.ask(query, {}, await server.signIn('agent'))).data?.['answer'] as never;
    };
    expect(await ask('')).toMatchObject({ allowed: true });
    const care = await ask('reasonCode: "care"');
    expect(care).toMatchObject({ allowed: false, checks: expect.arrayContaining([{ name: 'Evidence for this reason', verdict: 'fail' }, { name: 'Customer history', verdict: 'fail' }]) });
    expect(await ask('reasonCode: "care", exceptionRules: ["Evidence for this reason", "Customer history"]')).toMatchObject({ allowed: true, approvalsNeeded: 2 });
  });
});

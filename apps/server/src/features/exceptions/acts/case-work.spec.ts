import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiTokenStore, readCase } from '@orderwatch/db';
import { LEASE } from '@orderwatch/domain';
import { hashToken, newToken } from '../../../platform/auth/tokens.js';
import { seedCases, startTestServer, type TestServer } from '../../../testing/test-server.js';

const PARTS = `__typename
  ... on Done { upNext { row { id } } case { row { id version state snoozedUntil snoozeCondition snoozeText owner { name } }
    history { what why actor undone canUndo mutationId } allowedActions { action allowed why } snoozeConditions { id label } } }
  ... on Conflict { message by at } ... on NotAllowed { reason }`;

interface Told {
  readonly __typename: string;
  readonly upNext?: readonly { readonly row: { readonly id: string } }[];
  readonly case?: {
    readonly row: { readonly id: string; readonly version: number; readonly state: string; readonly snoozeText: string | null; readonly owner: { readonly name: string } | null };
    readonly history: readonly { readonly what: string; readonly why: string | null; readonly undone: boolean; readonly canUndo: boolean; readonly mutationId: string | null }[];
    readonly allowedActions: readonly { readonly action: string; readonly allowed: boolean; readonly why: string | null }[];
    readonly snoozeConditions: readonly { readonly id: string }[];
  };
  readonly [more: string]: unknown;
}

describe('work on cases over GraphQL', () => {
  let server: TestServer;
  let now = Date.now();

  beforeAll(async () => {
    server = await startTestServer({ env: { ORDERWATCH_ROLE: 'api' }, clock: { now: () => now } });
  });
  afterAll(() => server.close());

  const act = async (who: string, call: string): Promise<Told> => {
    const { data, errors } = await server.ask(`mutation { it: ${call} { ${PARTS} } }`, {}, await server.signIn(who));
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return (data as { it: Told }).it;
  };
  const fresh = async (n = 1): Promise<string[]> => {
    await server.db.transactions.query('truncate case_item, case_history, change');
    return seedCases(server.db, Array.from({ length: n }, () => ({})), now);
  };
  const at = (orderId: string, version: number, mutationId: string = randomUUID()) => `id: "${orderId}", expectedVersion: ${version}, mutationId: "${mutationId}"`;
  const allowed = (told: Told, action: string) => told.case?.allowedActions.find((each) => each.action === action);
  const mine = async (orderId: string, cookieOf = 'agent') => (await server.ask(`{ it: exceptionCase(id: "${orderId}") { history { what why undone canUndo mutationId } allowedActions { action allowed why } } }`, {}, await server.signIn(cookieOf))).data?.['it'] as Told['case'];

  it('takes a case with the next two along', async () => {
    const all = await fresh(4);
    const told = await act('agent', `nextCase(view: next_up, mutationId: "${randomUUID()}")`);
    expect(told.__typename).toBe('Done');
    const given = [told.case?.row.id, ...(told.upNext ?? []).map(({ row }) => row.id)];
    expect(new Set(given).size).toBe(3);
    expect(all).toEqual(expect.arrayContaining(given));
  });

  it('says in the row what it waits for, and what else it could have', async () => {
    const [orderId = ''] = await fresh();
    const until = new Date(now + 3_600_000).toISOString();
    const refused = await act('agent', `snoozeCase(until: "${until}", condition: feed_speaks, ${at(orderId, 1)})`);
    expect(refused).toMatchObject({ __typename: 'NotAllowed' });
    const mutationId = randomUUID();
    const told = await act('agent', `snoozeCase(until: "${until}", ${at(orderId, 1, mutationId)})`);
    expect(told).toMatchObject({ __typename: 'Done', upNext: [], case: { row: { state: 'snoozed', snoozedUntil: until, snoozeCondition: null, snoozeText: null } } });
    expect(told.case?.snoozeConditions.map(({ id }) => id)).toEqual(['carrier_scan', 'delivery', 'customer_writes', 'warehouse_news', 'refund_settled']);
    expect(told.case?.history[0]).toEqual({ what: 'Snoozed', why: null, actor: 'Ana Ruiz', undone: false, canUndo: true, mutationId });
  });

  it('strikes what was taken back, and offers that to nobody else', async () => {
    const [orderId = ''] = await fresh();
    const mutationId = randomUUID();
    await act('agent', `resolveCase(outcome: "moved_again", note: "Mrs. Keller called", ${at(orderId, 1, mutationId)})`);
    expect((await mine(orderId, 'agent2'))?.history[0]).toMatchObject({ canUndo: false, mutationId: null });
    expect((await mine(orderId, 'agent2'))?.allowedActions).toContainEqual({ action: 'undo', allowed: false, why: 'You have done nothing here that can be taken back.' });
    expect((await mine(orderId))?.allowedActions).toContainEqual({ action: 'undo', allowed: true, why: null });
    expect(await act('agent2', `undoAct(mutationId: "${mutationId}")`)).toMatchObject({ __typename: 'NotAllowed', reason: 'Only who did it can take it back.' });
    const told = await act('agent', `undoAct(mutationId: "${mutationId}")`);
    expect(told).toMatchObject({ __typename: 'Done', case: { row: { state: 'new' } } });
    expect(told.case?.history.map(({ what, why, undone }) => [what, why, undone])).toEqual([['Took back', 'resolved as moved again', false], ['Resolved', 'Moved again: Mrs. Keller called', true]]);
    expect(await act('agent', `undoAct(mutationId: "${mutationId}")`)).toMatchObject({ __typename: 'Done' });
    expect(await act('agent', `undoAct(mutationId: "${randomUUID()}")`)).toMatchObject({ __typename: 'NotAllowed' });
  });

  it('offers taking over to leads while somebody works on it, and hides what people wrote from programs', async () => {
    const [orderId = ''] = await fresh();
    const claimed = await act('agent', `claimCase(${at(orderId, 1)})`);
    expect(allowed(claimed, 'take_over')).toEqual({ action: 'take_over', allowed: false, why: 'Nobody else works on it.' });
    expect(allowed(claimed, 'assign')?.allowed).toBe(true);
    expect((await mine(orderId, 'agent2'))?.allowedActions).toContainEqual({ action: 'take_over', allowed: false, why: 'Only a lead or manager takes over before the claim has run out.' });
    expect((await mine(orderId, 'agent2'))?.allowedActions).toContainEqual({ action: 'assign', allowed: false, why: 'Somebody else works on it right now.' });
    expect((await mine(orderId, 'lead'))?.allowedActions).toContainEqual({ action: 'take_over', allowed: true, why: null });
    const lost = await act('agent2', `claimCase(${at(orderId, 1)})`);
    expect(lost).toMatchObject({ __typename: 'Conflict', by: 'Ana Ruiz', at: new Date(now).toISOString() });
    const { data } = await server.ask('{ me { id } }', {}, await server.signIn('lead'));
    const leadId = (data as { me: { id: string } }).me.id;
    const taken = await act('lead', `assignCase(personId: "${leadId}", reason: "Ana is ill", ${at(orderId, 2)})`);
    expect(taken.case).toMatchObject({ row: { owner: { name: 'Lea Novak' } }, history: [{ what: 'Taken over', why: 'Ana is ill' }, {}] });
    const token = newToken('api');
    await new ApiTokenStore(server.db.transactions).add('a program', 'read', hashToken(token));
    const seen = await server.ask(`{ exceptionCase(id: "${orderId}") { history { what why mutationId } } }`, {}, null, { authorization: `Bearer ${token}` });
    expect(JSON.stringify(seen.data)).not.toContain('ill');
  });

  it('hands over, keeps a claim, and tells that one was lost', async () => {
    const [first = '', second = ''] = await fresh(2);
    await act('agent', `claimCase(${at(first, 1)})`);
    await act('agent', `claimCase(${at(second, 1)})`);
    const ask = async (who: string, query: string) => (await server.ask(query, {}, await server.signIn(who))).data as Record<string, unknown>;
    const renew = `mutation { it: renewClaim(id: "${first}") { __typename ... on ClaimLease { leaseUntil } ... on ClaimLost { message by } } }`;
    now += 60_000;
    expect(await ask('agent', renew)).toEqual({ it: { __typename: 'ClaimLease', leaseUntil: new Date(now + LEASE).toISOString() } });
    expect(await ask('agent2', renew)).toEqual({ it: { __typename: 'ClaimLost', message: 'Ana Ruiz has it now.', by: 'Ana Ruiz' } });
    const { me } = (await ask('agent', '{ me { id } }')) as { me: { id: string } };
    const handOver = (note: string, mutationId: string) => ask('lead', `mutation { it: handOver(fromPersonId: "${me.id}", note: "${note}", mutationId: "${mutationId}") { __typename ... on HandOverDone { items { id number done message } } ... on NotAllowed { reason } } }`);
    expect(await handOver(' ', randomUUID())).toEqual({ it: { __typename: 'NotAllowed', reason: 'Say what the next one should know.' } });
    const mutationId = randomUUID();
    const handed = (await handOver('gone home', mutationId)) as { it: { items: { id: string; number: string; done: boolean; message: string | null }[] } };
    expect(handed.it.items.map(({ id, done }) => [id, done]).sort()).toEqual([[first, true], [second, true]].sort());
    expect(handed.it.items[0]?.number).toMatch(/^EX-\d+$/);
    expect(await ask('agent', renew)).toMatchObject({ it: { __typename: 'ClaimLost', by: null } });
    expect(await act('lead', `undoAct(mutationId: "${mutationId}")`)).toMatchObject({ __typename: 'Done', case: null });
    expect((await readCase(server.db.transactions, second))?.owner?.name).toBe('Ana Ruiz');
  });

  it('lists what should have woken and did not, and counts it for those who watch', async () => {
    const [orderId = ''] = await fresh();
    await act('agent', `snoozeCase(until: "${new Date(now + 3_600_000).toISOString()}", ${at(orderId, 1)})`);
    const past = async () => (await server.ask('{ snoozesPastDue { id } }', {}, await server.signIn('agent'))).data;
    const gauge = async () => /^orderwatch_snoozes_past_due (\S+)/m.exec(await (await fetch(`${server.url}/metrics`)).text())?.[1];
    now += 3_600_000 + 59_000;
    expect([await past(), await gauge()]).toEqual([{ snoozesPastDue: [] }, '0']);
    now += 1_000;
    expect([await past(), await gauge()]).toEqual([{ snoozesPastDue: [{ id: orderId }] }, '1']);
  });
});

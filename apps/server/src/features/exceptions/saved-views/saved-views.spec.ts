import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verifyAudit } from '@orderwatch/db';
import { seedCases, startTestServer, type TestServer } from '../../../testing/test-server.js';
import { readQuery, writeQuery } from './saved-view-query.js';
import { QueueView } from '../queue/queue.types.js';

interface Answer {
  readonly __typename: string;
  readonly view?: { readonly id: string; readonly version: number; readonly canChange: boolean; readonly isTeam: boolean; readonly query: unknown } | null;
  readonly reason?: string;
  readonly message?: string;
  readonly by?: string | null;
}

describe('saved views', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer({ env: { ORDERWATCH_ROLE: 'api' } });
  });
  afterAll(() => server.close());

  const answer = '{ __typename ... on SavedViewDone { view { id version canChange isTeam query } } ... on SavedViewConflict { message by view { id version canChange isTeam query } } ... on NotAllowed { reason } }';
  const mutate = async (who: string, call: string, variables: object = {}): Promise<Answer> => {
    const { data, errors } = await server.ask(`mutation ${call.includes('$input') ? '($input: SavedViewInput!)' : ''} { it: ${call} ${answer} }`, variables, await server.signIn(who));
    if (errors.length > 0) throw new Error(errors[0]?.message);
    return data?.['it'] as Answer;
  };
  const input = (name: string, more: object = {}) => ({ input: { name, query: { view: 'late', filter: { carriers: ['dhl'], owner: 'nobody', openedFrom: '2026-01-01T00:00:00.000Z' }, sort: 'due', columns: ['due', 'why'], ...more } } });
  const create = (who: string, name: string, more: object = {}, mutationId = randomUUID()) => mutate(who, `createView(input: $input, mutationId: "${mutationId}")`, input(name, more));
  const on = (view: Answer, version = view.view?.version ?? 0) => `id: "${view.view?.id ?? ''}", expectedVersion: ${version}, mutationId: "${randomUUID()}"`;
  const seen = async (who: string) => (await server.ask('{ savedViews { views { name isTeam canChange query } pinned } }', {}, await server.signIn(who))).data?.['savedViews'] as { views: { name: string; isTeam: boolean; canChange: boolean }[]; pinned: string[] };
  const names = async (who: string) => (await seen(who)).views.map((view) => view.name);

  it('are addresses: what is saved comes back, without what says nothing', async () => {
    const made = await create('agent', '  Late   at DHL ');
    expect(made.view?.query).toEqual({ view: 'late', filter: { carriers: ['dhl'], owner: 'nobody', openedFrom: '2026-01-01T00:00:00.000Z' }, sort: 'due', columns: ['due', 'why'] });
    expect(await names('agent')).toContain('Late at DHL');
    expect(await names('agent2')).not.toContain('Late at DHL');
    expect(await create('agent', 'late at dhl')).toMatchObject({ __typename: 'NotAllowed', reason: 'There is a view of that name already.' });
    expect(await create('agent', 'odd', { sort: 'due; drop' })).toMatchObject({ __typename: 'NotAllowed' });
    expect(await create('agent', ' ')).toMatchObject({ __typename: 'NotAllowed' });
    await expect(create('agent', 'x', { view: 'nonsense' })).rejects.toThrow();
    const text = writeQuery({ view: QueueView.all, filter: { rules: [], openedTo: new Date(5) } }) ?? '';
    expect(JSON.parse(text)).toEqual({ view: 'all', filter: { openedTo: '1970-01-01T00:00:00.005Z' } });
    expect(readQuery(text)).toEqual({ view: 'all', filter: { openedTo: new Date(5) } });
  });

  it('are made and changed once per id, and upon the version that was seen', async () => {
    const id = randomUUID();
    const [first, second] = [await create('agent', 'Once', {}, id), await create('agent', 'Once', {}, id)];
    expect(second.view?.id).toBe(first.view?.id);
    const update = `updateView(${on(first)}, input: $input)`;
    expect(await mutate('agent', update, input('Twice'))).toMatchObject({ __typename: 'SavedViewDone', view: { version: 2 } });
    expect(await mutate('agent', update, input('Twice'))).toMatchObject({ __typename: 'SavedViewDone', view: { version: 2 } });
    expect(await mutate('agent', `updateView(${on(first)}, input: $input)`, input('Thrice'))).toMatchObject({ __typename: 'SavedViewConflict', message: 'It changed since you saw it.', by: 'Ana Ruiz', view: { version: 2 } });
    // Nobody else's business: not even that it is there.
    expect(await mutate('lead', `updateView(${on(first, 2)}, input: $input)`, input('Mine now'))).toMatchObject({ __typename: 'SavedViewConflict', message: 'There is no such view.', view: null });
    expect(await mutate('agent', `deleteView(${on(first, 1)})`)).toMatchObject({ __typename: 'SavedViewConflict' });
    const gone = `deleteView(${on(first, 2)})`;
    for (const _ of [1, 2]) expect(await mutate('agent', gone)).toMatchObject({ __typename: 'SavedViewDone', view: null });
  });

  it("of the team are made by leads and managers, seen by all, and audited", async () => {
    const mine = await create('lead', 'Handover');
    await expect(mutate('agent', `shareView(${on(mine)}, purpose: "x")`)).rejects.toThrow('Your role does not allow this.');
    expect(await mutate('lead', `shareView(${on(mine)}, purpose: "  ")`)).toMatchObject({ __typename: 'NotAllowed' });
    const shared = await mutate('lead', `shareView(${on(mine)}, purpose: "What the night leaves behind")`);
    expect(shared).toMatchObject({ view: { isTeam: true, canChange: true } });
    expect((await seen('agent')).views.find((view) => view.name === 'Handover')).toMatchObject({ isTeam: true, canChange: false });
    expect(await mutate('agent', `updateView(${on(shared)}, input: $input)`, input('Mine'))).toMatchObject({ __typename: 'NotAllowed', reason: 'Leads and managers change the views of the team.' });
    expect(await mutate('manager', `updateView(${on(shared)}, input: $input)`, input('Handover'))).toMatchObject({ __typename: 'NotAllowed', reason: 'Say in one line what it is for.' });
    const other = await create('manager', 'Handover');
    expect(await mutate('manager', `shareView(${on(other)}, purpose: "again")`)).toMatchObject({ __typename: 'NotAllowed', reason: 'There is a view of that name already.' });
    await mutate('manager', `unshareView(${on(shared)})`);
    expect(await names('agent')).not.toContain('Handover');
    expect(await server.db.transactions.query(`select action from audit where action like 'view.%' order by id`)).toEqual([{ action: 'view.share' }, { action: 'view.unshare' }]);
    expect(await verifyAudit(server.db.transactions)).toBeNull();
  });

  it('are pinned twelve at most, and counted up to a cap in one statement', async () => {
    await seedCases(server.db, [...Array.from({ length: 120 }, () => ({ rule: 'lost' })), { rule: 'promise_missed' }, { rule: 'promise_missed' }]);
    const ids: string[] = [];
    for (let i = 0; i < 14; i += 1) ids.push((await create('agent2', `View ${i}`, i === 0 ? { view: 'all', filter: null } : i === 1 ? { view: 'late', filter: null } : i === 2 ? { view: 'all', filter: { text: 'nothing-like-it' } } : { view: 'mine', filter: null })).view?.id ?? '');
    const foreign = (await create('agent', 'Not yours')).view?.id ?? '';
    const cookie = await server.signIn('agent2');
    const pinned = (await server.ask('mutation ($ids: [ID!]!) { pinViews(ids: $ids) }', { ids: [foreign, ...ids.slice(0, 3), ids[1], ...ids.slice(3)] }, cookie)).data?.['pinViews'];
    expect(pinned).toEqual(ids.slice(0, 11));
    const counts = (await server.ask('{ savedViewCounts { id count capped } }', {}, cookie)).data?.['savedViewCounts'] as object[];
    expect(counts.slice(0, 4)).toEqual([{ id: ids[0], count: 100, capped: true }, { id: ids[1], count: 2, capped: false }, { id: ids[2], count: 0, capped: false }, { id: ids[3], count: 0, capped: false }]);
    expect((await seen('agent')).pinned).toEqual([]);
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeAudit, type Transactions } from '@orderwatch/db';
import { createTestDatabase, type TestDatabase } from '@orderwatch/db/testing';
import type { PersonPrincipal } from '../../platform/auth/principal.js';
import { ShowAudit } from './show-audit.service.js';

const NOW = Date.UTC(2026, 10, 21, 12);
const DAY = 86_400_000;
const [ORDER, OTHER, REFUND, RESHIP] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
const person = (name: string, role: PersonPrincipal['role']): PersonPrincipal => ({ kind: 'person', id: randomUUID(), name, email: `${name}@x.test`, role }) as PersonPrincipal;
const [ana, clara, jonas] = [person('Ana Ruiz', 'agent'), person('Clara', 'manager'), person('Jonas', 'admin')];

describe('the audit, searched', () => {
  let database: TestDatabase;
  let db: Transactions;
  let showing: ShowAudit;

  beforeAll(async () => {
    database = await createTestDatabase();
    db = database.transactions;
    showing = new ShowAudit(db, { now: () => NOW });
    for (const { id, name, email, role } of [ana, clara, jonas]) await db.query('insert into person (id, email, name, role) values ($1, $2, $3, $4)', [id, email, name, role]);
    for (const [id, name] of [[ORDER, '#10482'], [OTHER, '#10490']]) await db.query(`insert into order_state (order_id, home, home_id, name, version, config_version, state, announced) values ($1, 'events', $2, $2, 1, 1, '{}', true)`, [id, name]);
    const remedy = (id: string, orderId: string, kind: string, minor: number, currency: string) => db.query(
      `insert into remedy (order_id, id, kind, state, amount_minor, currency, reason_code, reason, facts_hash, facts, idempotency_key, proposed_by, proposed_at) values ($1, $2, $3, 'proposed', $4, $5, 'lost', 'x', 'h', '{}', $6, $7, now())`,
      [orderId, id, kind, minor, currency, randomUUID(), ana.id]);
    await remedy(REFUND, ORDER, 'refund', 12_900, 'EUR');
    await remedy(RESHIP, OTHER, 'reship', 129, 'JPY');
    const write = (actor: string, action: string, target: string, daysAgo: number, detail: object) => db.run((tx) => writeAudit(tx, { actor, action, target, at: NOW - daysAgo * DAY, detail: detail as Record<string, unknown> }));
    await write('operator', 'user.add', ana.id, 30, { email: 'ana@x.test' });
    await write(jonas.id, 'policy.draft', '1', 9, { note: 'Too much is asked for' });
    await write(ana.id, 'remedy.propose', REFUND, 3, { amount: { minor: 12_900, currency: 'EUR' }, reason: '100% lost_in Linz' });
    await write(clara.id, 'remedy.approved', REFUND, 2, { amount: { minor: 12_900, currency: 'EUR' }, before: { minor: 13_000, currency: 'EUR' }, reason: null, request: 'req-7', policyVersion: 3, onBehalfOf: jonas.id });
    await write(ana.id, 'remedy.propose', RESHIP, 1, { amount: { minor: 129, currency: 'JPY' }, reason: 'Broken' });
    await write('system', 'remedy.lapsed', RESHIP, 0, { expiresAt: NOW });
    await db.query(`insert into case_history (order_id, at, actor, what, why) values ($1, $2, 'rule:no_movement', 'opened', 'no_movement|order||17'), ($1, $3, $4, 'proposed', 'lost'), ($1, $5, $4, 'noted', 'Erin called')`,
      [ORDER, new Date(NOW - 4 * DAY), new Date(NOW - 3 * DAY), ana.id, new Date(NOW - DAY / 2)]);
  });
  afterAll(() => database.drop());

  const find = async (query: string, who = jonas) => (await showing.search(query, null, 100, who)).entries.map((entry) => `${entry.actor} ${entry.action}`);

  it.each([
    ['actor:ana', ['Ana Ruiz reship.propose', 'Ana Ruiz refund.propose']], ['actor:system', ['system reship.lapsed']], ['action:refund.*', ['Clara refund.approved', 'Ana Ruiz refund.propose']],
    ['action:remedy.propose actor:ana -action:reship.*', ['Ana Ruiz refund.propose']], ['amount:>100 action:*.propose', ['Ana Ruiz reship.propose', 'Ana Ruiz refund.propose']], ['amount:>129', []], ['amount:129..129 currency:jpy', ['system reship.lapsed', 'Ana Ruiz reship.propose']],
    ['order:10482', ['Clara refund.approved', 'Ana Ruiz refund.propose']], ['order:99999', []], ['since:2026-11-19 until:2026-11-19', ['Clara refund.approved']], ['since:36h -order:10482', ['system reship.lapsed', 'Ana Ruiz reship.propose']],
    ['100% lost_in', ['Ana Ruiz refund.propose']], ['"100% lost"', ['Ana Ruiz refund.propose']], ['l%t', []], ['lost-in', []], ['-result:ok', ['system reship.lapsed']], ['result:failed', []], ['request:req-7', ['Clara refund.approved']], ['-request:req-7 action:refund.*', ['Ana Ruiz refund.propose']], ['too MUCH', ['Jonas policy.draft']], ['#10482 clara', ['Clara refund.approved']],
  ])('%s', async (query, expected) => expect(await find(query)).toEqual(expected));

  it('is read as far as the role goes, whatever is asked for', async () => {
    expect(await find('', ana)).toEqual(['Ana Ruiz reship.propose', 'Ana Ruiz refund.propose']);
    expect(await find('actor:clara', ana)).toEqual([]);
    expect(await find('', clara)).toEqual(['system reship.lapsed', 'Ana Ruiz reship.propose', 'Clara refund.approved', 'Ana Ruiz refund.propose', 'Jonas policy.draft']);
    expect(await find('')).toHaveLength(6);
  });

  it('comes in pages, and says what of the question it did not understand', async () => {
    const first = await showing.search('status:ok', null, 4, jonas);
    expect(first).toMatchObject({ problems: [expect.stringContaining('There is no status')], scope: 'all', chain: { checkedAt: null } });
    const second = await showing.search('', first.next ?? null, 4, jonas);
    expect([first.entries.length, second.entries.length, second.next]).toEqual([4, 2, null]);
    expect(second.entries[1]).toMatchObject({ action: 'user.add', actor: 'operator' });
  });

  it('says which condition keeps everything out, and counts what came since without moving anything', async () => {
    expect(await showing.search('actor:clara amount:>500 result:ok', null, 100, jonas)).toMatchObject({ entries: [], excluding: ['amount:>500'], tooWide: false });
    expect((await showing.search('amount:>500 actor:nobody', null, 100, jonas)).excluding).toEqual([]);
    expect((await showing.search('actor:clara', null, 100, ana)).excluding).toEqual(['actor:clara']);
    const [newest] = (await showing.search('action:refund.*', null, 100, jonas)).entries;
    expect(newest).toMatchObject({ changes: [{ name: 'amount', before: 'EUR 130.00', after: 'EUR 129.00' }], policyVersion: '3', onBehalfOf: 'Jonas', result: 'ok', request: 'req-7' });
    expect((await showing.newer('', newest?.id ?? '', jonas)).count).toBe(2);
    expect((await showing.newer('action:refund.*', newest?.id ?? '', jonas)).count).toBe(0);
  });

  it('shows what is left of an entry that somebody spoiled', async () => {
    await db.query(`alter table audit disable trigger audit_append_only; update audit set detail = '{"amount"' where action = 'policy.draft'; alter table audit enable trigger audit_append_only`);
    expect((await showing.search('action:policy.* -amount:>1', null, 100, jonas)).entries).toMatchObject([{ action: 'policy.draft', detail: {}, reason: null }]);
  });

  it('tells an order its whole story, each thing once', async () => {
    const story = async (who: PersonPrincipal) => (await showing.story(ORDER, who)).map((entry) => `${entry.actor} ${entry.action}`);
    expect(await story(clara)).toEqual(['rule:no_movement case.opened', 'Ana Ruiz refund.propose', 'Clara refund.approved', 'Ana Ruiz case.noted']);
    expect(await story(ana)).toEqual(['rule:no_movement case.opened', 'Ana Ruiz refund.propose', 'Ana Ruiz case.noted']);
    expect((await showing.story(ORDER, clara))[0]).toMatchObject({ reason: 'no movement', source: 'case' });
    expect((await showing.story(ORDER, clara))[1]).toMatchObject({ orderName: '#10482', amount: { minor: 12_900, currency: 'EUR' }, reason: '100% lost_in Linz', remedyNumber: expect.stringMatching(/^AP-/) });
  });
});

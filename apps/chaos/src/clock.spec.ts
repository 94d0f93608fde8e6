import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { orderIdOf } from '@orderwatch/connectors';
import { createTestDatabase } from '@orderwatch/db/testing';
import { disturb, historyTexts, inOrder, Random, tell, tellings } from '@orderwatch/rig';
import { Desk } from './clock-desk.js';
import { Installation } from './clock-installation.js';
import { closeOrders, trackerTelling, type Close } from './clock-orders.js';
import { type Scenario, scenarios } from './clock-scenarios.js';
import { Shop } from './clock-shop.js';
import { operator, type Verified } from './convergence-picture.js';
import { figure, ordeal, SEED } from './figures.js';

const ROUNDS = figure({ full: 30, test: 6 });
/** Rounds that go on at the same time, each with a database and processes of its own: mostly they wait for what is due. */
const AT_ONCE = 2;
/** Events of long ago in each round. */
const EVENTS = 300;
const HOLD_SECONDS = 3;
/** Seconds that a signed timestamp may be off (Standard Webhooks). */
const TOLERANCE_MS = 300_000;
/** What two looks at one clock may differ by on a machine that is busy. */
const GRACE_MS = 1_000;
const LEASE_MS = 20 * 60_000;

const folder = mkdtempSync(join(tmpdir(), 'orderwatch-clock-'));
let shop: Shop;

beforeAll(async () => {
  shop = await Shop.start(join(folder, 'ledger.jsonl'));
});
afterAll(() => {
  shop.stop();
  rmSync(folder, { recursive: true, force: true });
});

const idOf = (subject: string): string => orderIdOf('events', subject);

/** The digest of the same events, told to one process whose clock is right. */
async function trueDigest(texts: readonly string[], prefix: string): Promise<string> {
  const database = await createTestDatabase();
  const file = join(folder, `${prefix}.jsonl`);
  try {
    writeFileSync(file, texts.join('\n'));
    await operator(database.url, 'import', file);
    return (await operator<Verified>(database.url, 'verify')).json.digest;
  } finally {
    await database.drop();
  }
}

/** Whose clock is more than five minutes off must refuse what is stamped rightly; whose is not must take it. */
async function checkSignatures(house: Installation, round: string): Promise<void> {
  const event = (id: string) => ({ message: { connection: 'events' as const, body: Buffer.from(JSON.stringify({ specversion: '1.0', id, source: 'clock', type: 'order.held', subject: `${round}-signed`, time: '2026-01-05T08:00:00Z', data: {} })) }, id, events: 1 });
  for (const [name, server, clock] of [['door', house.door, house.clocks.door], ['all', house.all, house.clocks.all]] as const) {
    const isOff = Math.abs(clock.offset) > TOLERANCE_MS;
    const { refused } = await tell([event(`${round}-${name}`)], { ports: [server.port], connections: 1 });
    expect({ name, refused }).toEqual({ name, refused: isOff ? { 401: 1 } : {} });
    // Carriers sign no timestamp.
    expect(await tell([trackerTelling(`${round}${name}`, Date.now())], { ports: [server.port], connections: 1 })).toMatchObject({ refused: {}, putOff: 0 });
  }
}

/** Claims at both servers; nobody else gets a case whose lease is alive, and no worker ends it. */
async function checkLeases(house: Installation, close: Close, jump: () => void): Promise<void> {
  const [first = '', second = '', third = ''] = close.over.map(idOf);
  const version = async (id: string): Promise<number> => (await house.rows<{ version: number }>('select version from case_item where order_id = $1', [id]))[0]?.version ?? 0;
  const ana = await Desk.signIn(house.door.url, 'agent@demo.test');
  const ben = await Desk.signIn(house.all.url, 'agent2@demo.test');
  expect(await ana.claim(first, await version(first))).toEqual({ __typename: 'Done' });
  expect(await ben.claim(second, await version(second))).toEqual({ __typename: 'Done' });
  for (const { ms } of await house.rows<{ ms: number }>(`select (extract(epoch from lease_until - clock_timestamp()) * 1000)::float8 as ms from case_item where state = 'claimed'`)) {
    expect(Math.abs(ms - LEASE_MS)).toBeLessThan(60_000);
  }
  jump();
  // A lease that has ended is ended, several times over: by then every worker has looked.
  for (let i = 0; i < 3; i += 1) {
    await ana.claim(third, await version(third));
    await house.rows(`update case_item set lease_until = clock_timestamp() - interval '1 second' where order_id = $1`, [third]);
    await house.until('a lease that is over ends', `select 1 from case_item where order_id = $1 and state = 'new'`, [third]);
  }
  expect((await ana.at(house.all.url).claim(second, await version(second))).__typename).toBe('Conflict');
  expect((await ben.at(house.door.url).claim(first, await version(first))).__typename).toBe('Conflict');
  expect((await ben.claim(first, await version(first))).__typename).toBe('Conflict');
  expect(await house.rows(`select what, order_id from case_history where what in ('lease_ended', 'released') and order_id = any($1::uuid[])`, [[first, second]])).toEqual([]);
  expect(await house.rows(`select state from case_item where order_id = any($1::uuid[])`, [[first, second]])).toEqual([{ state: 'claimed' }, { state: 'claimed' }]);
}

/** One refund is approved at each server: each is executed once, and not before its hold is over. */
async function checkRemedies(house: Installation, close: Close): Promise<void> {
  const subjects = close.not.slice(0, 2);
  const approved = new Map<string, number>();
  for (const [i, url] of [house.door.url, house.all.url].entries()) {
    const subject = subjects[i] ?? '';
    const remedy = await (await Desk.signIn(url, 'lead@demo.test')).propose(idOf(subject), 500);
    const manager = await Desk.signIn(url, 'manager@demo.test');
    approved.set(subject, Date.now());
    expect(await manager.approve(remedy, 500)).toEqual({ __typename: 'RemedyDone' });
  }
  await house.until('every refund is executed', `select 1 from remedy having count(*) = ${subjects.length} and bool_and(state in ('executed', 'confirmed'))`);
  const effects = (await shop.effects()).filter((effect) => subjects.includes(effect.orderId));
  expect(effects.map((effect) => effect.orderId).sort()).toEqual([...subjects].sort());
  for (const effect of effects) expect(Date.parse(effect.at) - (approved.get(effect.orderId) ?? 0)).toBeGreaterThanOrEqual(HOLD_SECONDS * 1000 - GRACE_MS);
}

/** What is due opens, once, and not before its time; what is not stays shut. */
async function checkDeadlines(house: Installation, close: Close): Promise<void> {
  await house.until('what is due opens', `select 1 from case_item where order_id = any($1::uuid[]) and 'no_movement' = any(rules) having count(*) = ${close.soon.size}`, [[...close.soon.keys()].map(idOf)]);
  const found = await house.rows<{ order_id: string; at: Date }>(`select order_id, at from seen where what = 'opened' and order_id = any($1::uuid[])`, [[...close.soon.keys()].map(idOf)]);
  for (const [subject, instant] of close.soon) expect((found.find((row) => row.order_id === idOf(subject))?.at.getTime() ?? 0) - instant).toBeGreaterThanOrEqual(-GRACE_MS);
  const opened = await house.rows<{ order_id: string; count: number }>(
    `select order_id, count(*)::int as count from case_history where what in ('opened', 'reopened', 'closed', 'cleared') and order_id = any($1::uuid[]) group by 1`, [[...close.over, ...close.soon.keys(), ...close.not].map(idOf)]);
  expect(opened.filter((row) => row.count > 1)).toEqual([]);
  expect(opened.map((row) => row.order_id).sort()).toEqual([...close.over, ...close.soon.keys()].map(idOf).sort());
  expect(await house.rows('select connection from feed_silence')).toEqual([]);
}

async function play(scenario: Scenario, round: number): Promise<void> {
  const prefix = `K${SEED}-${round}`;
  const past = historyTexts(EVENTS, { seed: `${SEED}-${round}`, prefix: `${prefix}-` }).texts;
  const house = await Installation.start(scenario, { ...shop.environment, ORDERWATCH_REMEDY_HOLD_SECONDS: String(HOLD_SECONDS) });
  try {
    const door = { ports: [house.door.port], connections: 4 };
    const processed = (): Promise<void> => house.until('everything is processed', `select 1 where not exists (select 1 from inbox where state = 'new')`);
    expect(await tell(tellings(past, disturb(past.length, prefix), prefix, [1, 1, 10]), door)).toMatchObject({ refused: {} });
    // Each order in one piece, in a request and in a batch of the processor: half of one may look as if something were wrong.
    await processed();
    const close = closeOrders(Date.now(), prefix);
    expect(await tell(tellings(close.texts, inOrder(close.texts.length), `${prefix}-close`, [close.textsEach]), door)).toMatchObject({ refused: {} });
    // The last process comes late: feeds have spoken, and it must not think them silent.
    await house.worker.start();
    await processed();
    await house.until('what is over is open', `select 1 from case_item where order_id = any($1::uuid[]) having count(*) = ${close.over.length}`, [close.over.map(idOf)]);
    const verified = await operator<Verified>(house.database.url, 'verify');
    expect(verified.json).toMatchObject({ mismatches: 0, digest: await trueDigest([...past, ...close.texts], prefix) });
    await checkLeases(house, close, () => scenario.during?.(house.clocks));
    await checkRemedies(house, close);
    await checkDeadlines(house, close);
    await checkSignatures(house, prefix);
    expect(await house.stop()).toEqual([0, 0, 0]);
    expect((await operator<Verified>(house.database.url, 'verify')).json.mismatches).toBe(0);
  } finally {
    await house.drop();
  }
}

describe('clock', () => {
  const rounds = Array.from({ length: ROUNDS }, (_, round) => {
    const all = scenarios(new Random('clock', SEED, round));
    return all[round % all.length];
  });
  const begun = new Map<number, Promise<void>>();
  const begin = (round: number): void => {
    const scenario = rounds[round];
    if (!scenario || begun.has(round)) return;
    const work = play(scenario, round);
    // Whether it went well its own test says, later.
    work.catch(() => undefined);
    begun.set(round, work);
  };
  for (const [round, scenario] of rounds.entries()) {
    if (!scenario) continue;
    ordeal(`${round + 1}: ${scenario.name}`, async () => {
      for (let ahead = 0; ahead < AT_ONCE; ahead += 1) begin(round + ahead);
      await begun.get(round);
    }, 'clock');
  }
  // One that was begun ahead of a test that failed still has processes to end.
  afterAll(() => Promise.allSettled(begun.values()).then(() => undefined), 300_000);
});

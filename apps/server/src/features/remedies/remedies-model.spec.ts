import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { defaultRemedyPolicy } from '@orderwatch/domain';
import { verifyAudit } from '@orderwatch/db';
import { createTestDatabase, type TestDatabase } from '@orderwatch/db/testing';
import { addStaff, RemedyHarness, type People } from '../../testing/remedy-harness.js';
import { ShopStandIn } from '../../testing/shop-stand-in.js';
import { fixedPolicy } from './policy/remedy-policy.js';
import { ASKING, COMMANDS, settle } from './model/commands.js';
import { World, type Model } from './model/world.js';

const isFull = process.env['ORDERWATCH_CHAOS'] === 'full';
const RUNS = Number(process.env['REPEAT'] ?? (isFull ? 10_000 : 500));
const LONGEST = isFull ? 24 : 14;
const HOUR = 3_600_000;
/** All runs are of one day. */
const NO_DAYS = fixedPolicy({ ...defaultRemedyPolicy, approveWithinDay: Number.MAX_SAFE_INTEGER });

/** A run is an order of its own in the same database, so that a run costs no more than what it does. */
describe('remedies, whatever happens in whatever order', () => {
  const shop = new ShopStandIn();
  let database: TestDatabase;
  let people: People;

  beforeAll(async () => {
    database = await createTestDatabase();
    await shop.start();
    people = await addStaff(database.transactions);
  });
  afterAll(async () => {
    await shop.stop();
    await database.drop();
  });

  async function setUp(): Promise<{ model: Model; real: World }> {
    shop.trouble = 'none';
    shop.effects.length = 0;
    await database.transactions.query(`update person set role = 'manager' where name = any($1) and role <> 'manager'`, [['clara', 'tomas', 'dora']]);
    // Nor do those of earlier runs count as stand-ins of this one, or as what has left within the hour.
    await database.transactions.query('truncate delegation, remedy_ledger');
    const desk = new RemedyHarness(database.transactions, shop, NO_DAYS);
    shop.now = () => desk.feed.now;
    return { model: { managers: new Set(['clara', 'tomas', 'dora']), named: [], known: [], facts: 0, refundedElsewhere: 0 }, real: new World(desk, shop, people, await desk.paidOrder()) };
  }

  it(`happen once, with valid approvals of what was read, never beyond what was paid, and none is lost (${RUNS} runs)`, async () => {
    const seen = new Map<string, number>();
    const seed = process.env['SEED'] === undefined ? {} : { seed: Number.parseInt(process.env['SEED'], 16) };
    await fc.assert(fc.asyncProperty(fc.commands([...COMMANDS], { maxCommands: LONGEST, size: 'max' }), ASKING, async (commands, first) => {
      const made = await setUp();
      await first.run(made.model, made.real);
      await fc.asyncModelRun(() => made, commands);
      await settle(made.model, made.real);
      for (const known of made.model.known) {
        const { state } = (await made.real.read(known)).remedy;
        seen.set(state, (seen.get(state) ?? 0) + 1);
      }
    }), { numRuns: RUNS, ...seed, ...(isFull ? { interruptAfterTimeLimit: HOUR } : {}) });
    // A model that never gets anywhere proves nothing.
    if (RUNS >= 500) expect([...seen.keys()]).toEqual(expect.arrayContaining(['proposed', 'executed', 'declined', 'void', 'failed']));
    expect(await verifyAudit(database.transactions)).toBeNull();
  }, 2 * HOUR);
});

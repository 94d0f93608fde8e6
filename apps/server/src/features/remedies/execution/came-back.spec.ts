import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { explain, type Finding } from '@orderwatch/domain';
import { createTestDatabase, type TestDatabase } from '@orderwatch/db/testing';
import { addStaff, doneBy, refundOf, RemedyHarness, reshipOf, type People } from '../../../testing/remedy-harness.js';
import { ShopStandIn } from '../../../testing/shop-stand-in.js';
import type { Proposal } from '../proposals/propose-remedy.service.js';

const HOUR = 3_600_000;

/** From the remedy to the case: what was carried out is a fact of its order, and the next scan is held against it. */
describe('a parcel that moves again after its remedy', () => {
  const shop = new ShopStandIn();
  let database: TestDatabase;
  let people: People;
  let desk: RemedyHarness;

  beforeAll(async () => {
    database = await createTestDatabase();
    await shop.start();
    people = await addStaff(database.transactions);
  });
  afterAll(async () => {
    await shop.stop();
    await database.drop();
  });
  beforeEach(() => {
    desk = new RemedyHarness(database.transactions, shop);
    shop.now = () => desk.feed.now;
  });

  const COST = { reship: {}, refund: { amountMinor: 120_000 }, credit: { amountMinor: 120_000 }, part: { amountMinor: 5_000 }, goodwill: { amountMinor: 5_000 } } as const;

  it.each([
    ['reship', 'stop the reship'], ['refund', 'ask for it back'], ['credit', 'while the credit is not spent'], ['part', null], ['goodwill', null],
  ] as const)('opens a case with what to do, when it was for the goods (%s)', async (what, toDo) => {
    const { home, orderId } = await desk.paidOrder();
    const scan = (): Promise<void> => desk.feed.take(desk.feed.event('shipment.in_transit', home, { shipmentId: `S-${home}`, carrier: 'gls' }, 0));
    await scan();
    const kind = what === 'part' ? 'refund' : what === 'goodwill' ? 'credit' : what;
    const asked: Proposal = kind === 'reship' ? reshipOf(orderId) : refundOf(orderId, { kind, ...COST[what] });
    const remedy = doneBy(await desk.propose.run(asked, people.ana));
    for (const manager of [people.clara, people.tomas].slice(0, remedy.remedy.approvalsNeeded)) doneBy(await desk.approve(remedy, manager));
    desk.feed.now += 30_000;
    await desk.execute.run(remedy.id);
    expect((await desk.read(remedy)).remedy.state).toBe('executed');
    const rules = async (): Promise<(string | null)[]> => (await desk.db.query<{ findings: string }>('select findings from case_item where order_id = $1', [orderId])).flatMap(({ findings }) =>
      (JSON.parse(findings) as { rule: string }[]).map(({ rule }) => rule));
    expect(await rules()).not.toContain('came_back');
    desk.feed.now += HOUR;
    await scan();
    if (toDo === null) return expect(await rules()).not.toContain('came_back');
    expect(await rules()).toContain('came_back');
    const [row] = await desk.db.query<{ findings: string }>('select findings from case_item where order_id = $1', [orderId]);
    const found = (JSON.parse(row?.findings ?? '[]') as Finding[]).find((finding) => finding.rule === 'came_back');
    expect(found && explain(found, desk.feed.now)).toContain(toDo);
  });
});

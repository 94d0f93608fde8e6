import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@orderwatch/db/testing';
import type { OutsideKind, RemedyRecord } from '@orderwatch/db';
import type { Jobs } from '../../../platform/jobs/jobs.js';
import { OutsideStandIn } from '../../../testing/outside-stand-in.js';
import { addStaff, doneBy, refundOf, RemedyHarness, type People } from '../../../testing/remedy-harness.js';
import { ShopStandIn } from '../../../testing/shop-stand-in.js';
import { NoteHelpdesk, readTicket } from './note-helpdesk.service.js';
import { pickSystem, type OutsideDirectory } from './outside-directory.js';
import { NOTE_QUEUE, RemedyJobs, type NoteJob } from './remedy-jobs.js';

describe('the note at the helpdesk', () => {
  const shop = new ShopStandIn();
  const outside = new OutsideStandIn();
  let database: TestDatabase;
  let people: People;
  let desk: RemedyHarness;
  let kinds: OutsideKind[];
  let again: NoteJob[];
  let noting: NoteHelpdesk;

  beforeAll(async () => {
    database = await createTestDatabase();
    await Promise.all([shop.start(), outside.start()]);
    people = await addStaff(database.transactions);
  });
  afterAll(async () => {
    await Promise.all([shop.stop(), outside.stop()]);
    await database.drop();
  });
  beforeEach(() => {
    shop.trouble = 'none';
    shop.effects.length = 0;
    outside.trouble = 'none';
    outside.notes.length = 0;
    outside.tags.length = 0;
    desk = new RemedyHarness(database.transactions, shop);
    kinds = ['gorgias'];
    again = [];
    const jobs = new RemedyJobs({ enqueue: (_: unknown, __: string, data: NoteJob) => Promise.resolve(void again.push(data)) } as unknown as Jobs, desk.feed.clock);
    const systems = { systemOf: (home: string, wanted: readonly OutsideKind[]) => Promise.resolve(pickSystem(kinds.map((kind) => outside.system(kind)), home, wanted)) } as unknown as OutsideDirectory;
    noting = new NoteHelpdesk(database.transactions, desk.store, jobs, systems, desk.feed.clock);
  });

  /** A refund that came to its end, of an order about which the customer wrote. */
  async function ended(ticketId: string | null, trouble: 'none' | 'refuses' = 'none'): Promise<RemedyRecord> {
    const { home, orderId } = await desk.paidOrder();
    if (ticketId !== null) await desk.feed.take(desk.feed.event('contact.received', home, { kind: 'not_received', ticketId }, 10));
    const remedy = doneBy(await desk.propose.run(refundOf(orderId), people.ana));
    doneBy(await desk.approve(remedy, people.clara));
    desk.feed.now += 30_000;
    shop.trouble = trouble;
    await desk.execute.run(remedy.id);
    await desk.execute.confirm(remedy.id);
    return desk.read(remedy);
  }
  const asked = (remedy: RemedyRecord): number => desk.asked.filter((job) => job.name === NOTE_QUEUE && job.id === remedy.id).length;

  it.each(['gorgias', 'zendesk'] as const)('is written once at %s, though its reply is lost', async (kind) => {
    kinds = [kind];
    const remedy = await ended('4711');
    expect([remedy.remedy.state, asked(remedy)]).toEqual(['confirmed', 1]);
    outside.trouble = 'reply_lost';
    await noting.run({ id: remedy.id, what: 'confirmed', attempt: 0 });
    expect(again).toEqual([{ id: remedy.id, what: 'confirmed', attempt: 1 }]);
    outside.trouble = 'none';
    for (const job of [...again, ...again]) await noting.run(job);
    expect(outside.notes).toMatchObject([{ ticket: '4711', isPublic: false, text: expect.stringContaining(`Refund of EUR 50.00 for order ${remedy.orderName} is done (9000).`) }]);
    expect(outside.tags).toContain('orderwatch-refund-confirmed');
    expect(await desk.db.query(`select detail::json ->> 'ticket' as ticket from audit where action = 'remedy.noted' and target = $1 limit 1`, [remedy.id])).toEqual([{ ticket: '4711' }]);
  });

  it('says why a remedy failed, and is not written when it went on meanwhile', async () => {
    const remedy = await ended('zendesk:12', 'refuses');
    expect([remedy.remedy.state, asked(remedy)]).toEqual(['failed', 1]);
    kinds = ['gorgias', 'zendesk'];
    await noting.run({ id: remedy.id, what: 'failed', attempt: 0 });
    expect(outside.notes).toMatchObject([{ ticket: '12', text: expect.stringContaining('was not carried out: Shopify: Order cannot be refunded.') }]);
    await noting.run({ id: remedy.id, what: 'confirmed', attempt: 0 });
    expect(outside.notes).toHaveLength(1);
  });

  it('is no matter when there is no ticket, no helpdesk, or two that it could be', async () => {
    const remedy = await ended(null);
    await noting.run({ id: remedy.id, what: 'confirmed', attempt: 0 });
    const other = await ended('77');
    kinds = ['gorgias', 'zendesk'];
    await noting.run({ id: other.id, what: 'confirmed', attempt: 0 });
    kinds = [];
    await noting.run({ id: other.id, what: 'confirmed', attempt: 0 });
    expect([outside.notes, again]).toEqual([[], []]);
  });

  it('is given up in the end, and at once when the helpdesk refuses', async () => {
    const remedy = await ended('77');
    outside.trouble = 'down';
    for (let attempt = 0; attempt < 6; attempt += 1) await noting.run({ id: remedy.id, what: 'confirmed', attempt });
    expect(again).toHaveLength(5);
    outside.trouble = 'refuses';
    await noting.run({ id: remedy.id, what: 'confirmed', attempt: 0 });
    expect(again).toHaveLength(5);
    expect((await desk.read(remedy)).remedy.state).toBe('confirmed');
  });

  it('reads numbers of tickets, with or without their helpdesk', () => {
    expect([readTicket('4711'), readTicket('Zendesk-12'), readTicket('T-1'), readTicket('1; drop')]).toEqual([{ kind: null, number: '4711' }, { kind: 'zendesk', number: '12' }, null, null]);
  });
});

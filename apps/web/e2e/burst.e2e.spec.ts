import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser, openLive, seat } from './support/browser';
import { until } from './support/processes';
import { idsOf, opened } from './support/rows';
import { calm, delivered, lost, newStory, type Story } from './support/stories';
import { startWorld, type FeedEvent, type World } from './support/world';

const PER_SECOND = 200;
const EVENTS = PER_SECOND * 10;
const BATCH = 10;
const ROWS = 80;
/** A list is read again three times a second at most while changes pour in; singly come changes, until ten came within a second, are shown each. */
const READ_EVERY_MS = 334;
const SINGLY = 5;

let world: World;
let browser: Browser;

beforeAll(async () => {
  world = await startWorld();
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  await browser.close();
  await world.stop();
}, 60_000);

const scan = (story: Story, n: number): FeedEvent => {
  const { data, ...rest } = lost(story);
  return { ...rest, type: 'shipment.exception', time: new Date().toISOString(), data: { ...data, description: `Scan ${n}` } };
};

interface Row {
  readonly id: string;
  readonly orderName: string;
  readonly reason: string;
}

describe('a burst of 200 events a second for ten seconds', () => {
  it('is read by the list no more than three times a second, and what is shown in the end is what the server has', async () => {
    const cookie = await world.signIn('agent');
    const [stay, come, leave] = [many(ROWS - 20), many(20), many(20)];
    await world.send(...[...stay, ...come, ...leave].flatMap(calm));
    await world.send(...[...stay, ...leave].map(lost));
    await opened(world, cookie, ROWS);
    const { page, context, complaints } = await seat(browser, world, 'agent');
    await openLive(page, `${world.url}/queue?view=all`);
    await page.getByText(`${ROWS} open ·`).waitFor();
    let reads = 0;
    page.on('request', (request) => {
      if (request.postData()?.includes('query Queue(')) reads += 1;
    });
    const readBefore = reads;
    const begun = performance.now();
    const rest = [...come.map(lost), ...leave.map(delivered)];
    const sent: Promise<number>[] = [];
    for (let k = 0; k < EVENTS; k += BATCH) {
      await wait(Math.max(0, begun + (k * 1000) / PER_SECOND - performance.now()));
      const batch = Array.from({ length: BATCH }, (_, i) => ((k + i) % 50 === 0 ? rest[(k + i) / 50] : undefined) ?? scan(stay[(k + i) % stay.length] as Story, k + i));
      sent.push(world.send(...batch));
    }
    expect(new Set(await Promise.all(sent))).toEqual(new Set([202]));
    await opened(world, cookie, ROWS);
    const server = async (): Promise<Row[]> => ((await world.ask(cookie, '{ queue(view: all, first: 100) { rows { id orderName reason } } }')) as { queue: { rows: Row[] } }).queue.rows;
    const shown = async (): Promise<string[]> => page.locator('[data-row-id]').evaluateAll((all) => all.map((row) => row.textContent));
    await until('every row says what the server says', async () => {
      const [rows, texts, ids] = [await server(), await shown(), await idsOf(page)];
      return ids.join() === rows.map(({ id }) => id).join() && rows.every(({ orderName, reason }, i) => [orderName, reason].every((part) => texts[i]?.includes(part)));
    });
    const seconds = (performance.now() - begun) / 1000;
    process.stdout.write(`${EVENTS} events, ${reads - readBefore} reads of the list in ${seconds.toFixed(1)} s\n`);
    expect(reads - readBefore).toBeLessThanOrEqual(Math.ceil((seconds * 1000) / READ_EVERY_MS) + SINGLY);
    expect(complaints).toEqual([]);
    await context.close();
  }, 120_000);
});

function many(count: number): Story[] {
  return Array.from({ length: count }, newStory);
}

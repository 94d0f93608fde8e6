import { setTimeout as wait } from 'node:timers/promises';
import { createDataSource, Transactions } from '@orderwatch/db';
import { corpus, type Latency, latencyOf, type Message, ServerProcess, signedRequest, stockShipment, trackingOf } from '@orderwatch/rig';
import { type Browser, chromium, type Page } from 'playwright-core';
import { startCluster } from '../cluster.js';
import { ADMINISTRATOR, signIn } from '../dashboards.js';
import { Sender } from '../dashboards-events.js';
import { paced } from '../dashboards-pace.js';
import { rowsInView, sightingsOf, watchRows } from '../dashboards-page.js';
import type { Line, Measure, MeasureOptions, Sample } from '../measure.js';
import { seedStock } from '../stock.js';

const STOCK = { orders: 2_000, open: 400 };
const PER_SECOND = 200;
/** Every so many events one is about a row in view: 25 a second, which with some twenty rows is about one a second for each. */
const IN_VIEW = 8;
/** Every so many events an order gets into trouble and a row appears; some seconds later it leaves, so that the list stays short. */
const APPEARS = 200;
const STAYS = 4;
const BYTES = 4096;
const DRAIN_MS = 10_000;
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking', '--disable-background-timer-throttling', '--disable-renderer-backgrounding'];

/** What is sent as event `n`, and for which number of which order it is looked, if it is. */
type Story = (k: number, n: number) => { readonly message: Message; readonly order: number; readonly wanted: number | null };

interface Wanted {
  readonly order: number;
  /** Wall clock, milliseconds. */
  readonly sentAt: number;
  answeredAt: number;
}

/** B6: how long it takes from a POST until it can be seen in a browser. */
export const eventToPixel: Measure = {
  id: 'B6',
  title: 'POST → pixel in Chromium at 200/s',
  async run(options) {
    const cluster = await startCluster();
    const databaseUrl = await cluster.createMigrated('ours');
    const server = await ServerProcess.on({ databaseUrl, env: ADMINISTRATOR });
    const browser = await chromium.launch({ executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium', args: FLAGS });
    try {
      await seedStock(databaseUrl, STOCK);
      await server.start({ PUBLIC_URL: server.url });
      const [cookie = ''] = await signIn(server.url, databaseUrl, 1);
      const run = new Run(server, cookie, browser, options);
      const { open, quiet } = await stockOf(databaseUrl);
      await run.tell(open.length, (k, n) => background(open[k] ?? 0, n));
      const [changes, appears]: [Sample[], Sample[]] = [[], []];
      for (let i = 0; i < options.pairs; i += 1) {
        changes.push(await run.changes(open));
        appears.push(await run.appears(open, quiet.slice(i * 100)));
      }
      const line = { unit: 'ms', better: 'lower', absolute: true, floor: [] } as const satisfies Partial<Line>;
      return [
        { ...line, name: 'B6 row changes P99', must: 100, aim: 50, ours: changes, note: 'a row in view says what the event said, in the queue of 400 open cases where every one of the 200 events a second changes a case; the yardstick is the floor of B5 at 200/s and one frame (16.7 ms)' },
        { ...line, name: 'B6 row appears P99', must: null, aim: null, ours: appears, note: 'a case opens and its row is there: a list is read again three times a second at most while changes pour in, so that this is bound to take up to 340 ms and the reading' },
      ];
    } finally {
      await browser.close();
      await server.end('SIGTERM');
      await cluster.stop();
    }
  },
};

/** Homes of the stock by whether they have an open case. */
async function stockOf(databaseUrl: string): Promise<{ readonly open: number[]; readonly quiet: number[] }> {
  const transactions = new Transactions(await createDataSource(databaseUrl, { poolSize: 1 }));
  try {
    const rows = await transactions.query<{ home: string; isOpen: boolean }>(
      `select s.home_id as home, c.order_id is not null as "isOpen" from order_state s left join case_item c on c.order_id = s.order_id and c.state <> 'resolved' order by length(s.home_id), s.home_id`);
    const numbers = (isOpen: boolean): number[] => rows.filter((row) => row.isOpen === isOpen).map((row) => Number(row.home.slice('S-'.length)));
    return { open: numbers(true), quiet: numbers(false) };
  } finally {
    await transactions.close();
  }
}

/** One event about an order of the stock, of the usual size. */
function event(order: number, n: number, type: string, told: Readonly<Record<string, string>>): Message {
  const { body: filled } = corpus({ kind: 'movements', seed: 'B6', orders: STOCK.orders, bytes: BYTES, from: Date.now() })(n);
  const { data, ...rest } = JSON.parse(filled.toString()) as { data: Record<string, unknown> };
  const all = { ...rest, type, subject: `S-${order}`, time: new Date().toISOString(), data: { ...data, shipmentId: stockShipment(order), trackingNumber: trackingOf(order), ...told } };
  return { connection: 'events', body: Buffer.from(JSON.stringify(all)) };
}

const scan = (order: number, n: number): Message => event(order, n, 'shipment.exception', { description: `Scan ${n}` });
/** Changes a case and leaves it in the lists of what is damaged, however often it is told. */
export const damage = (order: number, n: number): Message => event(order, n, 'shipment.exception', { reason: 'damaged', description: `Scan ${n}` });
const background = (order: number, n: number): ReturnType<Story> => ({ message: scan(order, n), order, wanted: null });

class Run {
  private next = 0;

  constructor(
    private readonly server: ServerProcess,
    private readonly cookie: string,
    private readonly browser: Browser,
    private readonly options: MeasureOptions,
  ) {}

  /** Rows in view change among many that are not in view. */
  async changes(open: readonly number[]): Promise<Sample> {
    const page = await this.page('/queue?view=all');
    const inView = (await rowsInView(page)).length;
    const seen = await this.homesInView(page);
    if (seen.length < 5) throw new Error(`only ${seen.length} of ${inView} rows in view are of the stock`);
    await watchRows(page, 'Scan (\\d+)');
    const hidden = open.filter((n) => !seen.includes(n));
    return this.timed('a row changes', page, (k, n) => {
      if (k % IN_VIEW > 0) return background(hidden[k % hidden.length] ?? 0, n);
      const order = seen[(k / IN_VIEW) % seen.length] ?? 0;
      return { message: scan(order, n), order, wanted: n };
    });
  }

  /** Rows come to a short list and leave it, while other cases change. */
  async appears(open: readonly number[], quiet: readonly number[]): Promise<Sample> {
    const page = await this.page(`/queue?view=all&rules=lost&openedFrom=${new Date().toISOString()}`);
    await watchRows(page, '#(\\d+)');
    return this.timed('a row appears', page, (k, n) => {
      const order = quiet[Math.floor(k / APPEARS)] ?? 0;
      if (k % APPEARS === 0) return { message: event(order, n, 'shipment.lost', { description: 'Cannot be found' }), order, wanted: order };
      const leaving = quiet[Math.floor(k / APPEARS) - STAYS];
      if (k % APPEARS === APPEARS / 2 && leaving !== undefined) return { message: event(leaving, n, 'shipment.delivered', { description: 'Left at the door' }), order: leaving, wanted: null };
      return background(open[k % open.length] ?? 0, n);
    });
  }

  /** Sends without looking: answers when all is processed. */
  async tell(count: number, story: Story): Promise<void> {
    const sender = new Sender(this.server.port, (error) => { throw error; });
    const sent: Promise<number>[] = [];
    await paced(PER_SECOND, count, (k, slot) => {
      const n = this.next++;
      sent.push(sender.one(signedRequest(story(k, n).message, `B6-${n}`, Date.now()), slot));
    });
    await Promise.all(sent);
    sender.end();
  }

  private async page(path: string): Promise<Page> {
    const context = await this.browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', locale: 'en-GB' });
    const [name = '', value = ''] = this.cookie.split('=');
    await context.addCookies([{ name, value, url: this.server.url }]);
    const page = await context.newPage();
    await page.goto(`${this.server.url}${path}`);
    await page.locator('.ow-fresh[data-state="live"]').waitFor();
    return page;
  }

  private async homesInView(page: Page): Promise<number[]> {
    const homes: number[] = [];
    for (const id of await rowsInView(page)) {
      const text = (await page.locator(`[data-row-id="${id}"]`).textContent()) ?? '';
      const [, home] = /#(\d+)/.exec(text) ?? [];
      if (home !== undefined && text.includes('Scan ')) homes.push(Number(home));
    }
    return homes;
  }

  /** Sends at the rate, then compares when each was sent and when its number could be seen. */
  private async timed(what: string, page: Page, story: Story): Promise<Sample> {
    const wanted = new Map<number, Wanted>();
    const seconds = this.options.isQuick ? 4 : 30;
    const busy = await busyOf(page);
    const sender = new Sender(this.server.port, (error) => { throw error; });
    await paced(PER_SECOND, PER_SECOND * seconds, (k, slot) => {
      const n = this.next++;
      const { message, order, wanted: number } = story(k, n);
      const posted = sender.one(signedRequest(message, `B6-${n}`, Date.now()), slot);
      if (number === null) return;
      const one: Wanted = { order, sentAt: performance.timeOrigin + slot.scheduled, answeredAt: Number.NaN };
      wanted.set(number, one);
      void posted.then((at) => (one.answeredAt = performance.timeOrigin + at));
    });
    const used = (await busy()) / seconds;
    const seen = await this.seen(page, wanted);
    sender.end();
    await page.context().close();
    const latency = latencyOf(seen.map(({ at, sentAt }) => at - sentAt));
    const fromAnswer = latencyOf(seen.map(({ at, answeredAt }) => at - answeredAt));
    this.options.say(`${what}: ${inWords(latency)} of ${seen.length}; POST answered ${inWords(latencyOf(sender.samples))}; from its answer to the pixel ${inWords(fromAnswer)}; the page is busy for ${used.toFixed(0)} ms of each second`);
    return { value: latency.p99 };
  }

  /** When each could be seen. A row that says later news has taken in what came before, though nobody saw it. */
  private async seen(page: Page, wanted: ReadonlyMap<number, Wanted>): Promise<(Wanted & { readonly at: number })[]> {
    const ends = performance.now() + DRAIN_MS;
    for (;;) {
      const sightings = await sightingsOf(page);
      const found = [...wanted].flatMap(([n, one]) => {
        const sighting = sightings.find((s) => s.n >= n && wanted.get(s.n)?.order === one.order);
        return sighting ? [{ ...one, at: sighting.at }] : [];
      });
      if (found.length === wanted.size) return found;
      if (performance.now() > ends) throw new Error(`${wanted.size - found.length} of ${wanted.size} were never seen`);
      await wait(100);
    }
  }
}

const inWords = ({ p50, p99 }: Latency): string => `P50 ${p50.toFixed(1)} P99 ${p99.toFixed(1)} ms`;

/** Begins to count; the function answers how many milliseconds the page's main thread has worked since. */
async function busyOf(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const look = async (): Promise<number> => (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
  const before = await look();
  return async () => ((await look()) - before) * 1000;
}

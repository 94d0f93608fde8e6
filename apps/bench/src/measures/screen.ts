import { setTimeout as wait } from 'node:timers/promises';
import { latencyOf, ServerProcess, signedRequest } from '@orderwatch/rig';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { startCluster } from '../cluster.js';
import { ADMINISTRATOR, signIn } from '../dashboards.js';
import { Sender } from '../dashboards-events.js';
import { paced } from '../dashboards-pace.js';
import { median, type Line, type Measure, type MeasureOptions, type Sample } from '../measure.js';
import { longestOwn } from '../screen-trace.js';
import { armRace, forgetLongest, measureVitals, raceOf, scrollRate, vitalsOf } from '../screen-vitals.js';
import { seedStock } from '../stock.js';
import { damage } from './event-to-pixel.js';

const STOCK = { orders: 6_000, open: 5_000 };
/** Rows of a list that is read in one go; what is narrower than the whole store is what people work in. */
const WORK = '/queue?view=all&rules=damaged,lost,refused';
const CALM = 50;
const BURST = 200;
const VISITS = 4;
const ROUNDS = 6;
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking', '--disable-background-timer-throttling', '--disable-renderer-backgrounding'];
/** What hands do in a list. */
const KEYS = ['j', 'j', 'k', 'x', 'x', 'p', 'p', 'h', 'Escape', 'j', 'e', 'Escape'];

/** What the dashboard promises to those who work in it (section 3 of its specification), in Chromium on this machine. */
export const screen: Measure = {
  id: 'UI',
  title: 'the dashboard in Chromium: first paint, keys under load, scrolling, reads under a burst, a lost race',
  async run(options) {
    const cluster = await startCluster();
    const databaseUrl = await cluster.createMigrated('ours');
    const server = await ServerProcess.on({ databaseUrl, env: ADMINISTRATOR });
    const browser = await chromium.launch({ executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium', args: FLAGS });
    try {
      await seedStock(databaseUrl, STOCK);
      await server.start({ PUBLIC_URL: server.url });
      const [, ...cookies] = await signIn(server.url, databaseUrl, 3);
      const desk = new Desk(server, browser, cookies, options);
      const samples: Record<Figure, Sample[]> = { cold: [], warm: [], inp: [], held: [], fps: [], reads: [], longest: [], own: [], race: [] };
      for (let i = 0; i < options.pairs; i += 1) {
        const figures = { ...(await desk.paints()), inp: await desk.hands(), held: await desk.holds(), fps: await desk.scrolls(), ...(await desk.burst()), race: await desk.race() };
        for (const figure of FIGURES) samples[figure].push({ value: figures[figure] });
      }
      const line = { better: 'lower', absolute: true, floor: [], aim: null } as const satisfies Partial<Line>;
      return [
        { ...line, name: 'UI LCP cold', unit: 'ms', must: 1800, ours: samples.cold, note: 'the queue of 5,000 open cases, nothing cached, on this machine without a network between' },
        { ...line, name: 'UI LCP warm', unit: 'ms', must: 800, ours: samples.warm },
        { ...line, name: 'UI INP P75 at 50/s', unit: 'ms', must: 100, ours: samples.inp, note: `of ${VISITS} visits with ${KEYS.length * ROUNDS} keys each, while every event changes a case` },
        { ...line, name: 'UI longest task, j held', unit: 'ms', must: 50, ours: samples.held, note: 'walking through the list thirty rows a second for ten seconds, at 50/s' },
        { ...line, name: 'UI scroll', unit: 'frames/s', better: 'higher', must: 59, ours: samples.fps, note: '5,000 rows, two rows a frame; 60 is what the display shows, and one may be lost where the count begins' },
        { ...line, name: 'UI reads at 200/s', unit: '1/s', must: 3, ours: samples.reads, note: 'questions for the list while every event changes a case of it' },
        { ...line, name: 'UI longest task at 200/s', unit: 'ms', must: 50, ours: samples.longest, note: 'from its beginning to its end, also while server, PostgreSQL and generator have both cores' },
        { ...line, name: 'UI its own time', unit: 'ms', must: 50, ours: samples.own, note: 'CPU time of the longest task: as long as it takes on a machine that serves nobody else' },
        { ...line, name: 'UI lost race P95', unit: 'ms', must: 200, ours: samples.race, note: 'two people press c at once: from the key of the slower one until the row names the faster one' },
      ];
    } finally {
      await browser.close();
      await server.end('SIGTERM');
      await cluster.stop();
    }
  },
};

const FIGURES = ['cold', 'warm', 'inp', 'held', 'fps', 'reads', 'longest', 'own', 'race'] as const;
type Figure = (typeof FIGURES)[number];

/** The list's first page. */
const PAGE = 100;

/** Orders of the stock that the list shows, once all of its first page is there: what can be seen is drawn first. */
const homesOf = async (page: Page): Promise<number[]> => {
  await page.waitForFunction((rows) => document.querySelectorAll('[data-row-id]').length >= rows, PAGE);
  return (await page.locator('[data-row-id]').allTextContents()).flatMap((text) => /#(\d+)/.exec(text)?.slice(1).map(Number) ?? []);
};

const inEach = (values: readonly number[]): string => values.map((value) => value.toFixed(0)).join(', ');

class Desk {
  private next = 0;
  private readonly raced = new Set<string>();

  constructor(
    private readonly server: ServerProcess,
    private readonly browser: Browser,
    private readonly cookies: readonly string[],
    private readonly options: MeasureOptions,
  ) {}

  /** Medians of some loads, each with nothing cached, then again in the same browser. */
  async paints(): Promise<{ cold: number; warm: number }> {
    const [cold, warm]: [number[], number[]] = [[], []];
    for (let i = 0; i < (this.options.isQuick ? 1 : 5); i += 1) {
      const context = await this.context(0);
      for (const into of [cold, warm]) {
        const page = await this.page(context, '/queue?view=all');
        into.push((await vitalsOf(page)).lcp);
        await page.close();
      }
      await context.close();
    }
    this.options.say(`LCP cold ${inEach(cold)} ms, warm ${inEach(warm)} ms`);
    return { cold: median(cold), warm: median(warm) };
  }

  /** Keys pressed one after the other while events arrive; the P75 of the visits. */
  async hands(): Promise<number> {
    const found: number[] = [];
    for (let visit = 0; visit < (this.options.isQuick ? 1 : VISITS); visit += 1) {
      const context = await this.context(0);
      const page = await this.page(context, WORK);
      const shown = await homesOf(page);
      await page.locator('[data-row-id]').nth(3).click();
      await this.during(CALM, shown, async () => {
        for (let round = 0; round < ROUNDS; round += 1) for (const key of KEYS) await page.keyboard.press(key, { delay: 20 });
      });
      found.push((await vitalsOf(page)).inp);
      await context.close();
    }
    this.options.say(`INP of each visit ${inEach(found)} ms`);
    return [...found].sort((a, b) => a - b)[Math.ceil(found.length * 0.75) - 1] ?? Number.NaN;
  }

  /** The longest task of the page while a key is held: it repeats thirty times a second. */
  async holds(): Promise<number> {
    const context = await this.context(0);
    const page = await this.page(context, WORK);
    const shown = await homesOf(page);
    await page.locator('[data-row-id]').nth(3).click();
    await page.keyboard.press('j', { delay: 500 });
    await forgetLongest(page);
    const until = performance.now() + (this.options.isQuick ? 3_000 : 10_000);
    await this.during(CALM, shown, async () => {
      for (; performance.now() < until; await wait(33)) await page.keyboard.down('j');
    });
    const { longest } = await vitalsOf(page);
    this.options.say(`longest task while j is held ${longest.toFixed(0)} ms`);
    await context.close();
    return longest;
  }

  async scrolls(): Promise<number> {
    const context = await this.context(0);
    const page = await this.page(context, '/queue?view=all');
    const view = page.locator('.ow-grid-scroll');
    const wanted = this.options.isQuick ? 1_000 : STOCK.open;
    const held = (): Promise<number> => view.evaluate((element) => element.scrollHeight);
    // A list is read page by page, as one comes near its end.
    for (let height = 0; height < wanted * 36; ) {
      await view.evaluate((element) => (element.scrollTop = element.scrollHeight));
      await page.waitForFunction((before) => (document.querySelector('.ow-grid-scroll')?.scrollHeight ?? 0) > before, height);
      height = await held();
    }
    const rate = await scrollRate(page, { seconds: this.options.isQuick ? 2 : 8, pixels: 72 });
    this.options.say(`${rate.toFixed(1)} frames/s over ${Math.round((await held()) / 36)} rows`);
    await context.close();
    return rate;
  }

  async burst(): Promise<{ reads: number; longest: number; own: number }> {
    const seconds = this.options.isQuick ? 4 : 10;
    const context = await this.context(0);
    const page = await this.page(context, WORK);
    const reads: number[] = [];
    page.on('request', (request) => {
      if (request.postData()?.includes('query Queue(')) reads.push(performance.now());
    });
    const shown = await homesOf(page);
    await forgetLongest(page);
    const own = await longestOwn(this.browser, page, () => this.send(BURST, BURST * seconds, shown));
    // The first changes come singly and are shown each; the pace is that of the reads after the first second.
    const paceOf = reads.filter((at) => at > (reads[0] ?? 0) + 1000);
    const rate = ((paceOf.length - 1) * 1000) / ((paceOf.at(-1) ?? 0) - (paceOf[0] ?? 0));
    const found = { reads: rate, longest: (await vitalsOf(page)).longest, own };
    this.options.say(`${reads.length} reads of the list in ${seconds} s, longest task ${found.longest.toFixed(0)} ms, at most ${own.toFixed(0)} ms of its own`);
    await context.close();
    return found;
  }

  /** P95 of what the one who lost saw. */
  async race(): Promise<number> {
    const contexts = await Promise.all([this.context(0), this.context(1)]);
    const pages = await Promise.all(contexts.map((context) => this.page(context, `${WORK}&owner=nobody`)));
    const times: number[] = [];
    for (let i = 0; i < (this.options.isQuick ? 5 : 20); i += 1) {
      const rows = await pages[0]?.locator('[data-row-id]:not([data-gone])', { hasText: 'Nobody' }).evaluateAll((all) => all.map((row) => row.getAttribute('data-row-id') ?? ''));
      // Not one of before: a list may say a moment later that it was taken.
      const id = rows?.slice(2).find((row) => !this.raced.has(row)) ?? '';
      this.raced.add(id);
      for (const [p, page] of pages.entries()) {
        await page.locator(`[data-row-id="${id}"]`).click();
        await armRace(page, id, `Bench ${2 - p}`);
      }
      await Promise.all(pages.map((page) => page.keyboard.press('c')));
      // The one who won never sees the other's name.
      times.push(await Promise.race(pages.map((page) => raceOf(page))));
    }
    this.options.say(`the other is named after ${inEach(times)} ms`);
    for (const context of contexts) await context.close();
    return latencyOf(times).p95;
  }

  private async context(person: number): Promise<BrowserContext> {
    const context = await this.browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', locale: 'en-GB' });
    const [name = '', value = ''] = this.cookies[person]?.split('=') ?? [];
    await context.addCookies([{ name, value, url: this.server.url }]);
    await measureVitals(context);
    return context;
  }

  private async page(context: BrowserContext, path: string): Promise<Page> {
    const page = await context.newPage();
    await page.goto(`${this.server.url}${path}`);
    await page.locator('.ow-fresh[data-state="live"]').waitFor();
    await page.locator('[data-row-id]').first().waitFor();
    return page;
  }

  /** Every event changes one of the cases, and takes none out of the list: the next round finds as many. */
  private async send(perSecond: number, count: number, orders: readonly number[], isOver = (): boolean => false): Promise<void> {
    const sender = new Sender(this.server.port, (error) => { throw error; });
    const sent: Promise<number>[] = [];
    await paced(perSecond, count, (_, slot) => {
      if (isOver()) return;
      const n = this.next++;
      sent.push(sender.one(signedRequest(damage(orders[n % orders.length] ?? 0, n), `UI-${n}`, Date.now()), slot));
    });
    await Promise.all(sent);
    sender.end();
  }

  private async during(perSecond: number, orders: readonly number[], work: () => Promise<void>): Promise<void> {
    let isOver = false;
    const ended = work().finally(() => (isOver = true));
    while (!isOver) await this.send(perSecond, perSecond, orders, () => isOver);
    await ended;
  }
}

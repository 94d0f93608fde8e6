/// <reference lib="dom" />
import type { Browser, CDPSession, Page } from 'playwright-core';
import { heldBytes } from './heap-snapshot.js';

/** A window after the garbage was collected. */
export interface WindowSize {
  /** Minutes since the window was first looked at. */
  readonly minutes: number;
  readonly heapMb: number;
  /** Listeners on elements and on the window. */
  readonly listeners: number;
  readonly nodes: number;
  /** Timers that repeat every second or more often. */
  readonly tickers: number;
}

/** Objects and texts that can still be reached. */
export interface Held {
  readonly minutes: number;
  readonly heldMb: number;
}

declare global {
  // The delay of each repeating timer that runs in the watched window, in milliseconds.
  var repeating: Map<number, number>;
}

const countTimers = (): void => {
  const { setInterval: set, clearInterval: clear } = globalThis;
  globalThis.repeating = new Map();
  const started = (run: TimerHandler, ms?: number, ...rest: unknown[]): number => {
    const timer = set(run, ms, ...rest) as unknown as number;
    globalThis.repeating.set(timer, ms ?? 0);
    return timer;
  };
  const ended = (timer?: number): void => {
    if (timer !== undefined) globalThis.repeating.delete(timer);
    clear(timer);
  };
  Object.assign(globalThis, { setInterval: started, clearInterval: ended });
};

/** The queue as somebody has it open all day. */
export class SoakWindow {
  private constructor(
    private readonly page: Page,
    private readonly session: CDPSession,
    private readonly started: number,
  ) {}

  static async open(browser: Browser, url: string, cookie: string): Promise<SoakWindow> {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', locale: 'en-GB' });
    const [name = '', value = ''] = cookie.split('=');
    await context.addCookies([{ name, value, url }]);
    const page = await context.newPage();
    await page.addInitScript(countTimers);
    await page.goto(`${url}/queue?view=all`);
    await page.locator('.ow-fresh[data-state="live"]').waitFor();
    const session = await context.newCDPSession(page);
    await session.send('Performance.enable');
    return new SoakWindow(page, session, performance.now());
  }

  /** What a person does now and then: takes a row in hand, walks, opens an order, comes back, takes what is new. */
  async work(): Promise<void> {
    await this.page.locator('[data-row-id]').nth(5).click();
    for (const key of ['j', 'j', 'k', 'x', 'x', '.']) await this.page.keyboard.press(key);
    await this.page.locator('[data-row-id][aria-current]').first().click();
    await this.page.keyboard.press('Enter');
    await this.page.waitForURL(/\/orders\//);
    await this.page.goBack();
    await this.page.locator('[data-row-id][aria-current]').first().waitFor();
    await this.page.keyboard.press('.');
    // Without hands on it, the list follows what comes.
    await this.page.mouse.move(5, 5);
  }

  /** What the page itself holds after the garbage was collected; the page stands still for the second that this takes. */
  async held(): Promise<Held> {
    const chunks: string[] = [];
    const take = ({ chunk }: { chunk: string }): void => void chunks.push(chunk);
    this.session.on('HeapProfiler.addHeapSnapshotChunk', take);
    await this.session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
    this.session.off('HeapProfiler.addHeapSnapshotChunk', take);
    return { minutes: this.minutes, heldMb: heldBytes(chunks.join('')) / 2 ** 20 };
  }

  private get minutes(): number {
    return (performance.now() - this.started) / 60_000;
  }

  async look(): Promise<WindowSize> {
    // What finalizers let go is garbage only the second time.
    for (let i = 0; i < 2; i += 1) await this.session.send('HeapProfiler.collectGarbage');
    const { metrics } = await this.session.send('Performance.getMetrics');
    const of = (wanted: string): number => metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
    const delays = await this.page.evaluate(() => [...globalThis.repeating.values()]);
    return {
      minutes: this.minutes, heapMb: of('JSHeapUsedSize') / 2 ** 20, listeners: of('JSEventListeners'), nodes: of('Nodes'), tickers: delays.filter((ms) => ms <= 1000).length,
    };
  }
}

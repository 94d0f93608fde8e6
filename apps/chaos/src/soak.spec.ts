import { describe, expect } from '@jest/globals';
import { Cluster, ServerProcess } from '@orderwatch/rig';
import { chromium } from 'playwright-core';
import { figure, isFull, ordeal } from './figures.js';
import { SoakStream } from './support/soak-stream.js';
import { SoakWindow, type Held, type WindowSize } from './support/soak-window.js';

const SECONDS = figure({ full: 3600, test: 20 });
const PER_SECOND = 50;
const LOOKS = isFull ? 120 : 10;
/** What a window may grow by, in megabytes an hour. A short run tells the figure and asserts nothing of it: caches are still filling. */
const GROWTH = 3;
/** Caches fill until what was read first is let go, after ten minutes: so much of the run is no measure. */
const WARM_UP = 1 / 3;
/** What the page holds is counted at every so manieth look. */
const COUNTED = isFull ? 4 : 2;
/** Rows come and go; what is bound to them goes with them. */
const SLACK = 1.1;
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-timer-throttling', '--disable-renderer-backgrounding'];

/** Least squares: by how much the value grows in an hour. */
function slope<Size extends { readonly minutes: number }>(sizes: readonly Size[], value: (size: Size) => number): number {
  const mean = (of: (size: Size) => number): number => sizes.reduce((sum, size) => sum + of(size), 0) / sizes.length;
  const [x, y] = [mean((size) => size.minutes), mean(value)];
  const spread = sizes.reduce((sum, size) => sum + (size.minutes - x) ** 2, 0);
  return (60 * sizes.reduce((sum, size) => sum + (size.minutes - x) * (value(size) - y), 0)) / spread;
}

const most = (sizes: readonly WindowSize[], value: (size: WindowSize) => number): number => Math.max(...sizes.map(value));

async function signIn(url: string): Promise<string> {
  const response = await fetch(`${url}/auth/sign-in`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email: 'agent@demo.test', password: 'orderwatch-demo' }) });
  return response.headers.get('set-cookie')?.split(';')[0] ?? '';
}

describe('a window that is open all day', () => {
  ordeal('does not grow while fifty events a second come and go', async () => {
    const cluster = await Cluster.make();
    const server = await ServerProcess.on({ databaseUrl: cluster.url, env: { ORDERWATCH_DEMO: '1' } });
    const browser = await chromium.launch({ executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium', args: FLAGS });
    try {
      await server.start({ PUBLIC_URL: server.url });
      const stream = new SoakStream(server.port, PER_SECOND);
      await stream.start();
      const window = await SoakWindow.open(browser, server.url, await signIn(server.url));
      const sizes: WindowSize[] = [];
      const held: Held[] = [];
      const started = performance.now();
      for (let i = 1; i <= LOOKS; i += 1) {
        await window.work();
        const until = started + (i * SECONDS * 1000) / LOOKS;
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, until - performance.now())));
        sizes.push(await window.look());
        if (i % COUNTED === 0) held.push(await window.held());
      }
      await stream.stop();
      const settled = sizes.slice(Math.floor(LOOKS * WARM_UP));
      const counted = held.slice(Math.floor(held.length * WARM_UP));
      const half = Math.floor(settled.length / 2);
      const [early, late] = [settled.slice(0, half), settled.slice(half)];
      const growth = slope(counted, (size) => size.heldMb);
      const last = settled.at(-1);
      process.stdout.write(`soak: ${stream.count} events in ${SECONDS} s, held ${counted[0]?.heldMb.toFixed(2)} → ${counted.at(-1)?.heldMb.toFixed(2)} MB, ${growth.toFixed(2)} MB/h; heap with the engine's own ${settled[0]?.heapMb.toFixed(1)} → ${last?.heapMb.toFixed(1)} MB, ${slope(settled, (size) => size.heapMb).toFixed(2)} MB/h; listeners ${sizes[0]?.listeners} → ${last?.listeners}, nodes ${sizes[0]?.nodes} → ${last?.nodes}, tickers ${last?.tickers}\n`);
      expect(new Set(sizes.map((size) => size.tickers))).toEqual(new Set([1]));
      expect(most(late, (size) => size.listeners)).toBeLessThanOrEqual(most(early, (size) => size.listeners) * SLACK);
      if (isFull) expect(growth).toBeLessThan(GROWTH);
    } finally {
      await browser.close();
      await server.end('SIGKILL');
      await cluster.stop();
    }
  }, 'soak');
});

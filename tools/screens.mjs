// Takes the pictures of docs/screens anew from a running server with the demo's data, in both schemes.
//   node tools/screens.mjs [http://localhost:3000]
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { findChromium } from './lib/chromium.mjs';
import { root } from './lib/paths.mjs';
import { repack } from './lib/png.mjs';
import { main, PlainError } from './lib/say.mjs';

const base = (process.argv[2] ?? 'http://localhost:3000').replace(/\/$/, '');
const out = join(root, 'docs/screens');
/** A picture above this makes the repository heavy for no reader's good. */
const MOST_BYTES = 250_000;
const VIEW = { width: 1440, height: 900 };

const signIn = async (request, name) => {
  const answer = await request.post(`${base}/auth/sign-in`, { data: { email: `${name}@demo.test`, password: 'orderwatch-demo' }, headers: { origin: base } }).catch(() => undefined);
  if (answer?.ok()) return;
  throw new PlainError(answer ? `${name}@demo.test could not sign in at ${base}: ${answer.status()}. Is it a demo?` : `Nothing answers at ${base}. Start Orderwatch first: npm start`);
};

/** An order that shows most: with more than one parcel where the queue has one. */
const orderPath = async (request) => {
  const query = '{ queue(view: all, first: 100) { rows { orderId parcelCount } } }';
  const answer = await request.post(`${base}/graphql`, { data: { query }, headers: { origin: base } });
  const { rows } = (await answer.json()).data.queue;
  const row = rows.find((each) => each.parcelCount > 1) ?? rows[0];
  if (!row) throw new PlainError('The queue is empty; there is no order to show.');
  return `/orders/${row.orderId}`;
};

const screens = [
  { name: 'queue', who: 'agent', path: () => '/queue' },
  { name: 'order', who: 'agent', path: orderPath },
  { name: 'stuck', who: 'agent', path: () => '/stuck' },
  { name: 'health', who: 'agent', path: () => '/health' },
  { name: 'approvals', who: 'manager', path: () => '/approvals' },
  { name: 'report', who: 'lead', path: () => '/reports' },
];

const take = async (browser, colorScheme) => {
  for (const who of new Set(screens.map((screen) => screen.who))) {
    const context = await browser.newContext({ viewport: VIEW, colorScheme, reducedMotion: 'reduce', locale: 'en-GB', timezoneId: 'UTC' });
    await signIn(context.request, who);
    const page = await context.newPage();
    for (const screen of screens.filter((each) => each.who === who)) {
      await page.goto(base + (await screen.path(context.request)));
      await page.getByText(/^Live/).first().waitFor();
      // What is loaded in parts (peek, charts, fonts) has come when the network rests.
      await page.waitForLoadState('networkidle').catch(() => undefined);
      await page.evaluate(() => document.fonts.ready);
      await page.waitForTimeout(800);
      const file = join(out, `${screen.name}-${colorScheme}.png`);
      const picture = repack(await page.screenshot());
      writeFileSync(file, picture);
      const size = picture.length;
      console.log(`docs/screens/${screen.name}-${colorScheme}.png  ${Math.round(size / 1000)} kB`);
      if (size > MOST_BYTES) throw new PlainError(`${file} is larger than ${MOST_BYTES / 1000} kB.`);
    }
    await context.close();
  }
};

await main(async () => {
  mkdirSync(out, { recursive: true });
  const browser = await chromium.launch({ executablePath: await findChromium(), args: ['--no-sandbox', '--disable-gpu', '--disable-lcd-text'] });
  try {
    for (const scheme of ['light', 'dark']) await take(browser, scheme);
  } finally {
    await browser.close();
  }
});

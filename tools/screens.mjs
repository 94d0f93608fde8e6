// Takes the pictures of docs/screens anew, of every screen at two widths, in both schemes, full and empty. Starts a demo of its own on
// throw-away databases, so that the same pictures come of it each time but for the day that is written on them.
//   npm run screens                        all of them
//   npm run screens -- queue report        those whose name begins so
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './lib/build.mjs';
import { findChromium } from './lib/chromium.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { root } from './lib/paths.mjs';
import { continueOnPinned, isPinned } from './lib/pinned.mjs';
import { withPalette } from './lib/png.mjs';
import { mapPooled } from './lib/run.mjs';
import { main, PlainError, say, seconds, step } from './lib/say.mjs';
import { freePort, isReady, startNode, tail } from './lib/service.mjs';

const out = join(root, 'docs/screens');
/** A picture above this makes the repository heavy for no reader's good. */
const MOST_BYTES = 200_000;
const WIDTHS = [1440, 1024];
const SCHEMES = ['light', 'dark'];
/** For what is drawn after the network rests: charts measure themselves first. In milliseconds. */
const DRAWN_MS = 500;

/** An order that shows most: with more than one parcel where the queue has one. */
const orderPath = async ({ request, base }) => {
  const query = '{ queue(view: all, first: 100) { rows { orderId parcelCount } } }';
  const answer = await request.post(`${base}/graphql`, { data: { query }, headers: { origin: base } });
  const { rows } = (await answer.json()).data.queue;
  const row = rows.find((each) => each.parcelCount > 1) ?? rows[0];
  if (!row) throw new PlainError('The queue is empty; there is no order to show.');
  return `/orders/${row.orderId}`;
};

const at = (path) => () => path;
const screens = [
  { name: 'queue', who: 'agent', path: at('/queue') },
  { name: 'order', who: 'agent', path: orderPath },
  { name: 'orders', who: 'agent', path: at('/orders') },
  { name: 'stuck', who: 'agent', path: at('/stuck') },
  { name: 'health', who: 'agent', path: at('/health') },
  { name: 'approvals', who: 'manager', path: at('/approvals') },
  { name: 'report', who: 'lead', path: at('/reports') },
  { name: 'audit', who: 'manager', path: at('/audit') },
  { name: 'settings', who: 'agent', path: at('/settings') },
  { name: 'keys', who: 'agent', path: at('/queue'), act: (page) => page.keyboard.press('?') },
  { name: 'palette', who: 'agent', path: at('/queue'), act: (page) => page.keyboard.press('Control+k') },
  { name: 'sign-in', who: null, path: at('/sign-in') },
];
const empties = screens.filter(({ name }) => ['queue', 'orders', 'stuck', 'health', 'approvals', 'report', 'audit'].includes(name)).map((screen) => ({ ...screen, name: `${screen.name}-empty` }));

const signIn = async (request, base, name) => {
  const answer = await request.post(`${base}/auth/sign-in`, { data: { email: `${name}@demo.test`, password: 'orderwatch-demo' }, headers: { origin: base } });
  if (!answer.ok()) throw new PlainError(`${name}@demo.test could not sign in: ${answer.status()}`);
};

const picture = async (page, { screen, base, width, scheme }) => {
  await page.goto(base + (await screen.path({ request: page.context().request, base })));
  if (screen.who === null) await page.getByRole('textbox').first().waitFor();
  else await page.getByText(/^Live/).or(page.locator('.settings')).first().waitFor();
  await page.locator('.ow-skeleton').first().waitFor({ state: 'detached' });
  if (screen.act) {
    await screen.act(page);
    await page.getByRole('dialog').waitFor();
  }
  await page.waitForLoadState('networkidle').catch(() => undefined);
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(DRAWN_MS);
  const bytes = withPalette(await page.screenshot({ caret: 'hide', animations: 'disabled' }));
  const name = `${screen.name}-${width}-${scheme}.png`;
  writeFileSync(join(out, name), bytes);
  if (bytes.length > MOST_BYTES) throw new PlainError(`docs/screens/${name} has ${Math.round(bytes.length / 1000)} kB; the most is ${MOST_BYTES / 1000} kB.`);
  return bytes.length;
};

/** All pictures of one person at one size in one scheme, in one window. */
const takeWindow = async (browser, { who, list, base, width, scheme }) => {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, reducedMotion: 'reduce', locale: 'en-GB', timezoneId: 'UTC' });
  try {
    if (who !== null) await signIn(context.request, base, who);
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    let bytes = 0;
    for (const screen of list) bytes += await picture(page, { screen, base, width, scheme });
    return bytes;
  } finally {
    await context.close();
  }
};

const windowsOf = (base, list) =>
  [...new Set(list.map(({ who }) => who))].flatMap((who) => WIDTHS.flatMap((width) => SCHEMES.map((scheme) => ({ who, base, width, scheme, list: list.filter((screen) => screen.who === who) }))));

const environment = ({ port, database, folder }) => ({
  ...process.env,
  NODE_ENV: 'production', PORT: String(port), PUBLIC_URL: `http://localhost:${port}`, DATABASE_URL: database, ORDERWATCH_DATA_DIR: folder, ORDERWATCH_DEMO: '1', ORDERWATCH_ROLE: 'all', ORDERWATCH_UNSAFE_DATABASE: '1',
  ORDERWATCH_LOG_LEVEL: 'warn', ORDERWATCH_SECRET: randomBytes(32).toString('base64'), ORDERWATCH_EVENTS_SECRET: `whsec_${randomBytes(32).toString('base64')}`, ORDERWATCH_SHOPIFY_SECRET: randomBytes(16).toString('hex'),
  ORDERWATCH_EASYPOST_SECRET: randomBytes(16).toString('hex'), ORDERWATCH_SHOPIFY_SHOP: 'demo-store.myshopify.com', ORDERWATCH_SHOPIFY_TOKEN: 'screens', ORDERWATCH_SHOPIFY_API_URL: 'http://127.0.0.1:9',
});

/** A demo on a database of its own. Nothing is sent to it while it is looked at, so that nothing moves. */
const startDemo = async ({ stops, hasHistory }) => {
  const { startThrowaway } = await import('@orderwatch/db/embedded');
  const { runMigrations } = await import('@orderwatch/db');
  const database = await startThrowaway();
  stops.push(() => database.stop());
  await runMigrations(database.url);
  const folder = mkdtempSync(join(tmpdir(), 'orderwatch-screens-'));
  stops.push(() => rmSync(folder, { recursive: true, force: true }));
  const port = await freePort();
  const env = environment({ port, database: database.url, folder });
  if (hasHistory) {
    const history = startNode('apps/server/dist/cli/main.js', { args: ['demo-history'], env });
    stops.push(() => history.stop(5000));
    if ((await history.ended).code !== 0) throw new PlainError('The demo history could not be made.');
  }
  const log = join(folder, 'server.log');
  const server = startNode('apps/server/dist/main.js', { env, log });
  stops.push(() => server.stop(6000));
  if (!(await isReady(`http://127.0.0.1:${port}/health/ready`, server))) throw new PlainError(`The server ended before it was ready:\n${tail(log)}`);
  return `http://localhost:${port}`;
};

const run = async () => {
  const { chromium } = await import('playwright-core');
  const asked = process.argv.slice(2);
  const wanted = (list) => list.filter(({ name }) => asked.length === 0 || asked.some((start) => name.startsWith(start)));
  const stops = [];
  const end = async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => void end().finally(() => process.exit(1)));
  try {
    await build();
    const [full, empty] = await step('Preparing a demo and an empty house', () => Promise.all([startDemo({ stops, hasHistory: true }), startDemo({ stops, hasHistory: false })]));
    const browser = await chromium.launch({ executablePath: await findChromium(), args: ['--no-sandbox', '--disable-gpu', '--disable-lcd-text'] });
    stops.push(() => browser.close());
    mkdirSync(out, { recursive: true });
    if (asked.length === 0) for (const file of readdirSync(out)) if (file.endsWith('.png')) rmSync(join(out, file));
    const windows = [...windowsOf(full, wanted(screens)), ...windowsOf(empty, wanted(empties))];
    const sizes = await step('Taking the pictures', () => mapPooled(windows, 2, (each) => takeWindow(browser, each)));
    say(`docs/screens: ${windows.reduce((n, { list }) => n + list.length, 0)} pictures, ${(sizes.reduce((a, b) => a + b, 0) / 1e6).toFixed(1)} MB, in ${seconds()}`);
  } finally {
    await end();
  }
};

await main(async () => {
  await ensureInstalled();
  if (isPinned()) await run();
  else continueOnPinned(join(root, 'tools/screens.mjs'), process.argv.slice(2));
});

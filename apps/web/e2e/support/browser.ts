import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import type { World } from './world';

const flags = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking', '--disable-background-timer-throttling', '--disable-renderer-backgrounding'];

export const openBrowser = (): Promise<Browser> => chromium.launch({ executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium', args: flags });

interface Look {
  readonly colorScheme?: 'light' | 'dark';
  readonly width?: number;
  readonly timeZone?: string;
}

export interface Seat {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Everything the page complained about: script errors and failed requests. */
  readonly complaints: readonly string[];
}

const watch = async (context: BrowserContext): Promise<Seat> => {
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return { context, page, complaints };
};

/** A window of its own, signed out. */
export const stranger = async (browser: Browser, look: Look = {}): Promise<Seat> =>
  watch(await browser.newContext({ viewport: { width: look.width ?? 1440, height: 900 }, colorScheme: look.colorScheme ?? 'light', reducedMotion: 'reduce', locale: 'en-GB', ...(look.timeZone === undefined ? {} : { timezoneId: look.timeZone }) }));

/** A window in which a demo person is signed in. */
export const seat = async (browser: Browser, world: World, name: string, look: Look = {}): Promise<Seat> => {
  const one = await stranger(browser, look);
  const [key = '', value = ''] = (await world.signIn(name)).split('=');
  await one.context.addCookies([{ name: key, value, url: world.url }]);
  return one;
};

/** Opens a page and waits until it is live. */
export const openLive = async (page: Page, url: string): Promise<void> => {
  await page.goto(url);
  await page.locator('.ow-fresh[data-state="live"]').waitFor();
};

/**
 * Looks at every frame for a row of a list that says the text (or no longer does) and answers with the wall clock of the
 * frame after: when it could be seen.
 */
export const seen = (page: Page, text: string, isThere = true): Promise<number> =>
  page.evaluate(
    ([wanted, there]) =>
      new Promise<number>((resolve) => {
        const look = (): void => {
          const has = [...document.querySelectorAll<HTMLElement>('[data-row-id]:not([data-gone])')].some((row) => row.textContent.includes(wanted));
          if (has === there) requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now()));
          else requestAnimationFrame(look);
        };
        look();
      }),
    [text, isThere] as const,
  );

/// <reference lib="dom" />
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@orderwatch/rig';
import type { BrowserContext, Page } from 'playwright-core';

interface Vital {
  readonly value: number;
}

type Listen = (told: (vital: Vital) => void, options: { reportAllChanges: boolean }) => void;

declare global {
  // The newest figures of the page, in milliseconds.
  var vitals: { lcp: number; inp: number; longest: number };
}

const library = readFileSync(join(ROOT, 'node_modules/web-vitals/dist/web-vitals.iife.js'), 'utf8');

const listen = (webVitals: { onLCP: Listen; onINP: Listen }): void => {
  globalThis.vitals = { lcp: Number.NaN, inp: 0, longest: 0 };
  webVitals.onLCP(({ value }) => (globalThis.vitals.lcp = value), { reportAllChanges: true });
  webVitals.onINP(({ value }) => (globalThis.vitals.inp = value), { reportAllChanges: true });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) globalThis.vitals.longest = Math.max(globalThis.vitals.longest, duration);
  }).observe({ type: 'longtask', buffered: true });
};

/** Every page of the context keeps its figures from its first paint on. */
export const measureVitals = (context: BrowserContext): Promise<unknown> => context.addInitScript(`${library}\n;(${listen.toString()})(webVitals);`);

/** The figures, once what was painted last has been counted. */
export const vitalsOf = async (page: Page): Promise<{ readonly lcp: number; readonly inp: number; readonly longest: number }> => {
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 100))));
  return page.evaluate(() => globalThis.vitals);
};

export const forgetLongest = (page: Page): Promise<void> => page.evaluate(() => void (globalThis.vitals.longest = 0));

/** Scrolls the list for so long by so many pixels a frame, and answers frames per second. */
export const scrollRate = (page: Page, { seconds, pixels }: { readonly seconds: number; readonly pixels: number }): Promise<number> =>
  page.evaluate(([forSeconds, by]) => {
    const view = document.querySelector<HTMLElement>('.ow-grid-scroll');
    if (!view) throw new Error('no list');
    view.scrollTop = 0;
    return new Promise<number>((resolve) => {
      let [frames, from, way] = [0, 0, 1];
      const step = (now: number): void => {
        if (from === 0) from = now;
        else frames += 1;
        if (now - from >= forSeconds * 1000) return resolve((frames * 1000) / (now - from));
        if (view.scrollTop + view.clientHeight >= view.scrollHeight - 1) way = -1;
        else if (view.scrollTop <= 0) way = 1;
        view.scrollTop += way * by;
        requestAnimationFrame(step);
      };
      requestAnimationFrame(step);
    });
  }, [seconds, pixels] as const);

/** From the next press of the key until a row names somebody: as far as it can be seen, in milliseconds. */
export const armRace = (page: Page, rowId: string, name: string): Promise<void> =>
  page.evaluate(([id, wanted]) => {
    Object.assign(globalThis, {
      race: new Promise<number>((resolve) => {
        addEventListener('keydown', ({ timeStamp }) => {
          const look = (): void => {
            const row = document.querySelector(`[data-row-id="${id}"]`);
            const says = row?.querySelector(`[aria-label*="${wanted}"]`) ?? (row?.textContent.includes(wanted) ? row : null);
            if (says) requestAnimationFrame(() => resolve(performance.now() - timeStamp));
            else requestAnimationFrame(look);
          };
          look();
        }, { once: true, capture: true });
      }),
    });
  }, [rowId, name] as const);

export const raceOf = (page: Page): Promise<number> => page.evaluate(() => (globalThis as unknown as { race: Promise<number> }).race);

/// <reference lib="dom" />
import type { Page } from 'playwright-core';

/** A row that said something new. */
export interface Sighting {
  /** The number that the row says: `Scan 17`, or `#17`. */
  readonly n: number;
  /** Wall clock, milliseconds with fractions: after the frame that painted it. */
  readonly at: number;
}

declare global {
  // What the watched page keeps until it is asked for.
  var sightings: Sighting[];
}

/** Notes every number that a row of the list says by this pattern, once it is painted. */
export async function watchRows(page: Page, pattern: string): Promise<void> {
  await page.evaluate((source) => {
    const wanted = new RegExp(source);
    const known = new Map<string, number>();
    globalThis.sightings = [];
    const numberIn = (row: Element): number => Number(wanted.exec(row.textContent)?.[1] ?? Number.NaN);
    let fresh = new Set<number>();
    const note = (row: HTMLElement): void => {
      const [id, n] = [row.dataset['rowId'] ?? '', numberIn(row)];
      if (Number.isNaN(n) || known.get(id) === n) return;
      known.set(id, n);
      fresh.add(n);
    };
    for (const row of document.querySelectorAll<HTMLElement>('[data-row-id]')) note(row);
    fresh.clear();
    new MutationObserver((records) => {
      const rows = new Set<HTMLElement>();
      for (const { target, addedNodes } of records) {
        const element = target instanceof Element ? target : target.parentElement;
        const row = element?.closest<HTMLElement>('[data-row-id]');
        if (row) rows.add(row);
        for (const node of addedNodes) if (node instanceof HTMLElement && node.dataset['rowId'] !== undefined) rows.add(node);
      }
      const isFirst = fresh.size === 0;
      for (const row of rows) note(row);
      if (!isFirst || fresh.size === 0) return;
      requestAnimationFrame(() => {
        const painted = fresh;
        fresh = new Set();
        // The message comes after the frame whose callbacks these are has been painted.
        const channel = new MessageChannel();
        channel.port1.onmessage = () => {
          const at = performance.timeOrigin + performance.now();
          for (const n of painted) globalThis.sightings.push({ n, at });
        };
        channel.port2.postMessage(null);
      });
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  }, pattern);
}

export const sightingsOf = (page: Page): Promise<readonly Sighting[]> => page.evaluate(() => globalThis.sightings);

/** Ids of the rows that can be seen whole. */
export const rowsInView = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[data-row-id]')].flatMap((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return top >= 0 && bottom <= window.innerHeight && row.dataset['rowId'] !== undefined ? [row.dataset['rowId']] : [];
    }));

import type { Page } from 'playwright-core';

interface Log {
  reads: number[];
  /** When each change was first heard of. */
  news: Map<string, number>;
}

/** Keeps when a page asks for the list of cases and when the socket brings changes of it. Before the page is opened. */
export const keepReads = async (page: Page): Promise<void> => {
  await page.addInitScript(() => {
    const log: Log = { reads: [], news: new Map() };
    Object.assign(globalThis, { listLog: log });
    const { fetch } = globalThis;
    globalThis.fetch = (input, init) => {
      if (typeof init?.body === 'string' && init.body.includes('query Queue(')) log.reads.push(performance.now());
      return fetch(input, init);
    };
    globalThis.WebSocket = class extends WebSocket {
      constructor(...all: ConstructorParameters<typeof WebSocket>) {
        super(...all);
        this.addEventListener('message', ({ data }) => {
          if (typeof data !== 'string' || !data.includes('"topic":"queue"')) return;
          const key = [/"id":"[^"]+"/, /"version":\d+/].map((part) => part.exec(data)?.[0]).join();
          if (!log.news.has(key)) log.news.set(key, performance.now());
        });
      }
    };
  });
};

/** Forgets what was kept so far. */
export const forgetReads = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const { listLog } = globalThis as unknown as { listLog: Log };
    listLog.reads = [];
  });

/** How often the list was read right after a second that brought at least so many changes: at a slower pace each may be shown at once. */
export const readsInBurst = (page: Page, many: number): Promise<{ reads: number; news: number }> =>
  page.evaluate((least) => {
    const { reads, news } = (globalThis as unknown as { listLog: Log }).listLog;
    const times = [...news.values()];
    return { reads: reads.filter((at) => times.filter((each) => each <= at && at - each <= 1000).length >= least).length, news: times.length };
  }, many);

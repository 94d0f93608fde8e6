import type { Browser, Page } from 'playwright-core';

/** What of Chromium's trace events is read; times in microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** CPU time of a task. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** Only tasks, so that watching costs the page next to nothing. */
const TASKS = ['-*', 'toplevel'];

/**
 * CPU time of the longest task of the page's main thread during some work, in milliseconds. A long task as pages are told of it lasts from
 * beginning to end, whoever has the processor meanwhile.
 */
export async function longestOwn(browser: Browser, page: Page, work: () => Promise<void>): Promise<number> {
  await browser.startTracing(page, { categories: TASKS });
  let trace: Buffer;
  try {
    await work();
  } finally {
    trace = await browser.stopTracing();
  }
  const { traceEvents } = JSON.parse(trace.toString('utf8')) as { traceEvents: TraceEvent[] };
  const mains = traceEvents.filter((event) => event.name === 'thread_name' && event.args?.name === 'CrRendererMain');
  const tasks = traceEvents.filter(({ pid, tid, tdur }) => tdur !== undefined && mains.some((main) => main.pid === pid && main.tid === tid));
  if (tasks.length === 0) throw new Error('the trace holds no task of a page');
  return tasks.reduce((longest, { tdur = 0 }) => Math.max(longest, tdur), 0) / 1000;
}

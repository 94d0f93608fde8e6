import { isDeepStrictEqual } from 'node:util';
import { expect } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { until } from './processes';
import type { Story } from './stories';
import type { World } from './world';

export const rowOf = (page: Page, story: Story): Locator => page.locator('[data-row-id]', { hasText: story.name });

/** The row at a place of the list, counted from 1 as people count. */
export const rowAt = (page: Page, place: number): Locator => page.locator(`[data-row-id][aria-rowindex="${place + 1}"]`);

type Filter = Readonly<Record<string, unknown>>;

/** Waits until the server has so many open cases. */
export const opened = async (world: World, cookie: string, count: number, filter: Filter = {}): Promise<void> =>
  void (await until(`${count} cases are open`, async () => (await totalOf(world, cookie, filter)) === count, 60_000));

export const totalOf = async (world: World, cookie: string, filter: Filter = {}): Promise<number> => {
  const { queue } = (await world.ask(cookie, 'query($filter: QueueFilter) { queue(view: all, first: 1, filter: $filter) { total } }', { filter })) as { queue: { total: number } };
  return queue.total;
};

/** What stands on the screen, from top to bottom. */
export const idsOf = (page: Page): Promise<string[]> => page.locator('[data-row-id]').evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset['rowId'] ?? ''));

/** Waits until so many rows are in the document: those out of sight come when nothing else is to be done. */
export const drawn = (page: Page, count: number): Promise<unknown> => until(`${count} rows are drawn`, async () => (await page.locator('[data-row-id]').count()) === count);

/** Waits until what is looked at is as wanted; a failure tells what differs. */
export const becomesLike = async <T>(look: () => Promise<T>, wanted: T): Promise<void> => {
  let last: T | undefined;
  try {
    await until('it is as wanted', async () => isDeepStrictEqual((last = await look()), wanted));
  } catch {
    expect(last).toEqual(wanted);
  }
};

export const idsOfStories = (page: Page, stories: readonly Story[]): Promise<string[]> =>
  page.locator('[data-row-id]').evaluateAll((rows, names) => rows.flatMap((row) => (names.some((name) => row.textContent.includes(name)) ? [(row as HTMLElement).dataset['rowId'] ?? ''] : [])), stories.map(({ name }) => name));

/** Those that no edge of the list cuts, from top to bottom. */
export const wholeInView = (page: Page): Promise<string[]> =>
  page.locator('[data-row-id]').evaluateAll((rows) => {
    const view = rows[0]?.closest('.ow-grid-scroll')?.getBoundingClientRect();
    const head = rows[0]?.closest('.ow-grid-scroll')?.querySelector('[role="columnheader"]')?.getBoundingClientRect();
    return rows.flatMap((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return view && top >= (head?.bottom ?? view.top) && bottom <= view.bottom ? [(row as HTMLElement).dataset['rowId'] ?? ''] : [];
    });
  });

interface Spot {
  readonly id: string | null;
  /** Pixels from the top of the window. */
  readonly top: number;
}

/** The row that has the keyboard, and where it stands. */
export const focusedSpot = (page: Page): Promise<Spot> =>
  page.evaluate(() => {
    const row = document.activeElement?.closest<HTMLElement>('[data-row-id]') ?? null;
    return { id: row?.dataset['rowId'] ?? null, top: row?.getBoundingClientRect().top ?? Number.NaN };
  });

/** Looks at every frame which row lies under the pointer and where it stands; the answer tells every different sight there was. */
export const watchUnder = async (page: Page, row: Locator): Promise<() => Promise<{ sights: string[]; frames: number }>> => {
  const box = await row.boundingBox();
  if (!box) throw new Error('The row is not on the screen.');
  const point = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await page.mouse.move(point.x, point.y);
  const watch = await page.evaluateHandle(({ x, y }) => {
    const sights = new Set<string>();
    let [frames, isOver] = [0, false];
    const look = (): void => {
      const under = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-row-id]');
      sights.add(`${under?.dataset['rowId'] ?? 'nothing'} at ${under?.getBoundingClientRect().top ?? 'nowhere'} px`);
      frames += 1;
      if (!isOver) requestAnimationFrame(look);
    };
    look();
    return {
      end: () => {
        isOver = true;
        return { sights: [...sights], frames };
      },
    };
  }, point);
  return () => watch.evaluate((watching) => watching.end());
};

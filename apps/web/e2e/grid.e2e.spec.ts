import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { violations } from './support/axe';
import { openBrowser, seat, type Seat } from './support/browser';
import { gridsOf } from './support/grids';
import { until } from './support/processes';
import { startWorld, type World } from './support/world';

const LONG = 'Queue grid of 5 000 rows';
const SHORT = 'Queue grid with held order, pill and peek';

let world: World;
let browser: Browser;
let at: Seat;
let page: Page;

beforeAll(async () => {
  world = await startWorld();
  browser = await openBrowser();
  at = await seat(browser, world, 'agent');
  page = at.page;
}, 120_000);
afterAll(async () => {
  await browser.close();
  await world.stop();
  expect(at.complaints).toEqual([]);
}, 60_000);

const scrollTo = (block: Locator, top: number): Promise<void> =>
  block.locator('.ow-grid-scroll').evaluate((element, to) => {
    element.scrollTop = to;
  }, top);

/** The gallery anew, one of its lists alone unless `hash` is empty. */
const open = async (title: string, hash = `#${encodeURIComponent(title)}`): Promise<Locator> => {
  // Gone to from where it is, the browser would bring back where one had scrolled to, whenever the list is long enough for it.
  await page.goto('about:blank');
  await page.goto(`${world.url}/gallery${hash}`);
  const block = page.getByRole('region', { name: title, exact: true });
  await block.locator('[data-row-id="a"]').waitFor();
  return block;
};

/** Pressed without the pointer going there. */
const press = (block: Locator, name: string): Promise<void> => block.getByRole('button', { name, exact: true }).evaluate((element: HTMLElement) => element.click());

const still = (block: Locator): Promise<void> => block.getByText('Still', { exact: true }).waitFor();

/** The line that has the keyboard, and the pixel it is on. */
const inHand = (): Promise<{ id: string | undefined; top: number; isBody: boolean }> =>
  page.evaluate(() => {
    const line = document.activeElement?.closest<HTMLElement>('[data-row-id]');
    return { id: line?.dataset['rowId'], top: line?.getBoundingClientRect().top ?? Number.NaN, isBody: document.activeElement === document.body };
  });

/** Looks at every frame which row is at a place and where it stands, until the list is still. */
const watch = (block: Locator, x: number, y: number): Promise<string[]> =>
  block.evaluate(
    (element, [left, top]) =>
      new Promise<string[]>((resolve) => {
        const seen = new Set<string>();
        const isChanging = (): boolean => [...element.querySelectorAll('span')].some((each) => each.textContent === 'Changing');
        let hasBegun = false;
        const look = (): void => {
          const row = document.elementFromPoint(left, top)?.closest<HTMLElement>('[data-row-id]');
          seen.add(`${row?.dataset['rowId'] ?? 'nothing'} at ${row?.getBoundingClientRect().top ?? Number.NaN}`);
          hasBegun ||= isChanging();
          if (hasBegun && !isChanging()) resolve([...seen]);
          else requestAnimationFrame(look);
        };
        look();
        [...element.querySelectorAll('button')].find((each) => each.textContent === '200 changes')?.click();
      }),
    [x, y] as const,
  );

const place = async (block: Locator): Promise<{ x: number; y: number }> => {
  const box = await block.locator('.ow-grid-scroll').boundingBox();
  if (!box) throw new Error('no list');
  return { x: box.x + 300, y: box.y + 255 };
};

describe('a list under the hand', () => {
  it('never moves the row under the pointer through 200 changes, nor lets another take its place', async () => {
    const block = await open(LONG);
    await scrollTo(block, 400);
    const { x, y } = await place(block);
    await page.mouse.move(x, y);
    expect(await watch(block, x, y)).toHaveLength(1);
    await press(block, 'Hold');
    // Even a list that follows the server leaves the row that is pointed at where it is; when that one leaves, its neighbour takes the place.
    expect(new Set((await watch(block, x, y)).map((each) => each.replace(/^\S+ /, ''))).size).toBe(1);
  });

  it('keeps the focused row on its pixel when what waits is applied, and hands on when it has left', async () => {
    const block = await open(LONG);
    await block.locator('[data-row-id="m3"]').focus();
    for (let round = 0; round < 4; round += 1) {
      await press(block, '200 changes');
      await still(block);
      const before = await inHand();
      const hasLeft = (await block.locator(`[data-row-id="${before.id}"][data-gone]`).count()) > 0;
      await page.keyboard.press('.');
      await block.locator('.ow-pill[data-quiet]').waitFor();
      const after = await inHand();
      expect(after.isBody).toBe(false);
      expect(Math.abs(after.top - before.top)).toBeLessThanOrEqual(1);
      expect(after.id === before.id).toBe(!hasLeft);
    }
  });

  it('applies what it says that waits, even if it is asked to in the drawing that says so', async () => {
    const block = await open(LONG);
    await block.locator('[data-row-id="m3"]').focus();
    await block.evaluate((element) => {
      const says = (text: string): boolean => [...element.querySelectorAll('span')].some((each) => each.textContent === text);
      const observer = new MutationObserver(() => {
        if (!says('Still')) return;
        observer.disconnect();
        document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: '.', bubbles: true, cancelable: true }));
      });
      [...element.querySelectorAll('button')].find((each) => each.textContent === '200 changes')?.click();
      requestAnimationFrame(() => observer.observe(element, { subtree: true, childList: true, characterData: true }));
    });
    await still(block);
    await block.locator('.ow-pill[data-quiet]').waitFor();
  });

  it('keeps the keyboard when it becomes empty under it, and takes it up again with the next row', async () => {
    const block = await open(SHORT);
    await block.locator('[data-row-id="b"]').focus();
    await press(block, 'All leave');
    await block.locator('[data-row-id="b"][data-gone]').waitFor();
    await page.keyboard.press('.');
    await block.locator('[data-row-id]').first().waitFor({ state: 'detached' });
    await until('the list has the keyboard', () => page.evaluate(() => document.activeElement?.getAttribute('role') === 'grid'));
    await press(block, 'A row arrives');
    await block.locator('[data-row-id]').first().waitFor();
    await until('the next row has it', async () => /^n/.test((await inHand()).id ?? ''));
  });

  it('keeps the keyboard on its row when it is grouped and when it is not any more', async () => {
    const block = await open(SHORT);
    await block.locator('[data-row-id="a"]').focus();
    await press(block, 'carrier');
    await block.locator('[data-group]').first().waitFor();
    expect((await inHand()).id).toBe('a');
    await press(block, 'none');
    await block.locator('[data-group]').first().waitFor({ state: 'detached' });
    expect(await inHand()).toMatchObject({ id: 'a', isBody: false });
  });
});

describe('a long list', () => {
  it('has no more in the document than can be seen, and twenty', async () => {
    const block = await open(LONG);
    for (const top of [0, 5000, 90_000, 200_000]) {
      await scrollTo(block, top);
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
      const height = await block.locator('.ow-grid-scroll').evaluate((element) => element.clientHeight);
      expect(await block.locator('[data-row-id]').count()).toBeLessThanOrEqual(Math.ceil(height / 36) + 20);
    }
    await until('its end is drawn', async () => (await block.locator('[data-row-id]').last().getAttribute('aria-rowindex')) === '5001');
  });

  it('says of itself what it is: a name, all rows of the server, one stop of the Tab key', async () => {
    await open(LONG, '');
    const grids = await gridsOf(page);
    expect(grids.filter(({ name, isContinuous }) => name === '' || !isContinuous)).toEqual([]);
    expect(grids.filter(({ indices, tabStops }) => indices.length > 1 && tabStops.length !== 1)).toEqual([]);
    expect(grids.find(({ name }) => name.startsWith('Five thousand'))?.rowCount).toBe(5001);
  });

  it('keeps the row in hand in the document however far it is scrolled away, and comes back to it', async () => {
    const block = await open(LONG);
    await block.locator('[data-row-id="m3"]').focus();
    await scrollTo(block, 90_000);
    await block.locator('[data-row-id="m2500"]').waitFor();
    expect((await inHand()).id).toBe('m3');
    await page.keyboard.press('j');
    await until('the one below is in hand', async () => (await inHand()).id === 'm4');
  });
});

describe('the keyboard', () => {
  it('moves by rows, pages and to the ends', async () => {
    const block = await open(LONG);
    await block.locator('[data-row-id="c"]').focus();
    const walk: [string, string][] = [['j', 'd'], ['ArrowDown', 'e'], ['k', 'd'], ['ArrowUp', 'c'], ['End', 'm4993'], ['Home', 'a']];
    for (const [key, id] of walk) {
      await page.keyboard.press(key);
      await until(`${id} is in hand after ${key}`, async () => (await inHand()).id === id);
    }
    const page1 = await inHand();
    await page.keyboard.press('PageDown');
    const page2 = await inHand();
    expect(page2.top).toBeGreaterThan(page1.top);
    await page.keyboard.press('PageUp');
    expect((await inHand()).id).toBe('a');
  });

  it('goes into the cells and out again, and leaves the list with one Tab', async () => {
    const block = await open(SHORT);
    await block.locator('[data-row-id="b"]').focus();
    const where = (): Promise<string> => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.getAttribute('role') ?? '');
    await page.keyboard.press('ArrowRight');
    expect(await where()).toBe('Select #10377');
    await page.keyboard.press('ArrowRight');
    expect(await where()).toBe('gridcell');
    await page.keyboard.press('ArrowDown');
    expect([await where(), (await inHand()).id]).toEqual(['gridcell', 'c']);
    await page.keyboard.press('Escape');
    expect(await where()).toBe('row');
    await page.keyboard.press('Tab');
    expect((await inHand()).id).toBeUndefined();
    await page.keyboard.press('Shift+Tab');
    expect((await inHand()).id).toBe('c');
  });

  it('opens the menu of a row, moves in it and gives the keyboard back', async () => {
    const block = await open(SHORT);
    await block.locator('[data-row-id="b"]').focus();
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: 'Open #10377', exact: true }).waitFor();
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Claim');
    await page.keyboard.press('Escape');
    expect(await inHand()).toMatchObject({ id: 'b', isBody: false });
    await block.locator('[data-row-id="d"]').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Open #10533', exact: true }).click();
    expect((await inHand()).id).toBe('d');
  });
});

describe('selection', () => {
  const selected = (block: Locator): Promise<string[]> => block.locator('[data-row-id][aria-selected="true"]').evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset['rowId'] ?? ''));

  it('takes ranges by keyboard, which shrink again, and single rows', async () => {
    const block = await open(SHORT);
    await block.locator('[data-row-id="a"]').focus();
    for (const key of ['Shift+ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowUp']) await page.keyboard.press(key);
    expect(await selected(block)).toEqual(['a', 'b', 'c']);
    for (const key of ['ArrowDown', 'ArrowDown', 'x', 'k', 'Space']) await page.keyboard.press(key);
    expect(await selected(block)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('takes ranges by the pointer, on rows and on boxes', async () => {
    const block = await open(SHORT);
    await block.getByLabel('Select #10482').click();
    await block.getByLabel('Select #10519').click({ modifiers: ['Shift'] });
    expect(await selected(block)).toEqual(['a', 'b', 'c']);
    await block.locator('[data-row-id="e"]').click({ modifiers: ['Control'] });
    expect(await selected(block)).toEqual(['a', 'b', 'c', 'e']);
  });

  it('takes all that is shown, but nothing that comes later or has left', async () => {
    const block = await open(SHORT);
    // What is out of sight follows by and by.
    await block.locator('[data-row-id]').nth(59).waitFor({ state: 'attached' });
    await block.locator('[data-row-id="a"]').focus();
    await page.keyboard.press('Control+a');
    // One of the sixty has left the view before.
    expect(await selected(block)).toHaveLength(59);
    await press(block, 'A row arrives');
    await page.keyboard.press('.');
    await block.locator('.ow-pill[data-quiet]').waitFor();
    await until('sixty are drawn', async () => (await block.locator('[data-row-id]').count()) === 60);
    expect(await selected(block)).toHaveLength(59);
    expect(await block.getByLabel('Select all shown').evaluate((box: HTMLInputElement) => [box.checked, box.indeterminate])).toEqual([false, true]);
    await press(block, 'A row leaves');
    await block.getByText('59 selected, 1 not in view').waitFor();
  });

  it('is acted on in a bar that F6 leads to and back from, which does not take the keyboard with it', async () => {
    const block = await open(SHORT);
    await block.locator('[data-row-id="b"]').focus();
    await page.keyboard.press('x');
    await page.keyboard.press('F6');
    expect(await page.evaluate(() => document.activeElement?.closest('[role="toolbar"]')?.getAttribute('aria-label'))).toBe('With the selected');
    await page.keyboard.press('F6');
    expect((await inHand()).id).toBe('b');
    await page.keyboard.press('F6');
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await block.getByRole('toolbar', { name: 'With the selected', exact: true }).waitFor({ state: 'detached' });
    expect((await inHand()).id).toBe('b');
  });
});

describe('groups', () => {
  it('are a tree that opens and closes with the arrows, whose heads stay in sight', async () => {
    const block = await open(LONG);
    await press(block, 'country and carrier');
    await block.getByRole('treegrid').waitFor();
    expect(await block.locator('[data-row-id]').evaluateAll((lines) => lines.slice(0, 3).map((line) => line.getAttribute('aria-level')))).toEqual(['1', '2', '3']);
    await scrollTo(block, 5000);
    const { x, y } = await place(block);
    /** What lies at a height of the list, in pixels from its top. */
    const lineAt = (height: number): Promise<string | undefined> =>
      page.evaluate(([left, top]) => document.elementFromPoint(left, top)?.closest<HTMLElement>('[data-group]')?.dataset['rowId'], [x, y - 255 + height] as const);
    await block.locator('[data-row-id="m1995"]').waitFor();
    expect([await lineAt(40), await lineAt(76)]).toEqual(['group:Germany', 'group:Germany/DHL']);
    await block.locator('[data-row-id="group:Germany/DHL"]').focus();
    await page.keyboard.press('ArrowLeft');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-expanded'))).toBe('false');
    await page.keyboard.press('ArrowRight');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-expanded'))).toBe('true');
    const tree = (await gridsOf(page)).find(({ name }) => name.startsWith('Five thousand'));
    expect([tree?.isContinuous, tree?.tabStops.length]).toEqual([true, 1]);
  });
});

describe('the gallery', () => {
  const looks = [
    ['light', 'usual'],
    ['dark', 'usual'],
    ['light', 'high'],
    ['dark', 'high'],
  ] as const;
  it.each(looks)('is free of what axe finds: %s, %s contrast', async (scheme, contrast) => {
    await page.emulateMedia({ colorScheme: scheme });
    const block = await open(SHORT, '');
    await page.locator(`html[data-mantine-color-scheme="${scheme}"]`).waitFor();
    await page.evaluate((value) => {
      document.documentElement.dataset['contrast'] = value;
    }, contrast);
    await block.getByLabel('Select #10482').click();
    await press(block, 'carrier');
    // Only colours change with these two, so everything else is looked at once.
    expect(await violations(page, scheme === 'light' && contrast === 'usual' ? {} : { rule: 'color-contrast' })).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { openBrowser, stranger } from './support/browser';
import { hasKeyboard, keyboardOn } from './support/keyboard';
import { until } from './support/processes';
import { rowOf } from './support/rows';
import { calm, lost, newStory, type Story } from './support/stories';
import { startWorld, type World } from './support/world';

let world: World;
let browser: Browser;

beforeAll(async () => {
  world = await startWorld();
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  await browser.close();
  await world.stop();
}, 60_000);

const MOST_TABS = 60;

/** Walks with Tab (or backwards) until one of the elements has the keyboard, as somebody does who has no letters to jump with. */
const tabTo = async (page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> => {
  await target.first().waitFor();
  for (let i = 0; i < MOST_TABS; i += 1) {
    if (await hasKeyboard(target)) return;
    await page.keyboard.press(key);
  }
  const at = await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200));
  throw new Error(`${MOST_TABS} times ${key} did not lead to ${String(target)}; it ended at ${at}`);
};

/** Opens the menu of the row in hand and chooses in it with the arrows. */
const choose = async (page: Page, name: RegExp): Promise<void> => {
  await page.keyboard.press('Shift+F10');
  const menu = page.getByRole('menu');
  const item = menu.getByRole('menuitem', { name }).and(page.locator(':not([aria-disabled])'));
  await item.waitFor();
  await keyboardOn('the menu', menu.getByRole('menuitem'));
  for (let i = 0; i < MOST_TABS && !(await hasKeyboard(item)); i += 1) await page.keyboard.press('ArrowDown');
  expect(await hasKeyboard(item)).toBe(true);
  await page.keyboard.press('Enter');
  await menu.waitFor({ state: 'detached' });
};

const stateOf = async (story: Story): Promise<{ state: string; outcome: string | null; history: { what: string; why: string | null }[] } | undefined> => {
  const cookie = await world.signIn('lead');
  for (const view of ['all', 'resolved']) {
    const { queue } = (await world.ask(cookie, 'query($v: QueueView!, $f: QueueFilter) { queue(view: $v, filter: $f) { rows { id } } }', { v: view, f: { text: story.name } })) as { queue: { rows: { id: string }[] } };
    const id = queue.rows[0]?.id;
    if (id === undefined) continue;
    const { exceptionCase: full } = (await world.ask(cookie, 'query($id: ID!) { exceptionCase(id: $id) { row { state outcome } history { what why } } }', { id })) as { exceptionCase: { row: { state: string; outcome: string | null }; history: { what: string; why: string | null }[] } };
    return { ...full.row, history: full.history };
  }
  return undefined;
};

describe('without a pointer, and with the letter keys switched off', () => {
  it('signs in, takes the next case, reads why and what stands behind it, leaves a note, resolves it and takes that back', async () => {
    const story = newStory();
    await world.send(...calm(story), lost(story));
    await until('the case is open', async () => (await stateOf(story)) !== undefined);
    await world.ask(await world.signIn('agent'), 'mutation($patch: JSON!) { setPreferences(patch: $patch) }', { patch: { keyboard: { singles: false, chords: false, own: {} } } });
    const { page, context, complaints } = await stranger(browser);
    await page.addInitScript(() => {
      for (const sign of ['pointerdown', 'wheel', 'touchstart']) addEventListener(sign, () => ((window as { touched?: boolean }).touched = true), true);
    });

    await page.goto(`${world.url}/queue?view=next_up`);
    await tabTo(page, page.getByLabel('Work e-mail'));
    await page.keyboard.type('agent@demo.test');
    await tabTo(page, page.getByRole('textbox', { name: 'Password', exact: true }));
    await page.keyboard.type('orderwatch-demo');
    await page.keyboard.press('Enter');
    await page.locator('.ow-fresh[data-state="live"]').waitFor();
    await rowOf(page, story).waitFor();

    // Single letters and chords do nothing outside of a list.
    await tabTo(page, page.getByRole('button', { name: /^Next/ }));
    await page.keyboard.press('g');
    await page.keyboard.press('h');
    await page.keyboard.press('/');
    expect(new URL(page.url()).pathname).toBe('/queue');
    expect(await hasKeyboard(page.getByRole('button', { name: /^Next/ }))).toBe(true);

    await page.keyboard.press('Enter');
    const row = page.locator('[data-row-id][aria-current]');
    await row.getByText(/You,/).waitFor();
    await keyboardOn('the row', row);
    const peek = page.locator('.ow-peek', { hasText: story.name });
    await peek.getByText('Erin Gallagher').waitFor();

    await page.keyboard.press('Enter');
    await page.waitForURL(/\/orders\//);
    const line = page.locator('.ow-tl [data-item]');
    await tabTo(page, line);
    await line.filter({ hasText: /Lost/ }).first().waitFor();
    const loss = line.filter({ hasText: 'Parcel 1' }).filter({ hasText: /Lost/ }).filter({ hasNotText: 'Expected' });
    for (let i = 0; i < MOST_TABS && !(await hasKeyboard(loss)); i += 1) await page.keyboard.press('ArrowDown');
    expect(await hasKeyboard(loss)).toBe(true);
    await page.keyboard.press('Enter');
    const raw = page.getByRole('region', { name: 'Raw event', exact: true });
    await raw.getByTestId('trace-step').first().waitFor();
    await page.keyboard.press('Escape');
    await raw.waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await page.waitForURL(/\/queue/);
    await keyboardOn('the row, again,', row.filter({ hasText: story.name }));

    await choose(page, /note/i);
    const note = page.getByRole('textbox', { name: 'What the next person should know', exact: true });
    await keyboardOn('the note', note);
    await page.keyboard.type('the carrier has been asked, e and n and ? are text');
    await page.keyboard.press('Control+Enter');
    await note.waitFor({ state: 'detached' });
    await keyboardOn('the row, after the note,', row);

    await choose(page, /^Resolve/);
    const outcomes = page.getByRole('group', { name: 'Resolve as', exact: true });
    await outcomes.waitFor();
    await tabTo(page, outcomes.getByRole('button', { name: /^1/ }));
    await page.keyboard.press('Enter');
    await until('it is resolved', async () => (await stateOf(story))?.state === 'resolved');
    await until('the list has the keyboard', () => page.evaluate(() => document.activeElement?.closest('[role="grid"]') != null));

    await tabTo(page, page.getByRole('button', { name: /^Activity/ }), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await tabTo(page, page.getByRole('region', { name: 'Activity', exact: true }).getByRole('button', { name: 'Undo', exact: true }));
    await page.keyboard.press('Enter');
    await until('it is not resolved any more', async () => (await stateOf(story))?.state === 'claimed');
    await page.keyboard.press('Escape');

    expect((await stateOf(story))?.history).toContainEqual({ what: expect.any(String), why: 'the carrier has been asked, e and n and ? are text' });
    expect(await page.evaluate(() => (window as { touched?: boolean }).touched ?? false)).toBe(false);
    // Before one is signed in the page asks who one is, and is told that nobody is.
    expect(complaints.filter((text) => !text.includes('401'))).toEqual([]);
    await context.close();
  });
});

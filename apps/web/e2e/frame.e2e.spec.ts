import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { violations } from './support/axe';
import { openBrowser, openLive, seat, stranger } from './support/browser';
import { chord } from './support/keyboard';
import { calm, lost, newStory, type Story } from './support/stories';
import { until } from './support/processes';
import { opened } from './support/rows';
import { plainTexts as textsOf } from './support/texts';
import { startWorld, type World } from './support/world';

let world: World;
let browser: Browser;
let story: Story;

beforeAll(async () => {
  world = await startWorld();
  browser = await openBrowser();
  story = newStory();
  await world.send(...calm(story), lost(story));
  await opened(world, await world.signIn('agent'), 1);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await world.stop();
}, 60_000);

/** Choices belong to the person and outlive the window in which they were made. */
const forget = { density: null, theme: null, keyboard: null, timeZone: null };
beforeEach(async () => {
  await world.ask(await world.signIn('agent'), 'mutation($patch: JSON!) { setPreferences(patch: $patch) }', { patch: forget });
});

const plainTexts = (page: Page, within: readonly string[]): Promise<string[]> => textsOf(page, within, true);

interface Kept {
  readonly theme?: string;
  readonly density?: string;
  readonly keyboard?: { readonly singles?: boolean; readonly chords?: boolean; readonly own?: Readonly<Record<string, string>> };
}

/** What the server keeps for somebody; a page that is read again believes it. */
const kept = async (name: string): Promise<Kept> => ((await world.ask(await world.signIn(name), '{ me { preferences } }')) as { me: { preferences: Kept } }).me.preferences;

const frame = ['.ow-rail', '.ow-top > *:not([data-page])'];

describe('the texts', () => {
  it('of sign-in, frame, settings and every layer are keys', async () => {
    const out = await stranger(browser);
    await out.page.goto(`${world.url}/sign-in?locale=pseudo`);
    await out.page.getByRole('textbox').first().waitFor();
    expect(await plainTexts(out.page, ['main'])).toEqual([]);
    await out.context.close();

    const { page, context } = await seat(browser, world, 'agent');
    await page.goto(`${world.url}/settings?locale=pseudo`);
    await page.getByRole('heading', { level: 2 }).first().waitFor();
    expect(await plainTexts(page, [...frame, '.settings'])).toEqual([]);
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    expect(await plainTexts(page, ['[role="dialog"]'])).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('option').first().waitFor();
    expect(await plainTexts(page, ['[role="dialog"]'])).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await chord(page, 'g', 't');
    await page.locator('.tray').waitFor();
    expect(await plainTexts(page, ['.tray'])).toEqual([]);
    await context.close();
  });

  it('can be read from right to left without the page becoming wider than the window', async () => {
    const { page, context } = await seat(browser, world, 'agent', { width: 1024 });
    await page.goto(`${world.url}/settings?locale=pseudo-rtl`);
    await page.getByRole('heading', { level: 2 }).first().waitFor();
    expect(await page.evaluate(() => [document.documentElement.dir, document.documentElement.scrollWidth <= window.innerWidth])).toEqual(['rtl', true]);
    await context.close();
  });
});

describe('the palette', () => {
  it('opens anything by its name, and a number at once although the answer is still on its way', async () => {
    const { page, context, complaints } = await seat(browser, world, 'agent');
    await openLive(page, `${world.url}/queue`);
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('stuck');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Stuck parcels', level: 1, exact: true }).waitFor();

    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill(story.name);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/orders\//);
    await until('the order is there', async () => (await page.title()).includes(story.name));

    await chord(page, 'g', 'q');
    await page.waitForURL(/\/queue/);
    await page.keyboard.press('Control+k');
    await page.getByRole('option', { name: story.name, exact: true }).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });
});

describe('the keyboard', () => {
  it('can be given other keys, and single keys can be switched off', async () => {
    const { page, context } = await seat(browser, world, 'agent');
    await page.goto(`${world.url}/settings`);
    const change = page.getByRole('button', { name: 'Change the key for: Search', exact: true });
    await change.click();
    await page.keyboard.press('?');
    await page.getByText('? already means: Keys of this screen').first().waitFor();
    await page.keyboard.press('u');
    await page.getByRole('button', { name: 'Built-in key for: Search', exact: true }).waitFor();
    await until('the button has the focus', () => change.evaluate((element) => element === document.activeElement));
    await page.keyboard.press('u');
    await until('the search has the focus', () => page.evaluate(() => (document.activeElement as HTMLInputElement).type === 'search'));

    await page.getByRole('checkbox', { name: /Single keys/ }).click();
    await page.getByRole('checkbox', { name: /one after the other/ }).click();
    await until('the server knows it', async () => {
      const { keyboard } = await kept('agent');
      return keyboard?.singles === false && keyboard.chords === false && keyboard.own?.['search'] === 'u';
    });
    await page.reload();
    await page.getByRole('heading', { level: 2 }).first().waitFor();
    for (const key of ['u', '?', 'g', 'q']) await page.keyboard.press(key);
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(new URL(page.url()).pathname).toBe('/settings');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').waitFor();
    await context.close();
  });

  it('reaches the tray, which tells what was done, is a landmark, and gives the focus back', async () => {
    const { page, context } = await seat(browser, world, 'agent');
    await openLive(page, `${world.url}/queue?view=all`);
    const row = page.locator('[data-row-id]', { hasText: story.name });
    await row.click();
    await page.keyboard.press('c');
    await page.getByRole('status').filter({ hasText: /is yours/ }).first().waitFor({ state: 'attached' });
    await row.focus();
    await chord(page, 'g', 't');
    const tray = page.getByRole('region', { name: 'Activity', exact: true });
    await tray.getByText(/is yours/).waitFor();
    await page.keyboard.press('Escape');
    await tray.waitFor({ state: 'detached' });
    await until('the row has the focus', () => row.evaluate((element) => element === document.activeElement));
    // It is kept for the session of this tab.
    await page.reload();
    await page.locator('.ow-fresh[data-state="live"]').waitFor();
    await page.getByRole('button', { name: /^Activity/ }).click();
    await tray.getByText(/is yours/).waitFor();
    await until('the title tells of the case that is due', async () => /^\(1\)|Exceptions/.test(await page.title()));
    await context.close();
  });

  it('takes the last act back with z, and the row is nobody’s again', async () => {
    const { page, context } = await seat(browser, world, 'agent2');
    const other = newStory();
    await world.send(...calm(other), lost(other));
    await openLive(page, `${world.url}/queue?view=all`);
    const row = page.locator('[data-row-id]', { hasText: other.name });
    await row.click();
    await page.keyboard.press('c');
    await page.getByRole('status').filter({ hasText: /is yours/ }).first().waitFor({ state: 'attached' });
    await page.keyboard.press('z');
    await page.getByRole('status').filter({ hasText: /^Undone/ }).first().waitFor({ state: 'attached' });
    await row.getByText('Nobody').first().waitFor();
    await context.close();
  });

  it('takes no letter for a command that is typed while the palette is on its way', async () => {
    const { page, context } = await seat(browser, world, 'agent2');
    let come = (): void => undefined;
    const gate = new Promise<void>((open) => (come = open));
    await page.route(/\/palette-[^/]+\.js$/, async (route) => {
      await gate;
      await route.continue();
    });
    await openLive(page, `${world.url}/queue?view=all`);
    const row = page.locator('[data-row-id]').first();
    await row.click();
    await page.keyboard.press('Control+k');
    for (const key of ['c', 'n', 'o', 'Enter']) await page.keyboard.press(key);
    come();
    await page.getByRole('combobox').waitFor();
    expect(new URL(page.url()).pathname).toBe('/queue');
    expect((await world.ask(await world.signIn('agent2'), '{ counts { myClaims } }')) as object).toEqual({ counts: { myClaims: 0 } });
    await context.close();
  });

  it('shows the keys of this screen and its acts with the item in hand, from one list', async () => {
    const { page, context } = await seat(browser, world, 'lead');
    await openLive(page, `${world.url}/queue?view=all`);
    await page.locator('[data-row-id]').first().click();
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog');
    for (const name of ['Claim', 'Snooze', 'Resolve', 'Take the next case', 'Down, up']) await sheet.getByText(name, { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await page.keyboard.press('Control+k');
    await page.getByRole('group', { name: /^For EX-/ }).getByRole('option', { name: /^Resolve/ }).click();
    await page.getByRole('group', { name: /^Resolve/ }).waitFor();
    await context.close();
  });
});

describe('the address', () => {
  it('says what of it was not understood, once, and shows the page without it', async () => {
    const { page, context } = await seat(browser, world, 'agent');
    await openLive(page, `${world.url}/queue?view=nonsense&carier=dhl&sort=weather&state=asleep`);
    const note = page.getByText(/was not understood|were not understood/);
    await note.waitFor();
    expect(await note.textContent()).toMatch(/‘carier’/);
    expect(await note.textContent()).toMatch(/view ‘nonsense’/);
    // What does not exist reaches neither the list nor the server: the free ones are there, by their deadline.
    await page.getByRole('grid', { name: /due soonest first/ }).waitFor();
    await page.getByRole('button', { name: 'Dismiss', exact: true }).click();
    await page.getByRole('tab', { name: /Late/ }).click();
    await page.waitForURL(/view=late/);
    await note.waitFor({ state: 'detached' });
    await context.close();
  });

  it('carries whose clock is shown, from page to page', async () => {
    const { page, context } = await seat(browser, world, 'agent');
    await openLive(page, `${world.url}/queue?view=all&tz=utc`);
    await page.getByRole('button', { name: 'Times: UTC', exact: true }).waitFor();
    await chord(page, 'g', 's');
    await page.waitForURL(/\/stuck.*tz=utc/);
    await page.keyboard.press('Shift+T');
    await page.waitForURL((url) => !url.searchParams.has('tz'));
    await page.keyboard.press('Shift+T');
    await page.waitForURL(/tz=warehouse/);
    await context.close();
  });
});

describe.each(['Light', 'Dark', 'High contrast'])('in the colours “%s”', (theme) => {
  it('axe finds nothing wrong with the settings and the layers', async () => {
    const { page, context, complaints } = await seat(browser, world, 'agent');
    await page.goto(`${world.url}/settings`);
    await page.getByRole('radio', { name: theme, exact: true }).click();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog', { name: 'Commands', exact: true }).getByRole('option').first().waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Activity', exact: true }).click();
    await page.getByRole('region', { name: 'Activity', exact: true }).waitFor();
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });
});

describe('the look', () => {
  it('is kept: dark stays dark and rows stay compact after a reload', async () => {
    const { page, context } = await seat(browser, world, 'agent');
    await page.goto(`${world.url}/settings`);
    await page.getByRole('radio', { name: 'Dark', exact: true }).click();
    await page.getByRole('radio', { name: /Compact/ }).click();
    await until('the server knows it', async () => {
      const { theme, density } = await kept('agent');
      return theme === 'dark' && density === 'compact';
    });
    await page.reload();
    await page.locator('html[data-mantine-color-scheme="dark"][data-density="compact"]').waitFor();
    await page.getByRole('radio', { name: 'Dark', exact: true, checked: true }).waitFor();
    // And on every other machine.
    const other = await seat(browser, world, 'agent');
    await openLive(other.page, `${world.url}/queue`);
    await until('it looks the same there', async () => (await other.page.evaluate(() => `${document.documentElement.dataset['mantineColorScheme'] ?? ''} ${document.documentElement.dataset['density'] ?? ''}`)) === 'dark compact');
    await other.context.close();
    await context.close();
  });
});

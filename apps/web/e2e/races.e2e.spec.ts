import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openLive, seat } from './support/browser';
import { hire } from './support/people';
import { until } from './support/processes';
import { opened, rowOf } from './support/rows';
import { calm, lost, newStory, type Story } from './support/stories';
import { startWorld, type World } from './support/world';

/** Duels for one case. `ORDERWATCH_E2E_DUELS=100` for the whole figure; `npm test` does as many as take some seconds. */
const DUELS = Number(process.env['ORDERWATCH_E2E_DUELS'] ?? 12);
const AT_ONCE = 10;
const CASES = 100;

let world: World;
let browser: Browser;
let stories: Story[];

beforeAll(async () => {
  world = await startWorld();
  browser = await openBrowser();
  stories = Array.from({ length: CASES }, newStory);
  for (let i = 0; i < CASES; i += 20) await world.send(...stories.slice(i, i + 20).flatMap((story) => [...calm(story), lost(story)]));
  await opened(world, await world.signIn('lead'), CASES);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await world.stop();
}, 60_000);

interface Told {
  readonly id: string;
  readonly orderName: string;
  readonly owner: { readonly name: string } | null;
}

const rows = async (cookie: string, view: string, text?: string): Promise<Told[]> => {
  const { queue } = (await world.ask(cookie, 'query($v: QueueView!, $f: QueueFilter) { queue(view: $v, first: 100, filter: $f) { rows { id orderName owner { name } } } }', { v: view, f: text === undefined ? {} : { text } })) as { queue: { rows: Told[] } };
  return queue.rows;
};

/** Who has taken it, by its history. */
const claimsOf = async (cookie: string, id: string): Promise<string[]> => {
  const answer = (await world.ask(cookie, 'query($id: ID!) { exceptionCase(id: $id) { history { what actor } } }', { id })) as { exceptionCase: { history: { what: string; actor: string }[] } };
  return answer.exceptionCase.history.filter(({ what }) => /claim/i.test(what)).map(({ actor }) => actor);
};

const press = (pages: readonly Page[], key: string): Promise<unknown> => Promise.all(pages.map((page) => page.keyboard.press(key)));

describe('ten people who press “next” at once on a hundred cases', () => {
  it('get ten different ones, each in hand on its own screen', async () => {
    const names = await hire(world.databaseUrl, AT_ONCE);
    const seats = [];
    for (const name of names) seats.push(await seat(browser, world, name));
    for (const { page } of seats) await openLive(page, `${world.url}/queue?view=next_up`);
    await press(seats.map(({ page }) => page), 'n');
    const taken = await Promise.all(seats.map(async ({ page }) => {
      const inHand = page.locator('[data-row-id][aria-current]', { hasText: /You/ });
      await inHand.waitFor({ timeout: 120_000 });
      return inHand.getAttribute('data-row-id');
    }));
    expect(new Set(taken).size).toBe(AT_ONCE);
    const cookies = await Promise.all(names.map((name) => world.signIn(name)));
    const mine = await Promise.all(cookies.map(async (cookie) => (await rows(cookie, 'mine')).map(({ id }) => id)));
    expect(mine).toEqual(taken.map((id) => [id]));
    expect(seats.flatMap(({ complaints }) => complaints)).toEqual([]);
    await Promise.all(seats.map(({ context }) => context.close()));
  }, 300_000);
});

describe('two people who claim one case at once', () => {
  it(`leave exactly one owner, ${DUELS} times; the other reads on the row who was faster, and no dialog opens`, async () => {
    const cookie = await world.signIn('lead');
    const free = new Set((await rows(cookie, 'next_up')).map(({ orderName }) => orderName));
    while (free.size < DUELS) {
      const more = newStory();
      await world.send(...calm(more), lost(more));
      stories.push(more);
      free.add(more.name);
    }
    const people = [await seat(browser, world, 'agent'), await seat(browser, world, 'agent2')];
    const pages = people.map(({ page }) => page);
    for (const page of pages) await openLive(page, `${world.url}/queue?view=all`);
    const won = [0, 0];
    for (const story of stories.filter(({ name }) => free.has(name)).slice(0, DUELS)) {
      const duellists = pages.map((page) => rowOf(page, story));
      for (const row of duellists) await row.click();
      await press(pages, 'c');
      const owner = await until(`${story.name} has an owner`, async () => (await rows(cookie, 'all', story.name))[0]?.owner?.name);
      const winner = owner === 'Ana Ruiz' ? 0 : 1;
      won[winner] = (won[winner] ?? 0) + 1;
      await duellists[winner]?.getByText(/^You/).waitFor();
      const loser = duellists[1 - winner];
      // Whoever heard of the other before pressing sees a moment of their own claim; in the end they do not.
      await until('the other sees whose it is', async () => (await loser?.getByText(owner.split(' ')[0] ?? owner).count()) !== 0 && (await loser?.getByText(/^You/).count()) === 0);
      for (const page of pages) expect(await page.getByRole('dialog').count()).toBe(0);
      const [one] = await rows(cookie, 'all', story.name);
      expect(one?.owner?.name).toBe(owner);
      expect(await claimsOf(cookie, one?.id ?? '')).toEqual([owner]);
    }
    process.stdout.write(`claims won: ${won.join(' and ')}\n`);
    expect(people.flatMap(({ complaints }) => complaints)).toEqual([]);
    await Promise.all(people.map(({ context }) => context.close()));
  }, 240_000 + DUELS * 4000);
});

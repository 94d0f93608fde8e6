import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { openBrowser, openLive, seat, seen } from './support/browser';
import { chord, keyboardOn } from './support/keyboard';
import { until } from './support/processes';
import { opened, rowOf } from './support/rows';
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

interface Case {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly owner: { readonly id: string; readonly name: string } | null;
}

const raise = async (count: number): Promise<Story[]> => {
  const stories = Array.from({ length: count }, newStory);
  for (let from = 0; from < count; from += 26) expect(await world.send(...stories.slice(from, from + 26).flatMap((story) => [...calm(story), lost(story)]))).toBe(202);
  return stories;
};
const caseOf = async (story: Story): Promise<Case | undefined> => {
  const cookie = await world.signIn('lead');
  for (const view of ['all', 'resolved']) {
    const { queue } = (await world.ask(cookie, 'query($v: QueueView!, $f: QueueFilter) { queue(view: $v, filter: $f) { rows { id version state owner { id name } } } }', { v: view, f: { text: story.name } })) as { queue: { rows: Case[] } };
    if (queue.rows[0]) return queue.rows[0];
  }
  return undefined;
};
const historyOf = async (story: Story): Promise<{ what: string; why: string | null; actor: string }[]> => {
  const { exceptionCase } = (await world.ask(await world.signIn('lead'), 'query($id: ID!) { exceptionCase(id: $id) { history { what why actor } } }', { id: (await caseOf(story))?.id })) as { exceptionCase: { history: { what: string; why: string | null; actor: string }[] } };
  return exceptionCase.history;
};
const claim = async (who: string, story: Story): Promise<Case> => {
  await until(`${story.name} is open`, async () => (await caseOf(story)) !== undefined);
  const cookie = await world.signIn(who);
  // What comes in about it makes another version of it.
  await until(`${story.name} is taken`, async () => {
    const { id, version } = (await caseOf(story)) as Case;
    const { claimCase } = (await world.ask(cookie, 'mutation($id: ID!, $v: Int!, $m: ID!) { claimCase(id: $id, expectedVersion: $v, mutationId: $m) { __typename } }', { id, v: version, m: crypto.randomUUID() })) as { claimCase: { __typename: string } };
    return claimCase.__typename === 'Done';
  });
  return (await caseOf(story)) as Case;
};
const take = async (page: Page, story: Story): Promise<Locator> => {
  await rowOf(page, story).click();
  const peek = page.locator('.ow-peek', { hasText: story.name });
  // As long as the case is not read it is not known what can be done with it.
  await peek.locator('.peek-history').first().waitFor();
  return peek;
};
const becomes = (story: Story, wanted: { state?: string; owner?: string | null }): Promise<unknown> =>
  until(`${story.name} is ${JSON.stringify(wanted)}`, async () => {
    const now = await caseOf(story);
    return now !== undefined && (wanted.state === undefined || now.state === wanted.state) && (wanted.owner === undefined || (now.owner?.name ?? null) === wanted.owner);
  });
const nameOf = async (who: string): Promise<string> => ((await world.ask(await world.signIn(who), '{ me { name } }')) as { me: { name: string } }).me.name;

// First, while nobody has anything in hand.
describe('all that match', () => {
  it('does to each what the dry run said, but for what has changed since, and nobody joins', async () => {
    const stories = await raise(104);
    const held = stories[99] as Story;
    const cookie = await world.signIn('agent');
    await opened(world, cookie, stories.length);
    await claim('agent2', held);
    const { page, context } = await seat(browser, world, 'agent');
    await openLive(page, `${world.url}/queue?view=all`);
    await page.locator('[data-row-id]').first().waitFor();
    const queue = { total: stories.length };
    expect(queue.total).toBeGreaterThan(100);
    await page.getByText(`${queue.total} open ·`).waitFor();
    await page.getByRole('checkbox', { name: 'Select all shown', exact: true }).check();
    await page.getByRole('button', { name: `Select all ${queue.total} matching`, exact: true }).click();
    await page.getByText(`${queue.total} selected`).waitFor();
    await page.getByRole('toolbar', { name: 'With the selected cases', exact: true }).getByRole('button', { name: 'Resolve', exact: true }).click();
    await keyboardOn('the choice', page.getByRole('dialog').getByRole('group', { name: 'Resolve as', exact: true }));
    await page.keyboard.press('1');
    const trial = page.getByTestId('bulk-trial');
    await trial.getByText(`${queue.total - 1} change`).waitFor({ timeout: 60_000 });
    await trial.getByText(/^1 not: /).waitFor();

    // Between the trial and the deed: one more arrives, and one of those looked at is taken by a colleague.
    const [newer] = (await raise(1)) as [Story];
    await becomes(newer, { state: 'new' });
    const taken = stories[0] as Story;
    await claim('agent2', taken);
    await page.getByRole('button', { name: `Resolve ${queue.total - 1} cases`, exact: true }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await chord(page, 'g', 't');
    const tray = page.getByRole('region', { name: 'Activity', exact: true });
    await tray.getByText(`${queue.total - 2} cases resolved`).waitFor({ timeout: 60_000 });
    await tray.locator('summary').first().click();
    const items = tray.locator('details li');
    expect(await items.count()).toBe(queue.total);
    for (const story of [held, taken]) {
      expect(await items.filter({ hasText: story.name }).textContent()).toMatch(/claimed|works|holds|changed|has it|taken/i);
      expect((await caseOf(story))?.state).toBe('claimed');
    }
    expect((await caseOf(newer))?.state).toBe('new');
    expect((await caseOf(stories[50] as Story))?.state).toBe('resolved');
    await context.close();
  }, 120_000);
});

describe('a team in the queue', () => {
  it('lets a lead take a case over only with a reason, which its former owner sees at once', async () => {
    const [story] = (await raise(1)) as [Story];
    const held = await claim('agent2', story);
    const [lead, agent] = await Promise.all([seat(browser, world, 'lead'), seat(browser, world, 'agent2')]);
    for (const { page } of [lead, agent]) {
      await openLive(page, `${world.url}/queue?view=all`);
      await seen(page, story.name);
    }
    await take(agent.page, story);
    const peek = await take(lead.page, story);
    await peek.getByRole('button', { name: /^Take over/ }).click();
    const form = peek.getByRole('group', { name: new RegExp(`Take .* over from ${held.owner?.name ?? ''}`) });
    const done = form.getByRole('button', { name: /Take over/ });
    await done.and(lead.page.locator('[aria-disabled="true"]')).waitFor();
    await form.getByRole('textbox').fill('Ben is at lunch');
    await done.click();
    await becomes(story, { owner: await nameOf('lead') });
    expect(await historyOf(story)).toContainEqual(expect.objectContaining({ why: 'Ben is at lunch' }));
    await rowOf(agent.page, story).getByText((await nameOf('lead')).split(' ')[0] ?? '').first().waitFor();
    await Promise.all([lead.context.close(), agent.context.close()]);
  });

  it('gives a case to a colleague by a digit, and back to nobody', async () => {
    const [story] = (await raise(1)) as [Story];
    const { page, context } = await seat(browser, world, 'lead');
    await openLive(page, `${world.url}/queue?view=all`);
    await seen(page, story.name);
    await take(page, story);
    await page.keyboard.press('a');
    const form = page.getByRole('group', { name: /^Give .* to$/ });
    const colleague = await nameOf('agent2');
    await form.getByRole('button', { name: new RegExp(colleague) }).waitFor();
    await keyboardOn('the choice', form);
    const digit = await form.getByRole('button', { name: new RegExp(colleague) }).locator('kbd').textContent();
    await page.keyboard.press(digit ?? '');
    await becomes(story, { state: 'claimed', owner: colleague });
    await rowOf(page, story).getByText(colleague.split(' ')[0] ?? '').first().waitFor();
    await keyboardOn('the row', rowOf(page, story));
    await page.keyboard.press('a');
    await form.getByRole('textbox').fill('Shift is over');
    await form.getByRole('button', { name: /^\d*\s*Nobody/ }).click();
    await becomes(story, { owner: null });
    expect(await historyOf(story)).toContainEqual(expect.objectContaining({ why: expect.stringContaining('Shift is over') }));
    await context.close();
  });

  it('lets a lead release everything of one person with one note', async () => {
    const stories = await raise(2);
    for (const story of stories) await claim('agent2', story);
    const owner = (await caseOf(stories[0] as Story))?.owner;
    const { page, context } = await seat(browser, world, 'lead');
    await openLive(page, `${world.url}/queue?view=all&owner=${owner?.id ?? ''}`);
    for (const story of stories) await seen(page, story.name);
    await page.getByRole('button', { name: /^Release (all|everything)/ }).first().click();
    const dialog = page.getByRole('dialog', { name: `Release everything of ${owner?.name ?? ''}`, exact: true });
    await dialog.getByRole('textbox').fill('Both wait for DHL');
    await dialog.getByRole('button', { name: /^Release all/ }).click();
    for (const story of stories) {
      await becomes(story, { state: 'new', owner: null });
      expect(await historyOf(story)).toContainEqual(expect.objectContaining({ why: expect.stringContaining('Both wait for DHL') }));
    }
    await dialog.waitFor({ state: 'detached' });
    await chord(page, 'g', 't');
    await page.getByRole('region', { name: 'Activity', exact: true }).getByText(/\d cases of .* are back in the queue/).waitFor();
    await context.close();
  });
});

describe('what was typed', () => {
  it('survives a refusal: the note is there again when its form is opened', async () => {
    const [story] = (await raise(1)) as [Story];
    await claim('agent2', story);
    const { page, context } = await seat(browser, world, 'lead');
    await openLive(page, `${world.url}/queue?view=all`);
    await seen(page, story.name);
    const peek = await take(page, story);
    await peek.getByRole('button', { name: /^Take over/ }).click();
    await peek.getByRole('textbox').fill('The customer called me');
    // What is sent meets a case that has changed meanwhile.
    await page.route('**/graphql', async (route) => {
      if (!(route.request().postData() ?? '').includes('mutation AssignCase')) return route.fallback();
      const body = route.request().postDataJSON() as { variables: Record<string, unknown> };
      return route.continue({ postData: JSON.stringify({ ...body, variables: { ...body.variables, expectedVersion: 0 } }) });
    });
    await peek.getByRole('group').getByRole('button', { name: /Take over/ }).click();
    await rowOf(page, story).locator('.ow-row-note').waitFor();
    await page.unroute('**/graphql');
    await peek.getByRole('button', { name: /^Take over/ }).click();
    await until('what was typed is there', async () => (await peek.getByRole('textbox').inputValue()) === 'The customer called me');
    await peek.getByRole('group').getByRole('button', { name: /Take over/ }).click();
    await becomes(story, { owner: await nameOf('lead') });
    // What was typed is kept until its answer is here.
    await page.getByRole('status').getByText(new RegExp(`is with ${await nameOf('lead')}`)).waitFor();
    await take(page, story);
    await keyboardOn('the row', rowOf(page, story));
    await page.keyboard.press('a');
    expect(await page.getByRole('group', { name: /^Give .* to$/ }).getByRole('textbox').inputValue()).toBe('');
    await context.close();
  });
});

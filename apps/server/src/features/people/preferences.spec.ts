import { describe, expect, it, beforeAll, afterAll } from '@jest/globals';
import fc from 'fast-check';
import { startTestServer, type TestServer } from '../../testing/test-server.js';
import { flatten, NotUnderstood, readPatch, unflatten } from './preferences.js';

describe('preferences', () => {
  const column = fc.constantFrom('due', 'why', 'order', 'value');
  const document = fc.record({
    density: fc.constantFrom('compact', 'default', 'roomy'), theme: fc.constantFrom('auto', 'light', 'dark', 'contrast'), timeZone: fc.constantFrom('UTC', 'Europe/Berlin'),
    zoneMode: fc.constantFrom('mine', 'utc'), sound: fc.boolean(), peekWidth: fc.integer({ min: 420, max: 560 }), listMode: fc.constantFrom('hold', 'live'),
    keyboard: fc.record({ singles: fc.boolean(), chords: fc.boolean(), own: fc.dictionary(fc.constantFrom('go.queue', 'undo'), fc.constantFrom('z', 'g e', '')) }, { requiredKeys: [] }).filter((k) => Object.keys(k).length > 0),
    columns: fc.record({ queue: fc.array(column, { minLength: 1 }), stuck: fc.array(column, { minLength: 1 }) }, { requiredKeys: [] }).filter((k) => Object.keys(k).length > 0),
  }, { requiredKeys: [] });

  it('are kept key by key and read back as the same document', () => {
    fc.assert(fc.property(document, (given) => expect(unflatten(flatten(readPatch(given)))).toEqual(given)));
  });

  it('never take what is not understood, and never break on it', () => {
    fc.assert(fc.property(fc.anything(), (given) => {
      try {
        expect(typeof readPatch(given)).toBe('object');
      } catch (error) {
        expect(error).toBeInstanceOf(NotUnderstood);
      }
    }));
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (kept) => expect(readPatch(unflatten(new Map(Object.entries(kept))))).toBeDefined()));
  });

  it.each([
    [{ densty: 'roomy' }, 'densty is not known'], [{ keyboard: { singels: true } }, 'keyboard.singels is not known'], [{ theme: 'neon' }, /^theme invalid option/], [{ timeZone: 'Mars/Base' }, 'timeZone is no time zone'],
    [{ peekWidth: 100, sound: 'loud' }, /sound .*peekWidth |peekWidth .*sound /], [{ columns: { queue: [] } }, /^columns\.queue /], [null, /^preferences /], [{ keyboard: { own: { '__proto__ x': 'q' } } }, /^keyboard\.own/],
  ])('say of %j what is wrong', (patch, told) => {
    expect(() => readPatch(patch)).toThrow(told);
  });
});

describe('preferences on the server', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer({ env: { ORDERWATCH_ROLE: 'api' } });
  });
  afterAll(() => server.close());

  const set = async (patch: unknown, who = 'agent') => server.ask('mutation ($patch: JSON!) { setPreferences(patch: $patch) }', { patch }, await server.signIn(who));
  const mine = async (who = 'agent') => ((await server.ask('{ me { name preferences } }', {}, await server.signIn(who))).data?.['me'] as { preferences: unknown }).preferences;

  it('belong to the person, and the last write wins for each key by itself', async () => {
    expect(await mine()).toEqual({});
    await Promise.all([set({ density: 'compact' }), set({ keyboard: { singles: false } }), set({ keyboard: { own: { undo: 'u' } }, columns: { queue: ['due', 'why'] } })]);
    expect(await mine()).toEqual({ density: 'compact', keyboard: { singles: false, own: { undo: 'u' } }, columns: { queue: ['due', 'why'] } });
    expect((await set({ density: 'roomy', keyboard: { own: null } })).data?.['setPreferences']).toEqual({ density: 'roomy', keyboard: { singles: false }, columns: { queue: ['due', 'why'] } });
    await set({ keyboard: null, columns: null });
    expect(await mine()).toEqual({ density: 'roomy' });
    expect(await mine('lead')).toEqual({});
  });

  it('are refused as a whole when a part is not understood', async () => {
    const refused = await set({ theme: 'dark', colour: 'pink' });
    expect(refused.errors[0]).toMatchObject({ message: 'colour is not known', extensions: { code: 'BAD_USER_INPUT' } });
    expect(await mine()).not.toHaveProperty('theme');
  });
});

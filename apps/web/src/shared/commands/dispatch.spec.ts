import { beforeEach, describe, expect, it } from '@jest/globals';
import { KeyDispatcher, type Focus } from './dispatch';
import type { Command } from './types';

const away: Focus = { isInField: false, isInDialog: false, isInForm: false, isOnSurface: false };
const onList: Focus = { ...away, isOnSurface: true };
const inField: Focus = { ...away, isInField: true };
const press = (key: string, more = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: /^[A-Z]$/.test(key), ...more });

let done: string[];
let keyboard = { singles: true, chords: true, own: {} as Record<string, string> };
let now: number;
let dispatcher: KeyDispatcher;
const command = (id: string, keys: string, scope: Command['scope'], more: Partial<Command> = {}): Command => ({
  id, keys: [keys], scope, label: 'frame:rail', section: 'general', run: () => done.push(id), ...more,
});
const commands = [
  command('search', '/', 'global'),
  command('palette', 'Mod+K', 'global'),
  command('queue', 'g q', 'global'),
  command('health', 'g h', 'global'),
  command('filter', 'f', 'screen'),
  command('snooze', 'h', 'item'),
  command('again', 'h h', 'item'),
  command('reopen', 'Shift+E', 'item', { isAllowed: () => ({ allowed: false, why: 'It is open' }) }),
];
const type = (keys: string, focus = away, pause = 100): boolean[] =>
  keys.split(' ').map((key) => {
    now += pause;
    return dispatcher.press(press(key), focus, now);
  });

beforeEach(() => {
  done = [];
  now = 0;
  keyboard = { singles: true, chords: true, own: {} };
  dispatcher = new KeyDispatcher({
    commands: () => commands,
    keysOf: (each) => (keyboard.own[each.id] === undefined ? (each.keys ?? []) : [keyboard.own[each.id] ?? '']),
    keyboard: () => keyboard,
    onRefused: (each, why) => done.push(`${each.id}: ${String(why)}`),
  });
});

describe('KeyDispatcher', () => {
  it('runs letter keys of an item only while a list has the focus', () => {
    expect(type('h')).toEqual([false]);
    type('h', onList);
    expect(done).toEqual(['snooze']);
  });

  it('takes two keys as one command when the second follows soon, before the second alone', () => {
    type('g h', onList);
    now += 5000;
    type('g', onList);
    type('h', onList, 1300);
    expect(done).toEqual(['health', 'snooze']);
  });

  it('lets the first of two act already, and knows the second though the focus has moved by then', () => {
    type('h', onList);
    expect(done).toEqual(['snooze']);
    type('h', away);
    expect(done).toEqual(['snooze', 'again']);
  });

  it('leaves fields and dialogs alone, but for Ctrl or ⌘ with K in a field', () => {
    expect([...type('/', inField), ...type('/', { ...away, isInDialog: true })]).toEqual([false, false]);
    dispatcher.press(press('k', { metaKey: true }), inField, now);
    dispatcher.press(press('k', { ctrlKey: true }), { ...inField, isInDialog: true }, now);
    expect(done).toEqual(['palette']);
  });

  it('leaves the letters to the form of an act, but for the second of two keys, the first of which opened it, and for Ctrl with K', () => {
    const inForm = { ...away, isInForm: true };
    expect(type('f / g q', inForm)).toEqual([false, false, false, false]);
    now += 5000;
    type('h', onList);
    type('h', inForm);
    dispatcher.press(press('k', { ctrlKey: true }), inForm, now);
    expect(done).toEqual(['snooze', 'again', 'palette']);
  });

  it('never takes a key with Alt, nor one with Ctrl that it does not know', () => {
    expect(dispatcher.press(press('h', { altKey: true }), onList, 1)).toBe(false);
    expect(dispatcher.press(press('f', { ctrlKey: true }), onList, 2)).toBe(false);
  });

  it('is silent about single keys that are switched off; in a list its own letters stay', () => {
    keyboard.singles = false;
    expect([...type('/'), ...type('f')]).toEqual([false, false]);
    type('g q');
    type('f', onList);
    type('h', onList);
    expect(done).toEqual(['queue', 'filter', 'snooze']);
  });

  it('does not wait for a second key when chords are switched off', () => {
    keyboard.chords = false;
    expect(type('g q')).toEqual([false, false]);
    expect(done).toEqual([]);
  });

  it('follows a person’s own keys', () => {
    keyboard.own = { search: 'u', queue: '' };
    expect([...type('/'), ...type('u'), ...type('g q')]).toEqual([false, true, true, false]);
    expect(done).toEqual(['search']);
  });

  it('lets a key go on that a command leaves', () => {
    commands.push(command('enter', 'j', 'screen', { run: () => false }));
    expect(type('j')).toEqual([false]);
  });

  it('says why what may not run did not', () => {
    expect(type('E', onList)).toEqual([true]);
    expect(done).toEqual(['reopen: It is open']);
  });
});

import { describe, expect, it } from '@jest/globals';
import type { SharedKey } from '../../shared/commands/shared-keys';
import { answerTo } from './own-keys';

const undo: SharedKey = { id: 'undo', keys: ['z'], label: 'frame:command.undo' };
const queue: SharedKey = { id: 'go.queue', keys: ['g q'], label: 'frame:command.queue' };
const keys: SharedKey = { id: 'keys', keys: ['?'], label: 'frame:command.keys' };
const all = [undo, queue, keys];
const press = (key: string, more = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });
const ask = (event: ReturnType<typeof press>, command = undo) => answerTo(event, command, all, (each) => each.keys);

describe('answerTo', () => {
  it('takes a free key, for a chord as its second one', () => {
    expect(ask(press('u'))).toEqual({ kind: 'fine', key: 'u' });
    expect(ask(press('e'), queue)).toEqual({ kind: 'fine', key: 'g e' });
  });
  it('refuses a key that is taken, also as the first of two', () => {
    expect(ask(press('?', { shiftKey: true }))).toEqual({ kind: 'taken', by: keys });
    expect(ask(press('g'))).toEqual({ kind: 'taken', by: queue });
  });
  it('leaves the browser its own, and Tab to move on', () => {
    expect([press('k', { ctrlKey: true }), press('u', { altKey: true }), press('ArrowDown')].map((event) => ask(event).kind)).toEqual(['not-possible', 'not-possible', 'not-possible']);
    expect([press('Tab'), press('Shift', { shiftKey: true })].map((event) => ask(event).kind)).toEqual(['nothing', 'nothing']);
  });
});

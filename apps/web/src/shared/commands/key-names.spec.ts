import { describe, expect, it } from '@jest/globals';
import { ariaKeys, isBindable, isCharacterKey, keyCaps, keyName } from './key-names';

const named = (key: string, more = {}) => keyName({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });

describe('keyName', () => {
  it('writes letters, signs and named keys in one way', () => {
    expect([named('c'), named('E', { shiftKey: true }), named('?', { shiftKey: true }), named(' '), named('F10', { shiftKey: true }), named('K', { ctrlKey: true })]).toEqual(['c', 'Shift+E', '?', 'Space', 'Shift+F10', 'Mod+K']);
  });
  it('takes a letter typed with Caps Lock as the letter', () => {
    expect(named('C')).toBe('c');
  });
});

describe('what may be bound', () => {
  it('is never Ctrl or ⌘ with anything but K, Enter and A', () => {
    expect(['Mod+K', 'Mod+A', 'Shift+Mod+Enter', 'Mod+F', 'g Mod+Q', 'g q'].map(isBindable)).toEqual([true, true, true, false, false, true]);
  });
  it('knows which keys type a character', () => {
    expect(['/', 'g q', 'Shift+T', 'Mod+K', 'F2', 'ArrowDown'].map(isCharacterKey)).toEqual([true, true, true, false, false, false]);
  });
});

describe('how keys are shown', () => {
  it('draws one cap for each key', () => {
    expect([keyCaps('Shift+E'), keyCaps('g q'), keyCaps('ArrowDown')]).toEqual([['⇧', 'E'], ['G', 'Q'], ['↓']]);
  });
  it('has no form for two keys one after the other', () => {
    expect([ariaKeys('g q'), ariaKeys('/')]).toEqual([undefined, '/']);
  });
});

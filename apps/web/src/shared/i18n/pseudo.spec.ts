import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pseudo } from './pseudo';

describe('pseudo', () => {
  it('leaves no plain letter, and places and marks as they are', () => {
    expect(pseudo('Runs in <b>{{left}} s</b>')).toBe('⟦Ŕûñš îñ <b>{{left}} š</b>····⟧');
    fc.assert(fc.property(fc.string().filter((text) => !/[{}<>]/.test(text)), (text) => !/[a-zA-Z]/.test(pseudo(text))));
  });
  it('is at least 40 % longer', () => {
    fc.assert(fc.property(fc.stringMatching(/^[a-zA-Z ]{1,60}$/), (text) => [...pseudo(text)].length >= text.length * 1.4));
  });
});

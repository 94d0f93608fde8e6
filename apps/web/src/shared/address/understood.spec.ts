import { describe, expect, it } from '@jest/globals';
import { notUnderstood } from './understood';

describe('notUnderstood', () => {
  it('names what a page has left out, and a value that was replaced', () => {
    expect(notUnderstood({ carier: 'dhl', view: 'nonsense', minAge: '72' }, { view: 'next_up', minAge: 72 })).toEqual([{ name: 'carier' }, { name: 'view', value: 'nonsense' }]);
  });
  it('takes other spellings of the same as understood, and what others read', () => {
    expect(notUnderstood({ rules: 'lost,damaged', feedLate: '1', tz: 'utc', text: '' }, { rules: ['lost', 'damaged'], feedLate: true }, ['tz'])).toEqual([]);
  });
  it('tells of a list of which only a part was understood', () => {
    expect(notUnderstood({ rules: ['lost', 3] }, { rules: ['lost'] })).toEqual([{ name: 'rules', value: 'lost,3' }]);
  });
});

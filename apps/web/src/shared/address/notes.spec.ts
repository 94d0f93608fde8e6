import { describe, expect, it } from '@jest/globals';
import { currentNotes, dismissAddressNote, leaveAddress, noting } from './notes';

const read = noting('/queue', (search) => ({ view: search['view'] === 'mine' ? 'mine' : 'next_up' }));

describe('noting', () => {
  it('tells each part once, however often the address is read, and forgets it with the page', () => {
    expect(read({ view: 'nonsense', carier: 'dhl' })).toEqual({ view: 'next_up' });
    read({ view: 'next_up', carier: 'dhl' });
    expect(currentNotes()).toEqual([{ name: 'view', value: 'nonsense' }, { name: 'carier' }]);
    dismissAddressNote();
    read({ view: 'next_up', carier: 'dhl' });
    expect(currentNotes()).toEqual([]);
    read({ view: 'mine', other: '1' });
    leaveAddress('/stuck');
    expect(currentNotes()).toEqual([]);
  });
});

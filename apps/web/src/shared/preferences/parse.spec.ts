import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parsePreferences } from './parse';
import { defaultPreferences } from './types';

describe('parsePreferences', () => {
  it('takes what it understands and leaves the rest as usual', () => {
    const kept = { density: 'roomy', theme: 'neon', timeZone: 'Mars/Base', keyboard: { chords: false, own: { 'go.queue': 'g e' } }, columns: { queue: ['due', 'why'], orders: [], stuck: [1], else: ['x'] }, peekWidth: 900 };
    expect(parsePreferences(kept)).toEqual({ ...defaultPreferences, density: 'roomy', keyboard: { singles: true, chords: false, own: { 'go.queue': 'g e' } }, columns: { queue: ['due', 'why'] } });
  });
  it('takes all of what it has kept itself', () => {
    const chosen = { ...defaultPreferences, theme: 'contrast', timeZone: 'Europe/Berlin', peekWidth: 500, listMode: 'live', sound: true, columns: { approvals: ['a'] }, keyboard: { singles: false, chords: false, own: { copy: '' } } };
    expect(parsePreferences(JSON.parse(JSON.stringify(chosen)))).toEqual(chosen);
  });
  it('never fails', () => {
    fc.assert(fc.property(fc.anything(), (kept) => typeof parsePreferences(kept).density === 'string'));
    fc.assert(fc.property(fc.dictionary(fc.constantFrom(...Object.keys(defaultPreferences)), fc.anything()), (kept) => typeof parsePreferences(kept).density === 'string'));
  });
});

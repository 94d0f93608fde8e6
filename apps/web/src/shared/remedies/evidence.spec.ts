import { describe, expect, it } from '@jest/globals';
import { evidenceChoices } from './evidence';

type Given = Parameters<typeof evidenceChoices>[0][number];
const entry = (id: string, more: Partial<Given> = {}): Given => ({ id, kind: 'event', at: '2026-11-18T14:05:00Z', title: id, rawText: null, detail: null, sourceLabel: 'DHL', tone: 'movement', ...more });

describe('evidenceChoices', () => {
  it('offers what contradicts or is broken first, and leans on it', () => {
    const { choices, checked } = evidenceChoices([entry('hub'), entry('contradiction:c1', { kind: 'contradiction', tone: 'problem' }), entry('done', { tone: 'delivered' })]);
    expect(choices.map((choice) => choice.factId)).toEqual(['c1', 'done', 'hub']);
    expect(checked).toEqual(['c1', 'done']);
  });
  it('leans on the last word when nothing speaks for itself', () => {
    expect(evidenceChoices([entry('new'), entry('old')]).checked).toEqual(['new']);
  });
  it('offers facts only, also those inside a fold', () => {
    const fold = entry('fold', { kind: 'folded', folded: [entry('a'), entry('b')] });
    const { choices } = evidenceChoices([entry('expected:p', { kind: 'expected' }), entry('silence:p', { kind: 'silence' }), entry('history:1', { kind: 'person', tone: 'person' }), entry('paid', { tone: 'money' }), fold]);
    expect(choices.map((choice) => choice.factId)).toEqual(['a', 'b']);
  });
  it('says the words of the source beside ours', () => {
    expect(evidenceChoices([entry('x', { title: 'Delivered', rawText: 'Left at front door' })]).choices[0]?.text).toBe('Delivered, “Left at front door”');
  });
});

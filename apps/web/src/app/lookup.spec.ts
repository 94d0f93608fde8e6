import { describe, expect, it } from '@jest/globals';
import { exactHit, type Hit } from './lookup';

const hit = (label: string, detail?: string): Hit => ({ kind: 'order', id: label, label, detail });

describe('exactHit', () => {
  it('knows a number however it is written', () => {
    expect(exactHit([hit('#1048'), hit('#10482')], '1048')?.id).toBe('#1048');
    expect(exactHit([hit('#10482', 'BRT 0839 2217 4410')], '083922174410')?.id).toBe('#10482');
  });
  it('does not guess between two, nor from a name', () => {
    expect(exactHit([hit('#10482', 'BRT 0839'), hit('#10483', 'BRT 0839')], '0839')).toBeUndefined();
    expect(exactHit([hit('Silvia')], 'silvia')).toBeUndefined();
  });
});

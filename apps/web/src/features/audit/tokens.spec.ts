import { describe, expect, it } from '@jest/globals';
import { tokensOf, withToken, without } from './tokens';

describe('the conditions of a search', () => {
  it('mirror the text', () => {
    expect(tokensOf('actor:ana  -result:ok "parcel lost" amount:>100')).toEqual([
      { raw: 'actor:ana', isNot: false, field: 'actor', value: 'ana' },
      { raw: '-result:ok', isNot: true, field: 'result', value: 'ok' },
      { raw: '"parcel lost"', isNot: false, field: null, value: 'parcel lost' },
      { raw: 'amount:>100', isNot: false, field: 'amount', value: '>100' },
    ]);
    expect(tokensOf('  ')).toEqual([]);
  });
  it('are taken away and added one by one', () => {
    expect(without('actor:ana -result:ok "a b"', 1)).toBe('actor:ana "a b"');
    expect(withToken(withToken('actor:ana', '-result:ok'), '-result:ok')).toBe('actor:ana -result:ok');
    expect(withToken('', 'since:7d')).toBe('since:7d');
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DAY } from '../shared/time.js';
import { parseAuditQuery } from './query.js';
import { resultOf } from './result.js';
import { auditScopeOf } from './scope.js';

const NOW = Date.UTC(2026, 10, 21, 12);
const read = (text: string) => parseAuditQuery(text, NOW);

describe('the search of the audit', () => {
  it('reads conditions and free text', () => {
    expect(read('actor:ana action:refund.* amount:>100 "parcel lost" -Clara')).toEqual({
      wrong: [], tokens: ['actor:ana', 'action:refund.*', 'amount:>100', '"parcel lost"', '-Clara'],
      terms: [
        { field: 'actor', text: 'ana', not: false }, { field: 'action', pattern: 'refund.*', not: false }, { field: 'amount', min: { value: '100', isOpen: true }, max: null, not: false },
        { field: 'text', text: 'parcel lost', not: false }, { field: 'text', text: 'Clara', not: true },
      ],
    });
    expect(read('-actor:"Ana Ruiz" Order:#10482')).toMatchObject({ terms: [{ field: 'actor', text: 'Ana Ruiz', not: true }, { field: 'order', text: '#10482' }] });
  });

  it.each([
    ['>=20.50', { value: '20.50', isOpen: false }, null], ['<5', null, { value: '5', isOpen: true }], ['100', { value: '100', isOpen: false }, { value: '100', isOpen: false }],
    ['100..200', { value: '100', isOpen: false }, { value: '200', isOpen: false }],
  ])('reads amount:%s', (text, min, max) => expect(read(`amount:${text}`).terms).toEqual([{ field: 'amount', min, max, not: false }]));

  it('reads days as whole days of UTC, and times as they are', () => {
    const day = Date.UTC(2026, 10, 1);
    expect(read('since:2026-11-01 until:2026-11-01 since:2026-11-01T10:00+02:00 since:7d').terms).toEqual([
      { field: 'time', from: day, to: null, not: false }, { field: 'time', from: null, to: day + DAY, not: false }, { field: 'time', from: day + 8 * 3_600_000, to: null, not: false }, { field: 'time', from: NOW - 7 * DAY, to: null, not: false },
    ]);
  });

  it('knows what came of an act by its last word', () => {
    expect(read('-result:OK request:req-1').terms).toEqual([{ field: 'result', result: 'ok', not: true }, { field: 'request', text: 'req-1', not: false }]);
    expect(['refund.approved', 'remedy.declined', 'refund.failed', 'reship.needs_human', 'void'].map(resultOf)).toEqual(['ok', 'refused', 'failed', 'unknown', 'refused']);
  });

  it('says what it does not understand, and keeps the rest', () => {
    const { terms, wrong } = read('amount:lots since:yesterday result:good action: lost');
    expect(terms).toMatchObject([{ field: 'text', text: 'lost' }]);
    expect(wrong).toHaveLength(4);
    expect(read(Array.from({ length: 30 }, (_, n) => `w${n}`).join(' ')).terms).toHaveLength(20);
  });

  it('takes any text, and forgets no word of it silently', () => {
    fc.assert(fc.property(fc.string({ maxLength: 120, unit: fc.constantFrom('a', '1', ':', '"', '-', ' ', '>', '.', '*', 'é', '%') }), (text) => {
      const { terms, tokens, wrong } = read(text);
      expect(tokens).toHaveLength(terms.length);
      if (/[a1é%*]/.test(text)) expect(terms.length + wrong.length).toBeGreaterThan(0);
    }));
  });

  it('is read as far as the role goes', () => {
    expect((['agent', 'lead', 'manager', 'admin'] as const).map(auditScopeOf)).toEqual(['own', 'team', 'team', 'all']);
  });
});

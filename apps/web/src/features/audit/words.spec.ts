import { beforeAll, describe, expect, it } from '@jest/globals';
import { loadTexts, t } from '../../shared/i18n';
import { changeText, reasonText } from './words';

beforeAll(() => loadTexts('audit'));

describe('the words of an entry', () => {
  it('tell of a case what people know of it, and neither ids nor leases', () => {
    const opened = [{ name: 'state', before: null, after: 'new' }, { name: 'rules', before: null, after: 'delivered_not_received' }, { name: 'severity', before: null, after: '0' }];
    expect(changeText({ source: 'case', changes: opened, amount: null }, t)).toBe('state new, rules delivered not received');
    const claimed = [{ name: 'state', before: 'new', after: 'claimed' }, { name: 'ownerId', before: null, after: '77bc74f9' }, { name: 'leaseUntil', before: null, after: '1795278120000' }];
    expect(changeText({ source: 'case', changes: claimed, amount: null }, t)).toBe('state new → claimed');
    const asleep = changeText({ source: 'case', changes: [{ name: 'snoozedUntil', before: null, after: String(Date.UTC(2026, 10, 22, 12)) }], amount: null }, t);
    expect(asleep).toMatch(/^asleep until 22 Nov/);
  });
  it('tell of anything else all that was kept', () => {
    expect(changeText({ source: 'audit', changes: [{ name: 'above', before: null, after: '0.5' }], amount: null }, t)).toBe('above – → 0.5');
    expect(changeText({ source: 'audit', changes: [], amount: { minor: 12_900, currency: 'EUR' } }, t)).toBe('€129.00');
  });
  it('say why without codes and instants', () => {
    expect(reasonText({ source: 'case', reason: 'moved_again: tracking moved again' })).toBe('moved again: tracking moved again');
    expect(reasonText({ source: 'case', reason: '2026-11-22T12:02:00.000Z' })).toMatch(/^22 Nov/);
    expect(reasonText({ source: 'audit', reason: 'moved_again' })).toBe('moved_again');
  });
});

import { describe, expect, it } from '@jest/globals';
import { t } from '../shared/i18n';
import { railFor } from './rail';

const counts = { all: 312, stuckParcels: 64, health: 0, approvals: 5 };

describe('railFor', () => {
  it('shows agents the approvals too: what they asked for stands there', () => {
    expect(railFor('agent', '/queue', counts, t).map((item) => item.id)).toEqual(['queue', 'stuck', 'health', 'approvals', 'reports', 'audit']);
  });
  it('keeps the exceptions lit while an order is open', () => {
    const current = railFor('lead', '/orders/1', counts, t).filter((item) => item.isCurrent);
    expect(current.map((item) => item.id)).toEqual(['queue']);
  });
  it('colours the health count only when a source needs a person', () => {
    expect(railFor('agent', '/queue', counts, t).find((item) => item.id === 'health')?.countTone).toBeUndefined();
    expect(railFor('agent', '/queue', { ...counts, health: 2 }, t).find((item) => item.id === 'health')?.countTone).toBe('amber');
  });
});

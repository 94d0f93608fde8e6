import { describe, expect, it } from '@jest/globals';
import { railFor } from './rail';

const counts = { all: 312, stuckParcels: 64, health: 0, approvals: 5 };

describe('railFor', () => {
  it('shows agents the approvals too: what they asked for stands there', () => {
    expect(railFor('agent', '/queue', counts).map((item) => item.id)).toEqual(['queue', 'stuck', 'health', 'approvals', 'reports']);
  });
  it('keeps the exceptions lit while an order is open', () => {
    const current = railFor('lead', '/orders/1', counts).filter((item) => item.isCurrent);
    expect(current.map((item) => item.id)).toEqual(['queue']);
  });
  it('colours the health count only when a source needs a person', () => {
    expect(railFor('agent', '/queue', counts).find((item) => item.id === 'health')?.countTone).toBeUndefined();
    expect(railFor('agent', '/queue', { ...counts, health: 2 }).find((item) => item.id === 'health')?.countTone).toBe('amber');
  });
});

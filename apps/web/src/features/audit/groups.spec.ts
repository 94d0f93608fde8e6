import { describe, expect, it } from '@jest/globals';
import type { AuditEntry } from './api';
import { byRequest } from './groups';

const entry = (id: string, request: string | null): AuditEntry => ({ id, request }) as AuditEntry;

describe('a story', () => {
  it('puts together what one request did, and keeps the order', () => {
    const groups = byRequest([entry('1', null), entry('2', 'a'), entry('3', 'a'), entry('4', 'b'), entry('5', 'a'), entry('6', null)]);
    expect(groups.map(({ request, entries }) => [request, entries.map(({ id }) => id).join('')])).toEqual([[null, '1'], ['a', '23'], [null, '4'], [null, '5'], [null, '6']]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { QueryClient } from '@tanstack/react-query';
import { putCase } from './case-cache';
import { caseQuery } from './case-query';
import type { CaseFull } from './types';

const caseOf = (version: number, note: string): CaseFull => ({ row: { id: 'c1', version }, note }) as unknown as CaseFull;

describe('a case that is read while one acts on it', () => {
  it('stays as the act was answered when the older read comes later', async () => {
    const client = new QueryClient();
    const older = Promise.withResolvers<CaseFull>();
    const reading = client.fetchQuery({ ...caseQuery('c1'), queryFn: () => older.promise });
    putCase(client, caseOf(5, 'claimed'));
    older.resolve(caseOf(4, 'free'));
    await reading;
    expect(client.getQueryData(caseQuery('c1').queryKey)).toEqual(caseOf(5, 'claimed'));
  });

  it('takes what is as new, or newer', async () => {
    const client = new QueryClient();
    putCase(client, caseOf(5, 'claimed'));
    for (const next of [caseOf(5, 'with a note'), caseOf(6, 'released')]) {
      await client.fetchQuery({ ...caseQuery('c1'), queryFn: () => Promise.resolve(next) });
      expect(client.getQueryData(caseQuery('c1').queryKey)).toEqual(next);
    }
  });
});

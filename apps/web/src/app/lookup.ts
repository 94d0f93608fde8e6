import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { SearchDocument } from '../gql';
import { execute } from '../shared/graphql';

/** Something the server found for a text. */
export interface Hit {
  kind: string;
  id: string;
  label: string;
  detail?: string | null;
}

/** How long a text must have stood still before the server is asked, in milliseconds. */
const STILL_MS = 150;
const SHORTEST = 2;

const useStill = (text: string): string => {
  const [still, setStill] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setStill(text), STILL_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return still;
};

export interface Lookup {
  hits: readonly Hit[];
  /** The answer to what stands in the field now has come. */
  isSettled: boolean;
  error: Error | null;
}

const none: readonly Hit[] = [];

/** Orders, tracking numbers, e-mails and cases by what was typed, 150 ms after the last letter. */
export const useLookup = (text: string): Lookup => {
  const wanted = text.trim();
  const asked = useStill(wanted);
  const { data, isFetched, error } = useQuery({
    queryKey: ['search', asked],
    queryFn: async ({ signal }) => (await execute(SearchDocument, { text: asked }, signal)).search as Hit[],
    enabled: asked.length >= SHORTEST,
    refetchInterval: false,
  });
  const isShort = wanted.length < SHORTEST;
  return { hits: isShort || asked !== wanted ? none : (data ?? none), isSettled: isShort || (asked === wanted && isFetched), error };
};

const bare = (text: string): string => text.replaceAll(/[\s#-]/g, '').toLowerCase();

/** The one hit that is exactly what was typed: its number, or the tracking number by which it was found. */
export const exactHit = (hits: readonly Hit[], text: string): Hit | undefined => {
  const wanted = bare(text);
  if (!/\d/.test(wanted)) return undefined;
  const same = hits.filter((hit) => bare(hit.label) === wanted || bare(hit.detail ?? '').includes(wanted));
  return same.length === 1 ? same[0] : hits.length === 1 && wanted.length >= 6 ? hits[0] : undefined;
};

/** Where a hit leads. */
export const hitTarget = (hit: Hit): { to: '/queue'; search: { view: 'all'; case: string } } | { to: '/orders/$orderId'; params: { orderId: string } } =>
  hit.kind === 'case' ? { to: '/queue', search: { view: 'all', case: hit.id } } : { to: '/orders/$orderId', params: { orderId: hit.id } };

import { useNow } from '@orderwatch/ui';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { MyDueDocument } from '../gql';
import { execute } from '../shared/graphql';
import { useLiveStatus } from '../shared/live-status';
import { queryKeys } from '../shared/query-keys';
import { setBreaching } from '../shared/title';
import { useBreachSound } from './breach-sound';

/** A case counts as breaching from an hour before its deadline on, as in the view of that name. */
const SOON_MS = 3_600_000;

const showDot = (isShown: boolean): void => {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  const href = isShown ? '/favicon-dot.svg' : '/favicon.svg';
  if (link && link.getAttribute('href') !== href) link.setAttribute('href', href);
};

/** What reaches a person who looks elsewhere: the number of one's own breaching cases in the tab's title, and a dot on its picture once one is late. */
export const useAttention = (hasClaims: boolean): void => {
  const now = useNow(15_000) + useLiveStatus().offsetMs;
  const { data: rows } = useQuery({
    queryKey: [...queryKeys.counts, 'mine'],
    queryFn: async ({ signal }) => (await execute(MyDueDocument, {}, signal)).queue.rows,
    enabled: hasClaims,
  });
  const dues = hasClaims ? (rows ?? []).flatMap((row) => (row.dueAt ? [Date.parse(row.dueAt)] : [])) : [];
  const breaching = dues.filter((due) => due - now < SOON_MS).length;
  const late = dues.filter((due) => due < now).length;
  const isLate = late > 0;
  useEffect(() => setBreaching(breaching), [breaching]);
  useEffect(() => showDot(isLate), [isLate]);
  useBreachSound(rows === undefined ? undefined : late);
};

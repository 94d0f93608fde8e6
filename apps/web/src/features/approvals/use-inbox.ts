import { useHeldOrder } from '@orderwatch/ui';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { ApprovalsQuery } from '../../gql';
import { approvalsQuery } from './api';
import type { Remedy } from './decide/decisions';

type Page = ApprovalsQuery['approvals'];

const byWait = (a: Remedy, b: Remedy): number => Date.parse(a.waitingSince) - Date.parse(b.waitingSince) || Date.parse(a.expiresAt ?? a.waitingSince) - Date.parse(b.expiresAt ?? b.waitingSince);
const isAsked = (remedy: Remedy): boolean => remedy.pausedAt !== null;
const open = (page: Page): Remedy[] => [...page.forMe, ...page.waitingForOthers];
/** A question to this person waits for them, as a decision does. */
const isAskedOf = (remedy: Remedy, meId: string): boolean => isAsked(remedy) && remedy.proposedBy.id === meId;

/** What stands under each heading: whoever waits longest first, and what was decided newest first. */
export const tabs = [
  { id: 'for-me', pick: (page: Page, meId: string) => [...page.forMe.filter((each) => !isAsked(each)), ...open(page).filter((each) => isAskedOf(each, meId))].toSorted(byWait) },
  { id: 'others', pick: (page: Page) => page.waitingForOthers.filter((each) => !isAsked(each)).toSorted(byWait) },
  { id: 'asked', pick: (page: Page, meId: string) => open(page).filter((each) => isAsked(each) && !isAskedOf(each, meId)).toSorted(byWait) },
  { id: 'failed', pick: (page: Page) => page.failed.toSorted(byWait) },
  { id: 'decided', pick: (page: Page) => page.decided },
] as const satisfies readonly { id: string; pick: (page: Page, meId: string) => readonly Remedy[] }[];

export type TabId = (typeof tabs)[number]['id'];

export const tabOf = (value: unknown): TabId => tabs.find((tab) => tab.id === value)?.id ?? 'for-me';

interface InboxOptions {
  tab: TabId;
  meId: string;
  focusedId: string | null;
  /** Nobody's hand is on the list, so it may take news by itself. */
  isFree: boolean;
}

const noIds: readonly string[] = [];

/** The manager's inbox as it is held on the screen: what leaves while in hand stays, greyed. */
export const useInbox = ({ tab, meId, focusedId, isFree }: InboxOptions) => {
  const { data, error, isPending, refetch } = useQuery(approvalsQuery);
  const lists = useMemo(() => (data ? new Map(tabs.map(({ id, pick }) => [id, pick(data, meId).map((remedy) => remedy.id)])) : undefined), [data, meId]);
  const fresh = lists?.get(tab) ?? noIds;
  const held = useHeldOrder({ fresh, queryKey: tab, focusedId, follow: isFree });
  const byId = useMemo(() => {
    const map = new Map<string, Remedy>();
    if (data) for (const remedy of [...data.decided, ...data.failed, ...data.waitingForOthers, ...data.forMe]) map.set(remedy.id, remedy);
    return map;
  }, [data]);
  // What was seen stays drawable after it has fallen off the end of the decided ones.
  const [known, setKnown] = useState({ byId, all: byId });
  if (known.byId !== byId) setKnown({ byId, all: new Map([...known.all, ...byId]) });
  const goneIds = useMemo(() => {
    const now = new Set(fresh);
    return new Set(held.order.filter((id) => !now.has(id)));
  }, [fresh, held.order]);
  const forMe = useMemo(() => new Set(data?.forMe.map((remedy) => remedy.id)), [data]);
  const countOf = (id: TabId): number | undefined => lists?.get(id)?.length;
  return { data, error, isPending, countOf, refetch: () => void refetch(), held, byId: known.all, goneIds, forMe };
};

export type Inbox = ReturnType<typeof useInbox>;

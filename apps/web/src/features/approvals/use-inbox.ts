import { useHeldOrder } from '@orderwatch/ui';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { approvalsQuery, type Remedy } from './api';

export const tabs = [
  { id: 'for-me', label: 'For me', field: 'forMe', empty: 'Nothing waits for you' },
  { id: 'others', label: 'Waiting for others', field: 'waitingForOthers', empty: 'Nothing waits for others' },
  { id: 'failed', label: 'Execution failed', field: 'failed', empty: 'No execution has failed' },
  { id: 'decided', label: 'Decided', field: 'decided', empty: 'Nothing has been decided yet' },
] as const;

export type TabId = (typeof tabs)[number]['id'];

export const tabOf = (value: unknown): TabId => tabs.find((tab) => tab.id === value)?.id ?? 'for-me';

interface InboxOptions {
  tab: TabId;
  focusedId: string | null;
  /** Nobody's hand is on the list, so it may take news by itself. */
  isFree: boolean;
}

const noIds: readonly string[] = [];

/** The manager's inbox as it is held on the screen: what leaves while in hand stays, greyed. */
export const useInbox = ({ tab, focusedId, isFree }: InboxOptions) => {
  const { data, error, isPending, refetch } = useQuery(approvalsQuery);
  const field = tabs.find((each) => each.id === tab)?.field ?? 'forMe';
  const fresh = useMemo(() => data?.[field].map((remedy) => remedy.id) ?? noIds, [data, field]);
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
  return { data, error, isPending, refetch: () => void refetch(), held, byId: known.all, goneIds, forMe };
};

export type Inbox = ReturnType<typeof useInbox>;

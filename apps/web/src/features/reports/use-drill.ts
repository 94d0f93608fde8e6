import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { addDays, startOfDay } from './zone';

/** Hours that bound each age band. */
const bands: readonly { minAge?: number; maxAge?: number }[] = [{ maxAge: 24 }, { minAge: 24, maxAge: 72 }, { minAge: 72, maxAge: 168 }, { minAge: 168 }];

interface Period {
  from: string;
  to: string;
  zone: string;
}

/** From every number to exactly the rows it counts: addresses with filters, nothing kept in memory. */
export const useDrill = (period: Period | undefined) => {
  const navigate = useNavigate();
  return useMemo(() => {
    const queue = (search: Record<string, unknown>): void => void navigate({ to: '/queue', search });
    const orders = (search: Record<string, unknown>): void => void navigate({ to: '/orders', search });
    const days = (from: string, count: number): [string, string] => {
      const zone = period?.zone ?? 'UTC';
      return [startOfDay(from, zone).toISOString(), startOfDay(addDays(from, count), zone).toISOString()];
    };
    return {
      open: () => queue({ view: 'all' }),
      opened: () => queue({ view: 'all', openedFrom: period?.from, openedTo: period?.to }),
      resolved: () => queue({ view: 'resolved', resolvedFrom: period?.from, resolvedTo: period?.to }),
      status: (track: string, status: string) => orders({ track, status }),
      orders: () => orders({}),
      age: (rule: string, band: number) => queue({ view: 'all', rules: [rule], ...bands[band] }),
      day: (day: string, what: 'opened' | 'resolved') => {
        const [from, to] = days(day, 1);
        queue(what === 'opened' ? { view: 'all', openedFrom: from, openedTo: to } : { view: 'resolved', resolvedFrom: from, resolvedTo: to });
      },
      week: (week: string) => {
        const [resolvedFrom, resolvedTo] = days(week.slice(0, 10), 7);
        queue({ view: 'resolved', resolvedFrom, resolvedTo });
      },
      late: (carrier?: string) => orders({ carrier, onTime: false, promisedFrom: period?.from, promisedTo: period?.to }),
    };
  }, [navigate, period]);
};

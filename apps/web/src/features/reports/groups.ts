import { formatCount, type StatusBarGroup } from '@orderwatch/ui/charts';
import type { ReportQuery } from '../../gql';

const tracks = [
  { id: 'order', label: 'Order' },
  { id: 'payment', label: 'Payment' },
  { id: 'fulfilment', label: 'Fulfilment' },
  { id: 'shipment', label: 'Shipment' },
  { id: 'return', label: 'Return' },
] as const;

const toneOf = (tone: string): 'amber' | 'red' | 'neutral' => (tone === 'amber' || tone === 'red' ? tone : 'neutral');

/** Statuses by track, in the order in which an order goes through them. */
export const statusGroups = (statuses: ReportQuery['report']['statuses']): StatusBarGroup[] =>
  tracks.flatMap(({ id, label }) => {
    const rows = statuses.filter((row) => row.track === id);
    if (rows.length === 0) return [];
    const all = rows.reduce((n, row) => n + row.count, 0);
    return [{ id, label, note: `${formatCount(all)} orders`, rows: rows.map((row) => ({ id: row.status, label: row.label, value: row.count, change: row.change, tone: toneOf(row.tone) })) }];
  });

/** Orders there are: every order has a status of the order track. */
export const orderCount = (statuses: ReportQuery['report']['statuses']): number => statuses.filter((row) => row.track === 'order').reduce((n, row) => n + row.count, 0);

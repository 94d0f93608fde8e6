import { formatCount, type StatusBarGroup } from '@orderwatch/ui/charts';
import type { ReportQuery } from '../../gql';
import { t } from '../../shared/i18n';

const tracks = ['order', 'payment', 'fulfilment', 'shipment', 'return'] as const;

const toneOf = (tone: string): 'amber' | 'red' | 'neutral' => (tone === 'amber' || tone === 'red' ? tone : 'neutral');

/** Statuses by track, in the order in which an order goes through them. */
export const statusGroups = (statuses: ReportQuery['report']['statuses']): StatusBarGroup[] =>
  tracks.flatMap((id) => {
    const rows = statuses.filter((row) => row.track === id);
    if (rows.length === 0) return [];
    const all = rows.reduce((n, row) => n + row.count, 0);
    return [{ id, label: t(`reports:track.${id}`), note: t('reports:orders', { n: formatCount(all) }), rows: rows.map((row) => ({ id: row.status, label: row.label, value: row.count, change: row.change, tone: toneOf(row.tone) })) }];
  });

/** Orders there are: every order has a status of the order track. */
export const orderCount = (statuses: ReportQuery['report']['statuses']): number => statuses.filter((row) => row.track === 'order').reduce((n, row) => n + row.count, 0);

import type { QueueFilter, QueueSort, QueueView } from '../../gql';
import { t } from '../../shared/i18n';
import { saveFile } from '../../shared/save-file';
import { shownZone } from '../../shared/zone';

interface ExportInput {
  view: QueueView;
  filter: QueueFilter | undefined;
  sort?: QueueSort | undefined;
  /** Ids of the columns as they are shown. */
  columns: readonly string[];
  /** Rows of the list on the server. */
  total: number;
}

/** The address of the file: the list's own question, as it stands. */
export const exportUrl = ({ view, filter, sort, columns }: Omit<ExportInput, 'total'>, zone: string): string => {
  const query = new URLSearchParams({ view, ...(sort ? { sort } : {}), columns: columns.join(','), tz: zone });
  for (const [name, value] of Object.entries(filter ?? {})) for (const each of Array.isArray(value) ? value : [value]) if (each !== null && each !== undefined) query.append(name, String(each));
  return `/api/v1/export/queue.csv?${query.toString()}`;
};

/** The list as a file, made by the server from the same question. */
export const exportList = (input: ExportInput): Promise<void> =>
  saveFile({ url: exportUrl(input, shownZone()), making: t('queue:export.running'), made: (count) => t('queue:export.done', { count }), total: input.total, name: 'orderwatch-queue.csv' });

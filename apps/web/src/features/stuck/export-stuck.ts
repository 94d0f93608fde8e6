import { t } from '../../shared/i18n';
import { saveFile } from '../../shared/save-file';
import { shownZone } from '../../shared/zone';
import type { StuckSearch } from './search';

/** What is usual is a figure of the moment and no fact of a parcel: the file leaves it out. */
const onScreenOnly: ReadonlySet<string> = new Set(['usual', 'next']);

/** The address of the file: the list's own question, as it stands. */
export const exportUrl = ({ carrier, facility, lane, feedLate }: StuckSearch, columns: readonly string[], zone: string): string => {
  const query = new URLSearchParams({ columns: columns.filter((id) => !onScreenOnly.has(id)).join(','), tz: zone, includeFeedLate: String(feedLate ?? false) });
  for (const [name, value] of Object.entries({ carrier, facility, lane })) if (value !== undefined) query.set(name, value);
  return `/api/v1/export/stuck.csv?${query.toString()}`;
};

/** The list as a file, made by the server from the same question. */
export const exportStuck = (search: StuckSearch, columns: readonly string[], total: number): Promise<void> =>
  saveFile({ url: exportUrl(search, columns, shownZone()), making: t('stuck:export.running'), made: (count) => t('stuck:export.done', { count }), total, name: 'orderwatch-stuck.csv' });

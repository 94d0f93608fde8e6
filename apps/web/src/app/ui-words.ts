import type { Words } from '@orderwatch/ui';
import type { Translate } from '../shared/i18n';

/** The words that libs/ui says by itself, in the person's language. */
export const uiWords = (t: Translate): Words => ({
  second: t('frame:unit.second'),
  minute: t('frame:unit.minute'),
  hour: t('frame:unit.hour'),
  day: t('frame:unit.day'),
  now: t('frame:word.now'),
  ago: (duration) => t('frame:word.ago', { duration }),
  ahead: (duration) => t('frame:word.ahead', { duration }),
  live: t('frame:word.live'),
  catchingUp: t('frame:word.catchingUp'),
  stale: t('frame:word.stale'),
  offline: t('frame:word.offline'),
  failed: t('frame:word.failed'),
  asOf: (when) => t('frame:word.asOf', { when }),
  notLiveSince: (when) => t('frame:word.notLiveSince', { when }),
  table: t('frame:word.table'),
  chart: t('frame:word.chart'),
  retry: t('frame:word.retry'),
  reference: t('frame:word.reference'),
  dismiss: t('frame:word.dismiss'),
  close: t('frame:word.close'),
  newRows: (count) => t('frame:word.newRows', { count }),
  beforeYours: (count) => t('frame:word.beforeYours', { count }),
  leftRows: (count) => t('frame:word.leftRows', { count }),
  movedRows: t('frame:word.movedRows'),
  loading: t('frame:word.loading'),
  hold: t('frame:word.hold'),
  heldWhy: t('frame:word.heldWhy'),
  liveWhy: t('frame:word.liveWhy'),
});

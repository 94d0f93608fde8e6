import { formatDuration, GridFooter } from '@orderwatch/ui';
import { useAnnounced } from '../../shared/announce';
import { useText, type Translate } from '../../shared/i18n';
import type { StuckPage } from './use-stuck';

/** What is only unknown is not stuck, whether or not it is listed. */
const text = ({ total, unknown, oldestSeconds, medianSeconds }: StuckPage, isLateShown: boolean, t: Translate): string => {
  const count = isLateShown ? total - unknown : total;
  if (typeof oldestSeconds !== 'number') return t('stuck:foot.count', { count });
  return t('stuck:foot.oldest', { count, oldest: formatDuration(oldestSeconds * 1000), median: formatDuration((medianSeconds ?? 0) * 1000) });
};

/** Below the list: what was said last, else how many there are; and the keys one uses most. */
export const StuckFoot = ({ page, isLateShown }: { page: StuckPage | undefined; isLateShown: boolean }) => {
  const t = useText();
  const said = useAnnounced();
  return (
    <GridFooter
      hints={[
        { keys: ['J', 'K'], label: t('queue:hint.move') },
        { keys: ['H'], label: t('queue:hint.snooze') },
        { keys: ['T'], label: t('stuck:hint.feedLate') },
        { keys: ['?'], label: t('queue:hint.keys') },
      ]}
    >
      {said.text ? <span className={said.tone === 'assertive' ? 'ow-red' : undefined}>{said.text}</span> : page ? text(page, isLateShown, t) : null}
    </GridFooter>
  );
};

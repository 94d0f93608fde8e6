import { formatCount, formatDuration } from '@orderwatch/ui';
import { useText } from '../../shared/i18n';
import type { StuckPage } from './use-stuck';

/** For how many days those in the list are silent: one bar a day, and the middle one in words. */
export const Ages = ({ page }: { page: StuckPage }) => {
  const t = useText();
  const { ages, medianSeconds } = page;
  const most = Math.max(1, ...ages);
  const last = ages.length - 1;
  if (page.total < 2 || medianSeconds === null || medianSeconds === undefined) return null;
  const words = ages.flatMap((count, days) => (count === 0 ? [] : [t(days === last ? 'stuck:ages.older' : 'stuck:ages.day', { n: formatDuration(days * 86_400_000), count: formatCount(count) })]));
  return (
    <span className="st-ages">
      <span role="img" aria-label={`${t('stuck:ages.label')}: ${words.join(', ')}`} title={`${t('stuck:ages.label')}\n${words.join('\n')}`}>
        {ages.map((count, days) => (
          <i key={days} data-n={count || undefined} style={{ height: `${Math.round((count / most) * 100)}%` }} />
        ))}
      </span>
      <span className="ow-dim">{t('stuck:ages.median', { span: formatDuration(medianSeconds * 1000) })}</span>
    </span>
  );
};

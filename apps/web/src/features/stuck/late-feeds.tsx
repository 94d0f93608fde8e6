import { Button, formatDuration, formatTime, Icon, useNow } from '@orderwatch/ui';
import { Link } from '@tanstack/react-router';
import { useText } from '../../shared/i18n';
import type { StuckPage } from './use-stuck';

interface LateFeedsProps {
  feeds: StuckPage['lateFeeds'];
  isShown: boolean;
  onToggle: () => void;
}

/** Names each feed that is silent, since when, and what is therefore not known; it goes by itself when the feed speaks. */
export const LateFeeds = ({ feeds, isShown, onToggle }: LateFeedsProps) => {
  const t = useText();
  const now = useNow(60_000);
  if (feeds.length === 0) return null;
  return (
    <div className="st-late" role="region" aria-label={t('stuck:bar.feedLate')} data-testid="late-feeds">
      {feeds.map(({ connection, label, silentSince, parcels }) => {
        const said = { name: label, at: formatTime(silentSince, now - Date.parse(silentSince) < 86_400_000 ? 'hour' : 'minute'), span: formatDuration(now - Date.parse(silentSince)) };
        return (
          <p key={connection}>
            <Icon name="clock" />
            <span>{parcels > 0 ? t('stuck:late.feed', { ...said, count: parcels }) : t('stuck:late.none', said)}</span>
            <span className="ow-spacer" />
            {parcels > 0 ? (
              <Button compact onClick={onToggle}>
                {t(isShown ? 'stuck:late.hide' : 'stuck:late.show')}
              </Button>
            ) : null}
            <Link to="/health" className="ow-link">
              {t('stuck:late.health')}
            </Link>
          </p>
        );
      })}
    </div>
  );
};

import { formatTime } from '@orderwatch/ui';
import { listText } from '../../../shared/format';
import { useText } from '../../../shared/i18n';
import type { Delegation } from './stand-in-api';

interface SteadBannerProps {
  delegations: readonly Delegation[];
  meId: string;
}

/** Above the list: in whose stead one decides now, or who decides in one's own. */
export const SteadBanner = ({ delegations, meId }: SteadBannerProps) => {
  const t = useText();
  const active = delegations.filter(({ state }) => state === 'active');
  const mine = active.filter(({ delegate }) => delegate.id === meId);
  const theirs = active.filter(({ delegator }) => delegator.id === meId);
  if (mine.length === 0 && theirs.length === 0) return null;
  return (
    <p className="ap-stead" role="note">
      {mine.map((each) => (
        <span key={each.id}>{t('approvals:stead.youFor', { name: each.delegator.name, until: formatTime(each.until, 'minute'), why: each.reason })}</span>
      ))}
      {theirs.length > 0 ? <span>{t('approvals:stead.forYou', { names: listText(theirs.map(({ delegate }) => delegate.name)), until: formatTime(theirs[0]?.until ?? '', 'minute') })}</span> : null}
    </p>
  );
};

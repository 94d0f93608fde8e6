import './remedies.css';
import { AbsoluteTime, Icon } from '@orderwatch/ui';
import { money } from '../format';
import { useText } from '../i18n';
import type { Precedents } from './precedents-query';

/** What the customer may have had for the same loss already, whoever gave it and wherever. */
export const DuplicatesList = ({ duplicates }: Pick<Precedents, 'duplicates'>) => {
  const t = useText();
  return (
    <ul className="rm-duplicates">
      {duplicates.map((each) => (
        <li key={each.remedyId ?? `${each.at} ${each.text}`} data-likeness={each.likeness}>
          <Icon name="alert" className={each.likeness === 'same' ? 'ow-red' : 'ow-amber'} />
          <span>
            <span translate="no">{each.text}</span>
            <small>
              <b>{t(each.likeness === 'same' ? 'remedies:duplicate.same' : 'remedies:duplicate.near')}</b> · <span translate="no">{each.why}</span>
            </small>
          </span>
        </li>
      ))}
    </ul>
  );
};

/** How people decided on the like, the closest amounts first. */
export const SimilarList = ({ similar }: Pick<Precedents, 'similar'>) => {
  const t = useText();
  return (
    <ul className="rm-similar">
      {similar.map((each) => (
        <li key={each.remedyId}>
          <span translate="no" className="ow-dim">
            {each.orderName}
          </span>
          <span translate="no" title={each.reason ?? undefined}>
            {each.reason ?? each.number}
          </span>
          <b>{money(each.amount)}</b>
          <span>{each.decision === 'approved' ? t('remedies:similar.approved') : t('remedies:similar.declined')}</span>
          <small>
            <span translate="no">{each.decidedBy}</span> · <AbsoluteTime at={each.decidedAt} />
          </small>
        </li>
      ))}
    </ul>
  );
};

/** "11 of 13 approved in 180 d" */
export const useSimilarCount = ({ approved, declined, days }: Pick<Precedents, 'approved' | 'declined' | 'days'>): string => useText()('remedies:similar.count', { approved, all: approved + declined, days });

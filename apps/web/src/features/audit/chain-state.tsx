import { Dot, formatCount, formatTime, Icon } from '@orderwatch/ui';
import { minuteText } from '../../shared/format';
import { useText } from '../../shared/i18n';
import type { AuditChain } from './api';

/** Calm while all fits: when it was looked at last. */
export const ChainLine = ({ chain }: { chain: AuditChain }) => {
  const t = useText();
  if (chain.brokenEntry) return null;
  return (
    <span className="au-chain" data-testid="audit-chain">
      <Dot tone={chain.checkedAt ? 'green' : 'amber'} />
      {chain.checkedAt ? t('audit:chain.whole', { when: formatTime(chain.checkedAt, 'minute'), count: formatCount(chain.entries) }) : t('audit:chain.never')}
    </span>
  );
};

interface AlarmProps {
  chain: AuditChain;
  onShow: (id: string) => void;
}

/** Cannot be overlooked and cannot be closed: it ends when the chain is whole again. */
export const ChainAlarm = ({ chain, onShow }: AlarmProps) => {
  const t = useText();
  const entry = chain.brokenEntry;
  if (!entry) return null;
  return (
    <div className="au-alarm" role="alert" data-testid="audit-chain">
      <Icon name="alert" />
      <p>
        <b>{t('audit:chain.broken', { entry, when: minuteText(chain.brokenSince) })}</b> {t('audit:chain.brokenNext')}
      </p>
      <button type="button" onClick={() => onShow(entry)}>
        {t('audit:chain.show')}
      </button>
    </div>
  );
};

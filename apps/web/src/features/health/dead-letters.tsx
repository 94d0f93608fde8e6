import { DataTable, RelativeTime, type DataColumn, formatCount } from '@orderwatch/ui';
import { minuteText } from '../../shared/format';
import { useText, type Translate } from '../../shared/i18n';
import type { DeadLetterGroup } from './api';
import { causeWords, keyOf } from './words';

const columns = (t: Translate): readonly DataColumn<DeadLetterGroup>[] => [
  { id: 'cause', header: t('health:column.cause'), isRowHeader: true, render: (row) => <span translate="no" title={row.cause}>{causeWords(row.cause)}</span> },
  { id: 'source', header: t('health:column.source'), width: 110, render: (row) => <span translate="no" className="ow-dim">{row.source}</span> },
  { id: 'letters', header: t('health:column.letters'), width: 66, align: 'right', render: (row) => <b>{formatCount(row.letters)}</b> },
  { id: 'first', header: t('health:column.first'), width: 108, align: 'right', render: (row) => <span className="ow-dim">{minuteText(row.firstAt)}</span> },
  { id: 'last', header: t('health:column.last'), width: 108, align: 'right', render: (row) => <span className="ow-dim">{minuteText(row.lastAt)}</span> },
  { id: 'tries', header: t('health:column.tries'), width: 60, align: 'right', render: (row) => <span className="ow-dim">{row.attempts}</span> },
];

interface DeadLettersProps {
  groups: readonly DeadLetterGroup[];
  selectedKey: string | null;
  onSelect: (group: DeadLetterGroup) => void;
}

export const DeadLetters = ({ groups, selectedKey, onSelect }: DeadLettersProps) => {
  const t = useText();
  const all = groups.reduce((n, group) => n + group.letters, 0);
  const oldest = groups.map((group) => group.firstAt).sort()[0];
  return (
    <section className="hl-part" aria-label={t('health:dead')}>
      <header>
        <h2>{t('health:dead')}</h2>
        {all > 0 ? (
          <span className="ow-dim">
            {t('health:dead.groups', { count: groups.length, letters: formatCount(all) })}
            {oldest ? (
              <>
                , {t('health:dead.oldest')} <RelativeTime at={oldest} form="age" />
              </>
            ) : null}
          </span>
        ) : null}
      </header>
      {groups.length === 0 ? <p className="hl-none">{t('health:dead.none')}</p> : <DataTable label={t('health:dead')} columns={columns(t)} rows={groups} rowKey={keyOf} selectedKey={selectedKey} onSelect={onSelect} />}
    </section>
  );
};

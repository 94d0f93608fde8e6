import { BulkBar, notInView } from '@orderwatch/ui';
import { numberText } from '../../../shared/format';
import { useText } from '../../../shared/i18n';
import type { QueueList } from '../list/use-queue';
import type { BulkVerb } from '../../../shared/cases/bulk/bulk-dialog';
import type { SelectedCases } from './use-selected';

interface SelectedBarProps {
  list: QueueList;
  selected: SelectedCases;
  /** Why nothing can be done to many now; undefined: it can. */
  reason: string | undefined;
  onVerb: (verb: BulkVerb) => void;
}

const verbs = [
  ['assign', 'queue:command.assign'],
  ['snooze', 'queue:command.snooze'],
  ['resolve', 'queue:command.resolve'],
  ['release', 'queue:command.release'],
] as const;

/** What is selected, and what can be done with it. */
export const SelectedBar = ({ list, selected, reason, onVerb }: SelectedBarProps) => {
  const t = useText();
  const { ids, matching, count } = selected;
  if (count === 0) return null;
  const hidden = matching ? 0 : notInView(ids, list.order, list.goneIds);
  const total = list.page?.total ?? 0;
  const isAllShown = list.order.every((id) => ids.has(id) || list.goneIds.has(id));
  return (
    <BulkBar
      label={t('queue:bulk.label')}
      summary={hidden > 0 ? t('queue:bulk.selectedHidden', { n: numberText(count), hidden }) : t('queue:bulk.selected', { n: numberText(count) })}
      selectAll={
        matching ? (
          <span className="ow-dim">{t(matching.isCapped ? 'queue:bulk.allCapped' : 'queue:bulk.allMatching')}</span>
        ) : isAllShown && total > ids.size ? (
          <button type="button" className="ow-link" onClick={() => void selected.selectMatching()}>
            {t('queue:bulk.selectMatching', { n: numberText(total) })}
          </button>
        ) : null
      }
      actions={verbs.map(([id, key]) => ({ id, label: t(key), onPress: () => onVerb(id), reason }))}
      clearLabel={t('queue:bulk.clear')}
      onClear={selected.clear}
    />
  );
};

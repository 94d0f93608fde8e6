import { BulkBar } from '@orderwatch/ui';
import type { BulkVerb } from '../../shared/cases/bulk/bulk-dialog';
import { numberText } from '../../shared/format';
import { useText } from '../../shared/i18n';
import type { Selected } from './use-chosen';

interface ChosenBarProps {
  /** Rows selected, and how many of them have no case to act on. */
  rows: number;
  without: number;
  /** All that the server keeps for this place, once it was asked for. */
  all: Selected['all'];
  /** Asks for all; undefined when what is shown is all there is. */
  onAll: (() => void) | undefined;
  /** Parcels at this place, shown or not. */
  total: number;
  /** Why nothing can be done to many now; undefined: it can. */
  reason: string | undefined;
  onVerb: (verb: BulkVerb) => void;
  onClear: () => void;
}

const verbs = [
  ['assign', 'queue:command.assign'],
  ['snooze', 'queue:command.snooze'],
  ['resolve', 'queue:command.resolve'],
  ['release', 'queue:command.release'],
] as const;

/** What is selected, and what can be done with its cases. */
export const ChosenBar = ({ rows, without, all, onAll, total, reason, onVerb, onClear }: ChosenBarProps) => {
  const t = useText();
  if (rows === 0) return null;
  const why = !all && without === rows ? t('stuck:act.noCase') : reason;
  return (
    <BulkBar
      label={t('queue:bulk.label')}
      summary={all ? t('stuck:bulk.cases', { n: numberText(all.count) }) : without > 0 ? t('stuck:bulk.noCases', { n: numberText(rows), without: numberText(without) }) : t('stuck:bulk.selected', { n: numberText(rows) })}
      selectAll={
        all ? (
          <span className="ow-dim">{t(all.isCapped ? 'queue:bulk.allCapped' : 'queue:bulk.allMatching')}</span>
        ) : onAll ? (
          <button type="button" className="ow-link" onClick={onAll}>
            {t('stuck:bulk.selectAll', { n: numberText(total) })}
          </button>
        ) : null
      }
      actions={verbs.map(([id, key]) => ({ id, label: t(key), onPress: () => onVerb(id), reason: why }))}
      clearLabel={t('queue:bulk.clear')}
      onClear={onClear}
    />
  );
};

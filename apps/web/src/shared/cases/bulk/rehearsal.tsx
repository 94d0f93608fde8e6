import { listText } from '../../format';
import { useText } from '../../i18n';
import type { BulkRun } from './run-bulk';

/** What a dry run said: how many would change, and of the others why not. */
export const Rehearsal = ({ run }: { run: BulkRun }) => {
  const t = useText();
  return (
    <div className="bulk-trial" data-testid="bulk-trial">
      <ul>
        {run.groups.map((group) => (
          <li key={`${group.kind} ${group.message ?? ''}`} data-kind={group.kind}>
            {group.kind === 'changed' ? (
              t('queue:bulk.change', { count: group.count })
            ) : group.by.length > 0 ? (
              t('queue:bulk.heldBy', { count: group.count, who: listText(group.by), why: group.message ?? '' })
            ) : (
              t('queue:bulk.stays', { count: group.count, why: group.message ?? '' })
            )}
          </li>
        ))}
      </ul>
      {run.exceptions.length > 0 ? (
        <details>
          <summary>{t('queue:bulk.which', { count: run.exceptions.length })}</summary>
          <ul translate="no">
            {run.exceptions.map((item) => (
              <li key={item.id}>{t('queue:bulk.itemWhy', { number: item.number ?? '–', order: item.orderName ?? '', why: item.message ?? '' })}</li>
            ))}
          </ul>
        </details>
      ) : null}
    </div>
  );
};

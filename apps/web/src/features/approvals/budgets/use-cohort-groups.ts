import type { GridGrouping } from '@orderwatch/ui';
import { useMemo, useState } from 'react';
import { money } from '../../../shared/format';
import { useText } from '../../../shared/i18n';
import type { Remedy } from '../decide/decisions';
import type { Cohort } from '../stand-ins/stand-in-api';

const none: ReadonlySet<string> = new Set();
const ALONE = 'alone';

/** Rows of one cause stand together under its budget; undefined where no row belongs to one. */
export const useCohortGroups = (rows: readonly Remedy[], cohorts: readonly Cohort[]): GridGrouping<Remedy> | undefined => {
  const t = useText();
  const [collapsed, setCollapsed] = useState(none);
  const isNeeded = rows.some(({ cohortId }) => cohortId !== null);
  return useMemo(() => {
    if (!isNeeded) return undefined;
    const byId = new Map(cohorts.map((cohort) => [cohort.id, cohort]));
    return {
      by: 'cohort',
      // The rest is a group too: heads stand in the order of their first rows, so that whoever waits longest stays on top.
      pathOf: ({ cohortId }) => [cohortId ?? ALONE],
      headOf: (id) => {
        if (id === ALONE) return { label: t('approvals:cohort.alone') };
        const cohort = byId.get(id);
        if (!cohort) return { label: rows.find((row) => row.cohortId === id)?.cohortCause ?? t('approvals:cohort.unknown') };
        return { label: cohort.sentence, count: cohort.waiting, atRisk: t('approvals:cohort.asked', { amount: money(cohort.waitingAmount) }) };
      },
      collapsed,
      onCollapsedChange: setCollapsed,
    };
  }, [isNeeded, cohorts, rows, collapsed, t]);
};

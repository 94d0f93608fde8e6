import './bulk.css';
import { Button, ErrorBar, SkeletonRows } from '@orderwatch/ui';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { BulkAct, BulkSelection } from '../../../gql';
import { Dialog } from '../../dialog';
import { useText, type TextKey } from '../../i18n';
import type { CaseRow } from '../types';
import type { Person } from '../use-case-actions';
import { BulkForm } from './bulk-form';
import { Rehearsal } from './rehearsal';
import { rehearse, runBulk } from './run-bulk';

export type BulkVerb = 'assign' | 'snooze' | 'resolve' | 'release';

export const titles = {
  assign: 'queue:bulk.titleAssign',
  snooze: 'queue:bulk.titleSnooze',
  resolve: 'queue:bulk.titleResolve',
  release: 'queue:bulk.titleRelease',
} as const satisfies Readonly<Record<BulkVerb, TextKey>>;

const dones = {
  assign: 'queue:bulk.doneAssign',
  snooze: 'queue:bulk.doneSnooze',
  resolve: 'queue:bulk.doneResolve',
  release: 'queue:bulk.doneRelease',
} as const satisfies Readonly<Record<BulkVerb, TextKey>>;

const buttons = {
  assign: 'queue:bulk.doAssign',
  snooze: 'queue:bulk.doSnooze',
  resolve: 'queue:bulk.doResolve',
  release: 'queue:bulk.doRelease',
} as const satisfies Readonly<Record<BulkVerb, TextKey>>;

/** The cases that are meant, named or by the server's token. */
export interface MeantCases {
  selection: BulkSelection;
  count: number;
  clear: () => void;
}

interface BulkDialogProps {
  verb: BulkVerb;
  selected: MeantCases;
  /** Those of the selected that are known here: what they are decides what can be chosen. */
  rows: readonly Pick<CaseRow, 'id' | 'rule'>[];
  me: Person;
  onClose: () => void;
}

/** One act on many cases: what is chosen is tried first without changing anything, and only then done. */
export const BulkDialog = ({ verb, selected, rows, me, onClose }: BulkDialogProps) => {
  const t = useText();
  const [act, setAct] = useState<BulkAct | null>(verb === 'release' ? { verb } : null);
  // The selection as it was when the dialog was opened: nothing joins or leaves while one decides.
  const [{ selection, count }] = useState(selected);
  const trial = useQuery({
    queryKey: ['bulk', JSON.stringify([selection, act])],
    queryFn: () => (act ? rehearse(selection, act) : Promise.reject(new Error())),
    enabled: act !== null,
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
    refetchInterval: false,
    refetchOnWindowFocus: false,
  });
  const run = trial.data;
  const start = (): void => {
    if (!act || !run?.token) return;
    void runBulk({ selection: { token: run.token }, act, total: run.total, what: (n) => t(dones[verb], { count: n }) });
    selected.clear();
    onClose();
  };
  return (
    <Dialog title={t(titles[verb], { count })} onClose={onClose} size={460}>
      {act === null ? <BulkForm verb={verb} rows={rows} me={me} onPick={setAct} onCancel={onClose} /> : null}
      {act !== null && trial.isPending ? <SkeletonRows rows={3} /> : null}
      {trial.error ? <ErrorBar onRetry={() => void trial.refetch()}>{trial.error.message}</ErrorBar> : null}
      {run ? (
        <>
          <Rehearsal run={run} />
          <footer className="bulk-foot">
            <Button onClick={onClose}>{t('queue:bulk.cancel')}</Button>
            <Button variant="primary" autoFocus disabled={run.changed === 0} reason={t('queue:bulk.nothing')} onClick={start}>
              {t(buttons[verb], { count: run.changed })}
            </Button>
          </footer>
        </>
      ) : null}
    </Dialog>
  );
};

import { SkeletonRows } from '@orderwatch/ui';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { BulkAct } from '../../../gql';
import { ChoicePanel, SnoozePanel } from '../act-panel';
import { caseQuery } from '../case-query';
import type { CaseFull, CaseRow } from '../types';
import type { Person } from '../use-case-actions';
import { useText } from '../../i18n';
import { colleaguesQuery } from '../colleagues';
import type { BulkVerb } from './bulk-dialog';

interface BulkFormProps {
  verb: BulkVerb;
  rows: readonly Pick<CaseRow, 'id' | 'rule'>[];
  me: Person;
  onPick: (act: BulkAct) => void;
  onCancel: () => void;
}

/** More kinds than this are not asked for their outcomes. */
const KINDS = 6;
const NOBODY = 'nobody';

const combine = (results: readonly { data?: CaseFull | null | undefined; isPending: boolean }[]): { cases: CaseFull[]; isComing: boolean } => ({
  cases: results.flatMap(({ data }) => data ?? []),
  isComing: results.some(({ isPending }) => isPending),
});

/** What cases of several rules can end with or wait for: what all of them can stands first. */
const merged = <Choice extends { id: string; label: string }>(lists: readonly (readonly Choice[])[]): Choice[] => {
  const all = new Map(lists.flat().map((choice) => [choice.id, choice]));
  const times = (id: string): number => lists.filter((list) => list.some((choice) => choice.id === id)).length;
  return [...all.values()].sort((a, b) => times(b.id) - times(a.id));
};

/** Chooses what is done to all of them. What can be chosen is offered when all of it is known: a digit must not mean another choice a moment later. */
export const BulkForm = ({ verb, rows, me, onPick, onCancel }: BulkFormProps) => {
  const t = useText();
  const samples = useMemo(() => [...new Map(rows.map((row) => [row.rule, row.id])).values()].slice(0, KINDS), [rows]);
  const { cases, isComing } = useQueries({ queries: samples.map((id) => ({ ...caseQuery(id), enabled: verb !== 'assign' })), combine });
  const { data: people = [], isPending: areComing } = useQuery({ ...colleaguesQuery, enabled: verb === 'assign' });
  if (verb === 'assign' ? areComing : isComing) return <SkeletonRows rows={3} />;
  if (verb === 'snooze') {
    return <SnoozePanel conditions={merged(cases.map((each) => each.snoozeConditions))} onPick={(until, { condition }) => onPick({ verb, until, condition })} onCancel={onCancel} />;
  }
  if (verb === 'resolve') {
    return (
      <ChoicePanel
        title={t('queue:resolve.title')}
        choices={merged(cases.map((each) => each.outcomes)).slice(0, 9)}
        noteLabel={t('queue:resolve.note')}
        onPick={(outcome, note) => onPick({ verb, outcome, note: note || null })}
        onCancel={onCancel}
      />
    );
  }
  return (
    <ChoicePanel
      title={t('queue:bulk.assignTo')}
      choices={[{ id: NOBODY, label: t('cases:assign.nobody') }, ...people.map(({ id, name }) => ({ id, label: id === me.id ? t('cases:assign.me', { name }) : name }))]}
      noteLabel={t('cases:assign.reason')}
      onPick={(id, note) => onPick({ verb: 'assign', personId: id === NOBODY ? null : id, reason: note || null })}
      onCancel={onCancel}
    />
  );
};

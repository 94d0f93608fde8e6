import { useQuery } from '@tanstack/react-query';
import { useText } from '../i18n';
import { ChoicePanel } from './act-panel';
import { colleaguesQuery } from './colleagues';
import { isHeldByOther, type CaseRow } from './types';
import type { Person } from './use-case-actions';

interface AssignPanelProps {
  row: CaseRow;
  me: Person;
  onPick: (person: Person | null, reason: string | undefined) => void;
  onCancel: () => void;
}

const NOBODY = 'nobody';

/** Gives a case to a colleague, or back to the queue. What another person works on needs a reason, which they will read. */
export const AssignPanel = ({ row, me, onPick, onCancel }: AssignPanelProps) => {
  const t = useText();
  const { data: people = [] } = useQuery(colleaguesQuery);
  const owner = row.owner;
  const others = people.filter((person) => person.id !== owner?.id);
  const choices = [
    ...(owner ? [{ id: NOBODY, label: t('cases:assign.nobody') }] : []),
    ...others.map(({ id, name }) => ({ id, label: id === me.id ? t('cases:assign.me', { name }) : name })),
  ];
  return (
    <ChoicePanel
      title={t('cases:assign.title', { name: row.number })}
      choices={choices}
      noteLabel={isHeldByOther(row, me.id) ? t('cases:assign.reasonFor', { person: owner?.name ?? '' }) : t('cases:assign.reason')}
      draft={`assign:${row.id}`}
      onPick={(id, note) => onPick(others.find((person) => person.id === id) ?? null, note || undefined)}
      onCancel={onCancel}
    />
  );
};

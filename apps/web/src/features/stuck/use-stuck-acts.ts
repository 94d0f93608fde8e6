import { useCallback, useState } from 'react';
import { useRowNotes } from '../../shared/cases/row-notes';
import { useCaseActions, type CaseAct, type Outcome, type Person } from '../../shared/cases/use-case-actions';
import { useRowFocus } from '../../shared/use-row-focus';
import type { Panel } from './peek-acts';

/** What one can do with the case of the parcel in hand, and what becomes of it: told on the rows of its order. */
export const useStuckActs = (me: Person, rowIdsOf: (caseId: string) => readonly string[]) => {
  const [panel, setOpenPanel] = useState<Panel>(null);
  const [isPeekOpen, setPeekOpen] = useState(false);
  const wantKeyboard = useRowFocus();
  const { notes, tell } = useRowNotes();
  const onOutcome = useCallback(
    (act: CaseAct, outcome: Outcome) => {
      for (const id of rowIdsOf(act.row.id)) tell(id, outcome, act.kind === 'claim');
    },
    [rowIdsOf, tell],
  );
  const actions = useCaseActions(me, onOutcome);
  const setPanel = useCallback((next: Panel): void => {
    setOpenPanel(next);
    if (next) setPeekOpen(true);
    else wantKeyboard();
  }, [wantKeyboard]);
  const { mutate } = actions;
  const run = useCallback(
    (act: CaseAct): void => {
      mutate(act);
      setPanel(null);
    },
    [mutate, setPanel],
  );
  return { panel, setPanel, run, notes, isPeekOpen, togglePeek: () => setPeekOpen((was) => !was) };
};

export type StuckActs = ReturnType<typeof useStuckActs>;

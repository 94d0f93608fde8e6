import { useCallback, useEffect, useRef, useState } from 'react';
import type { QueueFilter, QueueSort, QueueView } from '../../gql';
import { useRowNotes } from '../../shared/cases/row-notes';
import { useRowFocus } from '../../shared/use-row-focus';
import { useCaseActions, type CaseAct, type Outcome, type Person } from '../../shared/cases/use-case-actions';
import { useNextCase } from './use-next-case';
import type { QueueList } from './list/use-queue';

/** The form that is open in the panel of the case in hand. */
export type Panel = 'resolve' | 'snooze' | 'note' | 'reopen' | 'assign' | 'takeOver' | null;

interface ActsInput {
  me: Person;
  list: QueueList;
  view: QueueView;
  filter: QueueFilter | undefined;
  sort: QueueSort | undefined;
  isPeekOpenAtFirst: boolean;
}

const hasLeft = (act: CaseAct): boolean => act.kind === 'resolve' || act.kind === 'snooze';

/** What one can do with the case in hand, and what becomes of it: told on its row, and the next row is in hand. */
export const useQueueActs = ({ me, list, view, filter, sort, isPeekOpenAtFirst }: ActsInput) => {
  const [panel, setOpenPanel] = useState<Panel>(null);
  const [isPeekOpen, setPeekOpen] = useState(isPeekOpenAtFirst);
  const wantKeyboard = useRowFocus();
  const { notes, tell } = useRowNotes();
  const latest = useRef(list);
  const isFormOpen = useRef(false);
  useEffect(() => {
    latest.current = list;
    isFormOpen.current = panel !== null;
  });

  /** A form that closes gives the keyboard back to the row it was about, or to the one that took over. */
  const setPanel = useCallback((next: Panel): void => {
    setOpenPanel(next);
    if (next) setPeekOpen(true);
    else wantKeyboard();
  }, [wantKeyboard]);
  const moveOn = useCallback((from: string) => {
    const { order, goneIds, focusedId, setFocusedId } = latest.current;
    if (focusedId !== from) return;
    const next = order.slice(order.indexOf(from) + 1).find((id) => !goneIds.has(id));
    if (next) setFocusedId(next);
  }, []);
  const onOutcome = useCallback(
    (act: CaseAct, outcome: Outcome) => {
      tell(act.row.id, outcome, act.kind === 'claim');
      if (outcome.refused === undefined ? hasLeft(act) : act.kind === 'claim') moveOn(act.row.id);
    },
    [moveOn, tell],
  );
  const actions = useCaseActions(me, onOutcome);
  const onTaken = useCallback((id: string) => {
    setPeekOpen(true);
    // The news that it was taken may be faster than the answer: a form that was opened on it by then stays.
    if (latest.current.focusedId === id && isFormOpen.current) return;
    setOpenPanel(null);
    wantKeyboard();
  }, [wantKeyboard]);
  const next = useNextCase({ list, view, filter, sort, onTaken });

  const onKey = (key: string): boolean => {
    if (key !== 'Escape') return false;
    if (panel) setPanel(null);
    else setPeekOpen(false);
    return true;
  };
  return { actions, notes, tell, panel, setPanel, isPeekOpen, togglePeek: () => setPeekOpen(!isPeekOpen), onKey, next };
};

export type QueueActs = ReturnType<typeof useQueueActs>;

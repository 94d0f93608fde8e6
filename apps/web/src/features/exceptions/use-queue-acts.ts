import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { NextCaseDocument, type QueueFilter, type QueueView } from '../../gql';
import { announce } from '../../shared/announce';
import { execute, newMutationId } from '../../shared/graphql';
import { queryKeys } from '../../shared/query-keys';
import { putCase } from '../../shared/cases/case-cache';
import { useCaseActions, type CaseAct } from '../../shared/cases/use-case-actions';
import type { Panel } from './case-peek';
import type { QueueList } from './use-queue';

interface ActsInput {
  me: { id: string; name: string; initials: string };
  list: QueueList;
  view: QueueView;
  filter: QueueFilter | undefined;
}

const panelKeys: Readonly<Record<string, Panel>> = { h: 'snooze', e: 'resolve', m: 'note', E: 'reopen' };

/** The acts of the queue and their keys. */
export const useQueueActs = ({ me, list, view, filter }: ActsInput) => {
  const client = useQueryClient();
  const [panel, setPanel] = useState<Panel>(null);
  const [isPeekOpen, setPeekOpen] = useState(true);
  const [notes, setNotes] = useState<ReadonlyMap<string, string>>(new Map());
  const latest = useRef(list);
  useEffect(() => {
    latest.current = list;
  });

  const moveOn = useCallback((from: string) => {
    const { held, goneIds, setFocusedId } = latest.current;
    const at = held.order.indexOf(from);
    const next = held.order.slice(at + 1).find((id) => !goneIds.has(id));
    if (next) setFocusedId(next);
  }, []);
  const onOutcome = useCallback(
    (act: CaseAct, { refused }: { refused?: string }) => {
      setNotes((old) => {
        const next = new Map(old);
        if (refused) next.set(act.row.id, refused);
        else next.delete(act.row.id);
        return next;
      });
      if (refused ? act.kind === 'claim' : act.kind === 'resolve' || act.kind === 'snooze') moveOn(act.row.id);
    },
    [moveOn],
  );
  const actions = useCaseActions(me, onOutcome);

  const nextCase = useMutation({
    mutationFn: async () => (await execute(NextCaseDocument, { view: view === 'resolved' || view === 'mine' ? 'next_up' : view, filter: filter ?? null, mutationId: newMutationId() })).nextCase,
    onSuccess: (result) => {
      if (result.__typename === 'Done' && result.case) {
        putCase(client, result.case);
        announce(`${result.case.row.number} is yours`);
        latest.current.setFocusedId(result.case.row.id);
        if (!latest.current.held.order.includes(result.case.row.id)) void client.invalidateQueries({ queryKey: queryKeys.queue });
      } else if (result.__typename === 'Done') {
        announce('Nothing is left to take in this view');
      } else {
        announce(result.__typename === 'Conflict' ? result.message : result.reason, 'assertive');
      }
    },
    onError: (error) => announce(`Next case: ${error.message}`, 'assertive'),
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.counts }),
  });

  const onKey = (key: string, id: string, _event: KeyboardEvent): boolean => {
    const row = list.rowsById.get(id);
    if (!row) return false;
    if (list.focusedId !== id) list.setFocusedId(id);
    if (key === 'p') setPeekOpen(!isPeekOpen);
    else if (key === 'Escape') {
      if (panel) setPanel(null);
      else setPeekOpen(false);
    } else if (key === 'y') void navigator.clipboard?.writeText(row.orderName).then(() => announce(`${row.orderName} copied`));
    else if (list.goneIds.has(id) && key !== 'E') return false;
    else if (key === 'c') actions.mutate({ kind: 'claim', row });
    else if (key === 'C') actions.mutate({ kind: 'release', row });
    else if (panelKeys[key]) {
      setPeekOpen(true);
      setPanel(panelKeys[key] ?? null);
    } else return false;
    return true;
  };
  return { actions, notes, panel, setPanel, isPeekOpen, onKey, next: () => nextCase.mutate(), isNextPending: nextCase.isPending };
};

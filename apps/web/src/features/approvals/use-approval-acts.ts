import { useCallback, useRef, useState } from 'react';
import { newMutationId } from '../../shared/graphql';
import { useDecide } from './api';
import { changesSince } from './panel/changes';
import type { Act, Remedy } from './decide/decisions';
import type { Mode } from './decide/decide-bar';
import { useRead } from './use-read';

/** The acts on the remedy in hand: which form is open, what came of the last one, and whether it is still what was read. */
export const useApprovalActs = (remedy: Remedy | undefined, onBack: () => void) => {
  const [open, setOpen] = useState<{ id: string; mode: Mode }>({ id: '', mode: null });
  const [refused, setRefused] = useState<{ id: string; text: string } | null>(null);
  const [needsSignIn, setNeedsSignIn] = useState<string | null>(null);
  const { read, isOld, accept } = useRead(remedy);
  // One id per act on one revision, until it was done: trying again after a lost answer is the same act.
  const ids = useRef(new Map<string, string>());
  const decide = useDecide(({ remedyId, refused: text, remedy: after, needsSignIn: why }) => {
    // The form stays as it is: after signing in, the act is pressed anew.
    if (why !== undefined) {
      setNeedsSignIn(why);
      return;
    }
    setRefused(text === undefined ? null : { id: remedyId, text });
    if (after) {
      ids.current.clear();
      if (read?.id === after.id) accept(after);
    }
    // What was refused for what stands in a form is mended in the form.
    if (text !== undefined && open.id === remedyId && open.mode !== 'approve' && open.mode !== 'withdraw') return;
    setOpen({ id: '', mode: null });
    onBack();
  });
  const run = (of: Remedy, act: Act): void => {
    const key = `${of.id} ${of.revision} ${JSON.stringify(act)}`;
    const mutationId = ids.current.get(key) ?? newMutationId();
    ids.current.set(key, mutationId);
    setRefused(null);
    decide.mutate({ ...act, remedy: of, mutationId });
  };
  const setMode = (mode: Mode): void => {
    if (!remedy) return;
    setOpen({ id: remedy.id, mode });
    if (mode === null) onBack();
  };
  const mode: Mode = remedy && open.id === remedy.id ? open.mode : null;
  return {
    // An approval that was being given is not given to something else.
    mode: isOld && mode === 'approve' ? null : mode,
    setMode,
    run,
    isBusy: decide.isPending,
    isOld,
    changes: isOld && read && remedy ? changesSince(read, remedy) : [],
    onRead: useCallback(() => {
      if (!remedy) return;
      accept(remedy);
      setOpen({ id: '', mode: null });
      onBack();
    }, [remedy, accept, onBack]),
    refused: remedy && refused?.id === remedy.id ? refused.text : undefined,
    needsSignIn,
    closeSignIn: () => setNeedsSignIn(null),
    dismiss: () => setRefused(null),
  };
};

export type ApprovalActs = ReturnType<typeof useApprovalActs>;

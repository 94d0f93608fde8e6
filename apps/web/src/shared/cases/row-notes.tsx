import './row-notes.css';
import { RelativeTime } from '@orderwatch/ui';
import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import { useText } from '../i18n';
import type { Outcome } from './use-case-actions';

/** So long a refusal is told on its row, in milliseconds; the activity keeps it. */
const TOLD_MS = 120_000;

interface RowNoteProps {
  outcome: Outcome;
  isClaim: boolean;
}

const RowNote = ({ outcome: { refused, by, at }, isClaim }: RowNoteProps) => {
  const t = useText();
  return (
    <span className="row-note" data-tone={by ? 'amber' : 'red'}>
      {by && at && isClaim ? (
        <>
          {t('queue:note.claimedBy', { name: by.split(' ')[0] ?? by })} <RelativeTime at={at} />
        </>
      ) : (
        refused
      )}
    </span>
  );
};

export interface RowNotes {
  notes: ReadonlyMap<string, ReactNode>;
  /** Tells on the row what became of an act; a success takes an older note away. */
  tell: (id: string, outcome: Outcome, isClaim?: boolean) => void;
}

/** What acts came to that were not as wished, told on their rows and never in a dialog. */
export const useRowNotes = (): RowNotes => {
  const [notes, setNotes] = useState<ReadonlyMap<string, ReactNode>>(new Map());
  const timers = useRef(new Map<string, ReturnType<typeof setTimeout>>());
  useEffect(() => {
    const all = timers.current;
    return () => all.forEach((timer) => clearTimeout(timer));
  }, []);
  const put = useCallback((id: string, note: ReactNode): void => {
    clearTimeout(timers.current.get(id));
    setNotes((old) => {
      if (note === undefined && !old.has(id)) return old;
      const next = new Map(old);
      if (note === undefined) next.delete(id);
      else next.set(id, note);
      return next;
    });
  }, []);
  const tell = useCallback(
    (id: string, outcome: Outcome, isClaim = false): void => {
      put(id, outcome.refused === undefined ? undefined : <RowNote outcome={outcome} isClaim={isClaim} />);
      if (outcome.refused !== undefined) timers.current.set(id, setTimeout(() => put(id, undefined), TOLD_MS));
    },
    [put],
  );
  return { notes, tell };
};

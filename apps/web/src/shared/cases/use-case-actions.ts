import { useMutation, useQueryClient } from '@tanstack/react-query';
import { AddNoteDocument, ClaimCaseDocument, ReleaseCaseDocument, ReopenCaseDocument, ResolveCaseDocument, SnoozeCaseDocument } from '../../gql';
import { announce } from '../announce';
import { execute, newMutationId, RequestError } from '../graphql';
import { queryKeys } from '../query-keys';
import { changeCaseRow, putCase } from './case-cache';
import type { CaseResult, CaseRow } from './types';

export type CaseAct =
  | { kind: 'claim' | 'release'; row: CaseRow }
  | { kind: 'snooze'; row: CaseRow; until: string }
  | { kind: 'resolve'; row: CaseRow; outcome: string; outcomeLabel: string; note?: string | undefined }
  | { kind: 'reopen'; row: CaseRow; reason: string }
  | { kind: 'note'; row: CaseRow; text: string };

interface Person {
  id: string;
  name: string;
  initials: string;
}

const run = async (act: CaseAct): Promise<CaseResult> => {
  const base = { id: act.row.id, expectedVersion: act.row.version, mutationId: newMutationId() };
  switch (act.kind) {
    case 'claim':
      return (await execute(ClaimCaseDocument, base)).claimCase;
    case 'release':
      return (await execute(ReleaseCaseDocument, base)).releaseCase;
    case 'snooze':
      return (await execute(SnoozeCaseDocument, { ...base, until: act.until })).snoozeCase;
    case 'resolve':
      return (await execute(ResolveCaseDocument, { ...base, outcome: act.outcome, note: act.note ?? null })).resolveCase;
    case 'reopen':
      return (await execute(ReopenCaseDocument, { ...base, reason: act.reason })).reopenCase;
    case 'note':
      return (await execute(AddNoteDocument, { id: act.row.id, text: act.text, mutationId: base.mutationId })).addNote;
  }
};

const doneWords = (act: CaseAct): string => {
  const name = act.row.number;
  switch (act.kind) {
    case 'claim':
      return `${name} is yours`;
    case 'release':
      return `${name} is back in the queue`;
    case 'snooze':
      return `${name} is snoozed`;
    case 'resolve':
      return `${name} resolved: ${act.outcomeLabel.toLowerCase()}`;
    case 'reopen':
      return `${name} is open again`;
    case 'note':
      return `Note added to ${name}`;
  }
};

const LEASE_MS = 20 * 60_000;

/** What the row will look like if all goes well; shown at once and replaced by the answer. */
const foresee = (act: CaseAct, me: Person, row: CaseRow): CaseRow => {
  if (act.kind === 'claim') return { ...row, owner: me, state: 'claimed', leaseUntil: new Date(Date.now() + LEASE_MS).toISOString() };
  if (act.kind === 'release') return { ...row, owner: null, leaseUntil: null, state: 'new' };
  if (act.kind === 'snooze') return { ...row, state: 'snoozed', snoozedUntil: act.until };
  return row;
};

interface Outcome {
  /** The act was refused; in words for the row. */
  refused?: string;
}

/** One person's acts on cases: shown at once, settled by the server's answer, and said aloud. */
export const useCaseActions = (me: Person, onOutcome?: (act: CaseAct, outcome: Outcome) => void) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: run,
    onMutate: (act) => changeCaseRow(client, act.row.id, (row) => foresee(act, me, row)),
    onSuccess: (result, act) => {
      if (result.__typename === 'Done') {
        if (result.case) putCase(client, result.case);
        announce(doneWords(act));
        onOutcome?.(act, {});
        return;
      }
      const refused = result.__typename === 'Conflict' ? result.message : result.reason;
      changeCaseRow(client, act.row.id, () => act.row);
      if (result.__typename === 'Conflict' && result.case) putCase(client, result.case);
      announce(`${act.row.number}: ${refused}`, 'assertive');
      onOutcome?.(act, { refused });
    },
    onError: (error, act) => {
      changeCaseRow(client, act.row.id, () => act.row);
      const reference = error instanceof RequestError && error.requestId ? `, ref ${error.requestId}` : '';
      const refused = `not done: ${error.message}${reference}`;
      announce(`${act.row.number} ${refused}`, 'assertive');
      onOutcome?.(act, { refused });
    },
    onSettled: (_result, _error, act) =>
      Promise.all([
        client.invalidateQueries({ queryKey: queryKeys.queue }),
        client.invalidateQueries({ queryKey: queryKeys.counts }),
        client.invalidateQueries({ queryKey: queryKeys.exceptionCase(act.row.id) }),
        client.invalidateQueries({ queryKey: queryKeys.order(act.row.orderId) }),
      ]),
  });
};

export type CaseActions = ReturnType<typeof useCaseActions>;

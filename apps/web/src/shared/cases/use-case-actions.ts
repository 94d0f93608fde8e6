import { useMutation, useQueryClient } from '@tanstack/react-query';
import { AddNoteDocument, AssignCaseDocument, ClaimCaseDocument, ReleaseCaseDocument, ReopenCaseDocument, ResolveCaseDocument, SnoozeCaseDocument, type SnoozeCondition } from '../../gql';
import { begin, end, record, type ActivityResult } from '../activity';
import { execute, newMutationId, RequestError } from '../graphql';
import { t } from '../i18n';
import { queryKeys } from '../query-keys';
import { changeCaseRow, putCase } from './case-cache';
import { keepDraft } from './drafts';
import { inTurn } from './in-turn';
import type { CaseResult, CaseRow } from './types';

export type CaseAct =
  | { kind: 'claim' | 'release'; row: CaseRow }
  | { kind: 'snooze'; row: CaseRow; until: string; condition?: SnoozeCondition | null | undefined; conditionLabel?: string | undefined }
  | { kind: 'assign'; row: CaseRow; person: Person | null; reason?: string | undefined }
  | { kind: 'resolve'; row: CaseRow; outcome: string; outcomeLabel: string; note?: string | undefined }
  | { kind: 'reopen'; row: CaseRow; reason: string }
  | { kind: 'note'; row: CaseRow; text: string };

export interface Person {
  id: string;
  name: string;
  initials: string;
}

/** One id per act, however often its answer is waited for. */
const ids = new WeakMap<CaseAct, string>();
const idOf = (act: CaseAct): string => {
  const id = ids.get(act) ?? newMutationId();
  ids.set(act, id);
  return id;
};

const send = async (act: CaseAct, expectedVersion: number): Promise<CaseResult> => {
  const base = { id: act.row.id, expectedVersion, mutationId: idOf(act) };
  switch (act.kind) {
    case 'claim':
      return (await execute(ClaimCaseDocument, base)).claimCase;
    case 'release':
      return (await execute(ReleaseCaseDocument, base)).releaseCase;
    case 'snooze':
      return (await execute(SnoozeCaseDocument, { ...base, until: act.until, condition: act.condition ?? null })).snoozeCase;
    case 'assign':
      return (await execute(AssignCaseDocument, { ...base, personId: act.person?.id ?? null, reason: act.reason ?? null })).assignCase;
    case 'resolve':
      return (await execute(ResolveCaseDocument, { ...base, outcome: act.outcome, note: act.note ?? null })).resolveCase;
    case 'reopen':
      return (await execute(ReopenCaseDocument, { ...base, reason: act.reason })).reopenCase;
    case 'note':
      return (await execute(AddNoteDocument, { id: act.row.id, text: act.text, mutationId: base.mutationId })).addNote;
  }
};

const run = (act: CaseAct): Promise<CaseResult> => inTurn(act.row.id, act.row.version, (version) => send(act, version), ({ __typename }) => __typename === 'Done');

const doneWords = (act: CaseAct): string => {
  const name = act.row.number;
  switch (act.kind) {
    case 'claim':
      return t('cases:act.claimed', { name });
    case 'release':
      return t('cases:act.released', { name });
    case 'snooze':
      return act.conditionLabel ? t('cases:act.snoozedFor', { name, condition: act.conditionLabel.toLowerCase() }) : t('cases:act.snoozed', { name });
    case 'assign':
      return act.person ? t('cases:act.assigned', { name, person: act.person.name }) : t('cases:act.released', { name });
    case 'resolve':
      return t('cases:act.resolved', { name, outcome: act.outcomeLabel.toLowerCase() });
    case 'reopen':
      return t('cases:act.reopened', { name });
    case 'note':
      return t('cases:act.noted', { name });
  }
};

/** A note is a sentence of the history, which nobody takes back. */
const isReversible = (act: CaseAct): boolean => act.kind !== 'note';

const LEASE_MS = 20 * 60_000;

/** What the row will look like if all goes well; shown at once and replaced by the answer. */
const foresee = (act: CaseAct, me: Person, row: CaseRow): CaseRow => {
  if (act.kind === 'claim') return { ...row, owner: me, state: 'claimed', leaseUntil: new Date(Date.now() + LEASE_MS).toISOString() };
  if (act.kind === 'release') return { ...row, owner: null, leaseUntil: null, state: 'new' };
  if (act.kind === 'snooze') return { ...row, state: 'snoozed', snoozedUntil: act.until, snoozeCondition: act.condition ?? null };
  if (act.kind === 'assign') return act.person ? { ...row, owner: act.person, state: 'claimed' } : { ...row, owner: null, leaseUntil: null, state: 'new' };
  if (act.kind === 'resolve') return { ...row, state: 'resolved', outcome: act.outcomeLabel, resolvedBy: me.name, resolvedAt: new Date().toISOString() };
  return row;
};

/** Own acts that have no answer yet, in the order they were begun. */
const underWay = new Set<CaseAct>();
const laterOn = (act: CaseAct): CaseAct[] => [...underWay].filter((each) => each !== act && each.row.id === act.row.id);

/** What was foreseen of an act that came to nothing is taken back; what has been heard of the case since stays. */
const takeBack = (act: CaseAct) => (row: CaseRow): CaseRow => (row.version > act.row.version ? row : act.row);

const tell = (act: CaseAct, result: ActivityResult): void =>
  record({
    mutationId: idOf(act),
    what: result.state === 'failed' ? act.row.number : doneWords(act),
    object: { label: act.row.number, href: `/orders/${act.row.orderId}` },
    undo: isReversible(act) && result.state === 'done' ? 'server' : undefined,
    result,
  });

export interface Outcome {
  /** The act was refused; in words for the row. */
  refused?: string;
  /** Who was faster, and when by the server's clock. */
  by?: string | undefined;
  at?: string | undefined;
}

/** One person's acts on cases: shown at once, settled by the server's answer, and said aloud. */
export const useCaseActions = (me: Person, onOutcome?: (act: CaseAct, outcome: Outcome) => void) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: run,
    onMutate: (act) => {
      begin(idOf(act));
      underWay.add(act);
      changeCaseRow(client, act.row.id, (row) => foresee(act, me, row));
    },
    onSuccess: (result, act) => {
      if (result.__typename === 'Done') {
        if (result.case) putCase(client, result.case);
        for (const later of laterOn(act)) changeCaseRow(client, act.row.id, (row) => foresee(later, me, row));
        tell(act, { state: 'done' });
        // What was typed for it has been sent: on whatever page it is opened again, it is empty.
        keepDraft(`${act.kind}:${act.row.id}`, '');
        onOutcome?.(act, {});
        return;
      }
      const refused = result.__typename === 'Conflict' ? result.message : result.reason;
      changeCaseRow(client, act.row.id, takeBack(act));
      if (result.__typename === 'Conflict' && result.case) putCase(client, result.case);
      tell(act, { state: 'failed', message: refused });
      onOutcome?.(act, result.__typename === 'Conflict' ? { refused, by: result.by ?? undefined, at: result.at ?? undefined } : { refused });
    },
    onError: (error, act) => {
      changeCaseRow(client, act.row.id, takeBack(act));
      const reference = error instanceof RequestError ? error.requestId : undefined;
      const refused = reference ? t('cases:act.notDoneRef', { why: error.message, id: reference }) : t('cases:act.notDone', { why: error.message });
      tell(act, { state: 'failed', message: refused });
      onOutcome?.(act, { refused });
    },
    onSettled: (_result, _error, act) => {
      end(idOf(act));
      underWay.delete(act);
      // Read now, the lists would show what is about to change; the last one reads them.
      if (laterOn(act).length > 0) return undefined;
      return Promise.all([
        client.invalidateQueries({ queryKey: queryKeys.queue }),
        client.invalidateQueries({ queryKey: queryKeys.stuck }),
        client.invalidateQueries({ queryKey: queryKeys.counts }),
        client.invalidateQueries({ queryKey: queryKeys.exceptionCase(act.row.id) }),
        client.invalidateQueries({ queryKey: queryKeys.order(act.row.orderId) }),
      ]);
    },
  });
};

export type CaseActions = ReturnType<typeof useCaseActions>;

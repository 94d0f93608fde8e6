import { TextInput } from '@mantine/core';
import { Button, ErrorBar } from '@orderwatch/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApproveBatchDocument } from '../../../gql';
import { record } from '../../../shared/activity';
import { Dialog } from '../../../shared/dialog';
import { listText, money } from '../../../shared/format';
import { execute, newMutationId } from '../../../shared/graphql';
import { useText } from '../../../shared/i18n';
import { queryKeys } from '../../../shared/query-keys';
import { batchItems, batchOf } from './batch';
import type { Remedy } from './decisions';
import { SignInAgain } from './sign-in-again';
import { title } from '../words';

interface BatchSheetProps {
  chosen: readonly Remedy[];
  /** Why nothing is approved now, on an old picture. */
  barred: string | undefined;
  onDone: () => void;
  onClose: () => void;
}

const WIDTH = 720;

/** Several clean ones at once, line by line: read, counted, and typed how many. Each is decided, held and logged on its own. */
export const BatchSheet = ({ chosen, barred, onDone, onClose }: BatchSheetProps) => {
  const t = useText();
  const client = useQueryClient();
  // As it was when the sheet was opened: what was read is what is sent.
  const [{ ready, left, totals }] = useState(() => batchOf(chosen));
  const [mutationId] = useState(newMutationId);
  const [typed, setTyped] = useState('');
  const [needsSignIn, setNeedsSignIn] = useState<string | null>(null);
  const run = useMutation({
    mutationFn: async () => (await execute(ApproveBatchDocument, { items: batchItems(ready), typedCount: Number(typed), mutationId })).approveBatch,
    onSuccess: async (result) => {
      if (result.__typename === 'NeedsSignIn') {
        setNeedsSignIn(result.reason);
        return;
      }
      if (result.__typename !== 'ApproveBatchDone') return;
      const { items, approved, totals: sums } = result;
      const failed = items.length - approved;
      record({
        mutationId,
        what: approved === 0 ? t('approvals:batch.doneNone') : t('approvals:batch.done', { count: approved, totals: listText(sums.map((sum) => money(sum))) }),
        result: {
          state: failed > 0 ? 'failed' : 'done',
          message: failed > 0 ? t('approvals:batch.notAll', { count: failed }) : undefined,
          items: items.map((item) => ({ id: item.remedyId, label: item.number ?? item.remedyId, isDone: item.approved, message: item.message ?? undefined })),
        },
      });
      onDone();
      await Promise.all([queryKeys.approvals, queryKeys.counts, queryKeys.remedyPreview].map((queryKey) => client.invalidateQueries({ queryKey })));
    },
  });
  const refusal = run.data?.__typename === 'NotAllowed' ? run.data.reason : run.error?.message;
  const missing = barred ?? (run.isPending ? t('approvals:act.sending') : ready.length === 0 ? t('approvals:batch.nothing') : typed.trim() === String(ready.length) ? undefined : t('approvals:batch.typeFirst', { count: ready.length }));
  return (
    <Dialog title={t('approvals:batch.title', { count: ready.length })} size={WIDTH} onClose={onClose}>
      <form
        className="ap-batch"
        onSubmit={(event) => {
          event.preventDefault();
          if (missing === undefined) run.mutate();
        }}
      >
        {refusal ? <ErrorBar>{refusal}</ErrorBar> : null}
        {ready.length > 0 ? (
          <table>
            <thead>
              <tr>
                <th scope="col">{t('approvals:column.kind')}</th>
                <th scope="col">{t('approvals:column.order')}</th>
                <th scope="col">{t('approvals:column.by')}</th>
                <th scope="col">{t('approvals:column.amount')}</th>
              </tr>
            </thead>
            <tbody>
              {ready.map((remedy) => (
                <tr key={remedy.id}>
                  <td>{t(`approvals:kind.${remedy.kind}`)}</td>
                  <td translate="no">
                    {remedy.orderName} {remedy.customer} <small>{remedy.reason}</small>
                  </td>
                  <td translate="no">{remedy.proposedBy.name}</td>
                  <td>{money(remedy.amount)}</td>
                </tr>
              ))}
            </tbody>
            <tfoot>
              {totals.map((total) => (
                <tr key={total.currency}>
                  <th scope="row" colSpan={3}>
                    {t('approvals:batch.total', { currency: total.currency })}
                  </th>
                  <td>
                    <b>{money(total)}</b>
                  </td>
                </tr>
              ))}
            </tfoot>
          </table>
        ) : null}
        {left.length > 0 ? (
          <section aria-label={t('approvals:batch.left', { count: left.length })}>
            <h3>{t('approvals:batch.left', { count: left.length })}</h3>
            <ul>
              {left.map(({ remedy, why }) => (
                <li key={remedy.id}>
                  <span translate="no">{t('approvals:batch.leftOne', { order: remedy.orderName, title: title(remedy) })}</span> <small translate="no">{why}</small>
                </li>
              ))}
            </ul>
          </section>
        ) : null}
        {ready.length > 0 ? <TextInput label={t('approvals:batch.type')} inputMode="numeric" autoComplete="off" value={typed} onChange={(event) => setTyped(event.currentTarget.value)} data-autofocus /> : null}
        <footer>
          {missing ? <small className="ow-dim">{missing}</small> : <small className="ow-dim">{t('approvals:batch.held')}</small>}
          <span className="ow-spacer" />
          <Button onClick={onClose}>{t('approvals:act.notNow')}</Button>
          {ready.length > 0 ? (
            <Button type="submit" variant="primary" disabled={missing !== undefined} reason={missing}>
              {t('approvals:batch.now', { count: ready.length, totals: listText(totals.map((total) => money(total))) })}
            </Button>
          ) : null}
        </footer>
      </form>
      {needsSignIn === null ? null : <SignInAgain why={needsSignIn} onDone={() => setNeedsSignIn(null)} onClose={() => setNeedsSignIn(null)} />}
    </Dialog>
  );
};

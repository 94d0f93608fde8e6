import { Button, Chip, formatTime, RelativeTime, Section, Verdict, type Tone } from '@orderwatch/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CallBackRemedyDocument, type RemedyKind, type RemedyState } from '../../gql';
import { announce } from '../../shared/announce';
import { money } from '../../shared/format';
import { execute, newMutationId } from '../../shared/graphql';
import { useText } from '../../shared/i18n';
import { queryKeys } from '../../shared/query-keys';
import type { Order } from './api';

interface ActionsProps {
  order: Order;
  onPropose: (kind: RemedyKind) => void;
  /** Why nothing can be asked for now. */
  barred: string | undefined;
}

const kinds: readonly RemedyKind[] = ['refund', 'reship', 'credit'];
const isKind = (action: string): action is RemedyKind => kinds.some((kind) => kind === action);

/** What the policy says of each remedy, before the click. */
export const Actions = ({ order, onPropose, barred }: ActionsProps) => {
  const t = useText();
  const remedies = order.allowedActions.flatMap((each) => (isKind(each.action) ? [{ ...each, kind: each.action }] : []));
  if (remedies.length === 0) return null;
  return (
    <Section title={t('order:side.can')}>
      {remedies.map((each) => (
        <div key={each.kind} className="order-act">
          <Button disabled={!each.allowed || barred !== undefined} reason={barred ?? each.why ?? undefined} onClick={() => onPropose(each.kind)}>
            {t(`order:action.${each.kind}`)}
          </Button>
          <p>
            <Verdict verdict={!each.allowed ? 'no' : each.needsApproval ? 'ask' : 'pass'}>{t(!each.allowed ? 'order:action.no' : each.needsApproval ? 'order:action.ask' : 'order:action.may')}</Verdict>
            <small>{each.why ?? (each.limit ? t('order:action.limit', { amount: money(each.limit) }) : null)}</small>
          </p>
        </div>
      ))}
    </Section>
  );
};

const tones: Readonly<Record<RemedyState, Tone>> = {
  proposed: 'violet', approved: 'violet', executing: 'blue', executed: 'blue', confirmed: 'green', failed: 'red', declined: 'line', void: 'line', needs_human: 'red',
};

interface RemediesProps {
  order: Order;
  meId: string;
  isPast: boolean;
}

/** What was asked for, and what came of it. */
export const Remedies = ({ order, meId, isPast }: RemediesProps) => {
  const t = useText();
  const client = useQueryClient();
  const callBack = useMutation({
    mutationFn: async (id: string) => (await execute(CallBackRemedyDocument, { id, mutationId: newMutationId() })).callBackRemedy,
    onSuccess: (result) => announce(result.__typename === 'RemedyDone' ? t('order:remedy.calledBack') : result.__typename === 'RemedyConflict' ? result.message : result.reason),
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.order(order.id) }),
  });
  if (order.remedies.length === 0) return null;
  return (
    <Section title={t('order:side.asked')}>
      {order.remedies.map((remedy) => {
        const last = remedy.approvals.at(-1);
        const decided = last && { who: last.by.name, what: last.decision, when: formatTime(last.at, 'minute') };
        return (
          <div key={remedy.id} className="order-remedy">
            <div>
              <b>
                {t(`order:remedy.${remedy.kind}`)} {remedy.amount ? money(remedy.amount) : ''}
              </b>
              <Chip tone={tones[remedy.state]}>{t(`order:remedy.state.${remedy.state}`)}</Chip>
              <span className="ow-spacer" />
              <span className="ow-dim ow-small" translate="no">
                {remedy.number}
              </span>
            </div>
            <small>
              {t('order:remedy.asked', { who: remedy.proposedBy.id === meId ? t('order:head.you') : remedy.proposedBy.name })} <RelativeTime at={remedy.proposedAt} /> · {remedy.reason}
            </small>
            {decided ? <small>{last.reason ? t('order:remedy.decidedWhy', { ...decided, why: last.reason }) : t('order:remedy.decided', decided)}</small> : null}
            {remedy.failure ? <small className="ow-red">{remedy.failure}</small> : null}
            {remedy.reference ? <small>{t('order:remedy.reference', { reference: remedy.reference })}</small> : null}
            {!isPast && remedy.allowedActions.some((each) => /^call_?back/i.test(each.action) && each.allowed) ? (
              <button type="button" className="ow-link ow-small" onClick={() => callBack.mutate(remedy.id)}>
                {t('order:remedy.callBack')}
              </button>
            ) : null}
          </div>
        );
      })}
    </Section>
  );
};

import { Button, Chip, formatTime, Icon, RelativeTime, Section, Verdict, type Tone } from '@orderwatch/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CallBackRemedyDocument, type RemedyKind, type RemedyState } from '../../gql';
import { announce } from '../../shared/announce';
import { money } from '../../shared/format';
import { execute, newMutationId } from '../../shared/graphql';
import { queryKeys } from '../../shared/query-keys';
import type { Order } from './api';

interface SideProps {
  order: Order;
  meId: string;
  onPropose: (kind: RemedyKind) => void;
}

const labels: Readonly<Record<string, string>> = { refund: 'Refund…', reship: 'Reship…' };

const Actions = ({ order, onPropose }: Pick<SideProps, 'order' | 'onPropose'>) => {
  const remedies = order.allowedActions.filter((each) => labels[each.action] !== undefined);
  if (remedies.length === 0) return null;
  return (
    <Section title="What you can do">
      {remedies.map((each) => (
        <div key={each.action} className="order-act">
          <Button disabled={!each.allowed} reason={each.why ?? undefined} onClick={() => onPropose(each.action as RemedyKind)}>
            {labels[each.action]}
          </Button>
          <p>
            <Verdict verdict={!each.allowed ? 'no' : each.needsApproval ? 'ask' : 'pass'}>{!each.allowed ? 'Not allowed' : each.needsApproval ? 'Needs approval' : 'You may'}</Verdict>
            <small>{each.why ?? (each.limit ? `your limit is ${money(each.limit)}` : null)}</small>
          </p>
        </div>
      ))}
    </Section>
  );
};

const states: Readonly<Record<RemedyState, { word: string; tone: Tone }>> = {
  proposed: { word: 'Waits for approval', tone: 'violet' },
  approved: { word: 'Approved', tone: 'violet' },
  executing: { word: 'Being carried out', tone: 'blue' },
  executed: { word: 'Done, not yet confirmed', tone: 'blue' },
  confirmed: { word: 'Confirmed', tone: 'green' },
  failed: { word: 'Failed', tone: 'red' },
  declined: { word: 'Declined', tone: 'line' },
  void: { word: 'Void, facts changed', tone: 'line' },
  needs_human: { word: 'Needs a person', tone: 'red' },
};

const kindWords: Readonly<Record<RemedyKind, string>> = { refund: 'Refund', reship: 'Reship' };

const Remedies = ({ order, meId }: { order: Order; meId: string }) => {
  const client = useQueryClient();
  const callBack = useMutation({
    mutationFn: async (id: string) => (await execute(CallBackRemedyDocument, { id, mutationId: newMutationId() })).callBackRemedy,
    onSuccess: (result) => announce(result.__typename === 'RemedyDone' ? 'Called back' : result.__typename === 'NotAllowed' ? result.reason : result.message),
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.order(order.id) }),
  });
  if (order.remedies.length === 0) return null;
  return (
    <Section title="Asked for">
      {order.remedies.map((remedy) => {
        const state = states[remedy.state];
        const last = remedy.approvals.at(-1);
        return (
          <div key={remedy.id} className="order-remedy">
            <div>
              <b>
                {kindWords[remedy.kind]} {remedy.amount ? money(remedy.amount) : ''}
              </b>
              <Chip tone={state.tone}>{state.word}</Chip>
              <span className="ow-spacer" />
              <span className="ow-dim ow-small">{remedy.number}</span>
            </div>
            <small>
              {remedy.proposedBy.id === meId ? 'You' : remedy.proposedBy.name} asked <RelativeTime at={remedy.proposedAt} /> · {remedy.reason}
            </small>
            {last ? (
              <small>
                {last.by.name} {last.decision} {formatTime(last.at, 'minute')}
                {last.reason ? `: ${last.reason}` : ''}
              </small>
            ) : null}
            {remedy.failure ? <small className="ow-red">{remedy.failure}</small> : null}
            {remedy.reference ? <small>Reference {remedy.reference}</small> : null}
            {remedy.allowedActions.some((each) => /^call_?back/i.test(each.action) && each.allowed) ? (
              <button type="button" className="ow-link ow-small" onClick={() => callBack.mutate(remedy.id)}>
                Call back
              </button>
            ) : null}
          </div>
        );
      })}
    </Section>
  );
};

const CustomerSees = ({ order }: { order: Order }) => (
  <Section title="What the customer sees now">
    <div className="order-customer-view">
      <p>{order.customerSees.headline}</p>
      <span>{order.customerSees.body}</span>
      {order.customerSees.parcels.length > 0 ? (
        <dl>
          {order.customerSees.parcels.map((parcel) => (
            <div key={parcel.label}>
              <dt>{parcel.label}</dt>
              <dd>{parcel.text}</dd>
            </div>
          ))}
        </dl>
      ) : null}
    </div>
  </Section>
);

const Facts = ({ facts }: { facts: Order['facts'] }) => {
  if (facts.length === 0) return null;
  const names = [...new Set(facts.map((fact) => fact.name))];
  return (
    <Section title="Facts" aside={`${facts.length}`}>
      <dl className="order-facts">
        {names.flatMap((name) => {
          const said = facts.filter((fact) => fact.name === name);
          const isDisputed = new Set(said.map((fact) => fact.value)).size > 1;
          return said.map((fact, i) => (
            <div key={`${name}/${fact.source}/${fact.value}`}>
              <dt className={i > 0 ? 'order-again' : undefined}>
                {name} {isDisputed && i === 0 ? <Icon name="unequal" className="ow-blue" /> : null}
              </dt>
              <dd className={fact.inUse ? undefined : 'ow-dim'}>
                {isDisputed && fact.inUse ? <b>{fact.value}</b> : fact.value}
                {isDisputed ? (fact.inUse ? ', in use' : ', not used') : ''}
                {isDisputed && fact.inUse && fact.rule ? <small>{fact.rule}</small> : null}
              </dd>
              <dd className="ow-src">
                {fact.source}
                {fact.observedAt ? (
                  <>
                    {' · '}
                    <RelativeTime at={fact.observedAt} form="age" />
                  </>
                ) : null}
              </dd>
            </div>
          ));
        })}
      </dl>
    </Section>
  );
};

const Lines = ({ order }: { order: Order }) =>
  order.lines.length === 0 ? null : (
    <Section title="Lines" aside={`${order.lines.length}`}>
      <dl className="order-facts">
        {order.lines.map((line) => (
          <div key={line.id}>
            <dt>{line.quantity ?? 1} ×</dt>
            <dd className="ow-clip" title={line.sku ?? undefined}>
              {line.title ?? line.sku ?? line.id}
            </dd>
            <dd className="ow-src">{line.status}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );

export const Side = ({ order, meId, onPropose }: SideProps) => (
  <>
    <Actions order={order} onPropose={onPropose} />
    <Remedies order={order} meId={meId} />
    <CustomerSees order={order} />
    <Facts facts={order.facts} />
    <Lines order={order} />
  </>
);

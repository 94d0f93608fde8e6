import { Icon, Kbd, RelativeTime, Section } from '@orderwatch/ui';
import type { RemedyKind } from '../../gql';
import { useText } from '../../shared/i18n';
import type { Order } from './api';
import { disputed } from './facts-table';
import { LazyClaims } from './remedy-claims-lazy';
import { Actions, Remedies } from './side-remedies';

/** More of them stand in the table. */
const MOST_FACTS = 9;

export const CUSTOMER_ID = 'order-customer-sees';

interface CustomerSeesProps {
  order: Order;
  isPast: boolean;
}

const CustomerSees = ({ order, isPast }: CustomerSeesProps) => {
  const t = useText();
  return (
    <Section
      title={
        <>
          {t(isPast ? 'order:side.saw' : 'order:side.sees')} <Kbd hidden>W</Kbd>
        </>
      }
    >
      <div className="order-customer-view" id={CUSTOMER_ID} tabIndex={-1} role="group" aria-label={t(isPast ? 'order:side.saw' : 'order:side.sees')} translate="no">
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
};

interface FactsProps {
  facts: Order['facts'];
  onAll: () => void;
}

/** The first of the facts; of those that are disputed every value, and the rule that chose one. */
const Facts = ({ facts, onAll }: FactsProps) => {
  const t = useText();
  if (facts.length === 0) return null;
  const split = disputed(facts);
  const shown = [...facts.filter((fact) => split.has(fact.name)), ...facts.filter((fact) => !split.has(fact.name))].slice(0, Math.max(MOST_FACTS, facts.filter((fact) => split.has(fact.name)).length));
  const rows = facts.filter((fact) => shown.includes(fact));
  return (
    <Section
      title={t('order:side.facts')}
      aside={
        <button type="button" className="ow-link" onClick={onAll}>
          {t('order:side.allFacts', { count: facts.length })}
        </button>
      }
    >
      <dl className="order-facts">
        {rows.map((fact, i) => {
          const isDisputed = split.has(fact.name);
          const isAgain = rows[i - 1]?.name === fact.name;
          return (
            <div key={`${fact.name}/${fact.source}/${fact.value}/${fact.eventId ?? ''}`}>
              <dt className={isAgain ? 'order-again' : undefined}>
                {fact.name} {isDisputed && !isAgain ? <Icon name="unequal" className="ow-blue" /> : null}
              </dt>
              <dd className={fact.inUse ? undefined : 'ow-dim'}>
                {isDisputed && fact.inUse ? <b>{fact.value}</b> : fact.value}
                {isDisputed ? `, ${t(fact.inUse ? 'order:facts.inUse' : 'order:facts.notUsed')}` : ''}
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
          );
        })}
      </dl>
    </Section>
  );
};

const Lines = ({ order }: { order: Order }) => {
  const t = useText();
  if (order.lines.length === 0) return null;
  return (
    <Section title={t('order:side.lines')} aside={`${order.lines.length}`}>
      <dl className="order-facts" data-lines translate="no">
        {order.lines.map((line) => (
          <div key={line.id}>
            <dt>{t('order:side.times', { n: line.quantity ?? 1 })}</dt>
            <dd className="ow-clip" title={line.sku ?? undefined}>
              {line.title ?? line.sku ?? line.id}
            </dd>
            <dd className="ow-src">{line.status}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
};

interface SideProps {
  order: Order;
  meId: string;
  isPast: boolean;
  mayClaim: boolean;
  barred: string | undefined;
  onPropose: (kind: RemedyKind) => void;
  /** Undefined while the table of all facts is shown beside. */
  onAllFacts: (() => void) | undefined;
}

export const Side = ({ order, meId, isPast, mayClaim, barred, onPropose, onAllFacts }: SideProps) => (
  <>
    <Actions order={order} onPropose={onPropose} barred={barred} />
    <Remedies order={order} meId={meId} isPast={isPast} />
    <LazyClaims order={order} mayWrite={mayClaim} isPast={isPast} barred={barred} />
    <CustomerSees order={order} isPast={isPast} />
    {onAllFacts ? <Facts facts={order.facts} onAll={onAllFacts} /> : null}
    <Lines order={order} />
  </>
);

import { AbsoluteTime, Dot, KeyValueList, Section, Verdict } from '@orderwatch/ui';
import { minuteText, money } from '../../shared/format';
import type { Remedy } from './api';
import { checksLine, kindWord, verdictOf } from './words';

const share = (part: number, whole: number): number => (whole > 0 ? Math.min(100, Math.max(0, (part / whole) * 100)) : 0);

/** The amount against the order: this one, what went back before, what could still go. */
export const AmountSection = ({ remedy }: { remedy: Remedy }) => {
  const { amount, orderTotal, alreadyRefunded, refundable } = remedy;
  const whole = orderTotal?.minor ?? 0;
  const asked = share(amount?.minor ?? 0, whole);
  const before = share(alreadyRefunded?.minor ?? 0, whole);
  return (
    <section className="ow-sec" aria-label="Amount">
      <dl className="ap-nums">
        <div>
          <dt>
            <Dot tone="violet" /> This {kindWord[remedy.kind].toLowerCase()}
          </dt>
          <dd>
            <b>{money(amount)}</b>
          </dd>
        </div>
        <div>
          <dt>Share of order</dt>
          <dd>{orderTotal && amount ? `${Math.round(asked)} % of ${money(orderTotal)}` : '–'}</dd>
        </div>
        <div>
          <dt>
            <Dot /> Refunded before
          </dt>
          <dd>{money(alreadyRefunded)}</dd>
        </div>
        <div>
          <dt>Refundable now</dt>
          <dd>{money(refundable)}</dd>
        </div>
      </dl>
      {whole > 0 ? (
        <div className="ap-share" role="img" aria-label={`${money(alreadyRefunded)} refunded before, ${money(amount)} asked, of ${money(orderTotal)}`}>
          <i data-part="before" style={{ width: `${before}%` }} />
          <i data-part="asked" style={{ width: `${asked}%` }} />
          <i style={{ flex: 1 }} />
        </div>
      ) : null}
    </section>
  );
};

export const ChecksSection = ({ remedy }: { remedy: Remedy }) => (
  <Section title="Policy checks" aside={`${checksLine(remedy.checks)} · frozen ${minuteText(remedy.proposedAt)}`}>
    <dl className="ap-checks">
      {remedy.checks.map((check) => (
        <div key={check.name}>
          <dt>{check.name}</dt>
          <dd>
            <Verdict verdict={verdictOf(check.verdict)} quiet>
              {verdictOf(check.verdict)}
            </Verdict>
          </dd>
          <dd title={check.value}>{check.value}</dd>
          <dd className="ow-dim ow-small">{check.source}</dd>
        </div>
      ))}
    </dl>
  </Section>
);

export const VoidSection = ({ reasons }: { reasons: readonly string[] }) => (
  <Section title="What changed since it was asked">
    <ul className="ap-list">
      {reasons.map((reason) => (
        <li key={reason}>{reason}</li>
      ))}
    </ul>
  </Section>
);

export const LinesSection = ({ lines }: { lines: Remedy['lines'] }) => (
  <Section title="Lines">
    <ul className="ap-list">
      {lines.map((line) => (
        <li key={line.lineId}>
          {line.quantity} × {line.title ?? line.lineId}
        </li>
      ))}
    </ul>
  </Section>
);

export const EvidenceSection = ({ remedy }: { remedy: Remedy }) => (
  <Section title="Evidence" aside={remedy.evidence.length === 0 ? undefined : String(remedy.evidence.length)}>
    {remedy.evidence.length === 0 ? (
      <p className="ow-dim">None was attached. The order’s timeline is one click away.</p>
    ) : (
      <ul className="ap-evidence">
        {remedy.evidence.map((item) => (
          <li key={item.factId ?? `${item.source} ${item.text}`}>
            {item.text}
            <small>
              {item.source}
              {item.at ? (
                <>
                  {' · '}
                  <AbsoluteTime at={item.at} />
                </>
              ) : null}
            </small>
          </li>
        ))}
      </ul>
    )}
  </Section>
);

const steps = (remedy: Remedy): { key: string; at: string; what: string; who: string }[] =>
  [
    { key: 'asked', at: remedy.proposedAt, what: `Asked: ${remedy.reason}`, who: remedy.proposedBy.name },
    ...remedy.approvals.map((each, i) => ({ key: `approval ${i}`, at: each.at, what: `${each.decision.replace(/^./, (c) => c.toUpperCase())}${each.reason ? `: ${each.reason}` : ''}`, who: each.by.name })),
    ...(remedy.executedAt ? [{ key: 'executed', at: remedy.executedAt, what: `Executed${remedy.reference ? `, ${remedy.reference}` : ''}`, who: 'Orderwatch' }] : []),
    ...(remedy.confirmedAt ? [{ key: 'confirmed', at: remedy.confirmedAt, what: 'Confirmed by the shop', who: 'Shop' }] : []),
  ].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));

export const HistorySection = ({ remedy }: { remedy: Remedy }) => (
  <Section title="So far">
    <ol className="ap-steps">
      {steps(remedy).map((step) => (
        <li key={step.key}>
          <span>{step.what}</span>
          <small>
            {step.who} · <AbsoluteTime at={step.at} />
          </small>
        </li>
      ))}
    </ol>
  </Section>
);

export const CustomerSection = ({ now, after }: { now: string | null; after: string | null }) => (
  <Section title="What the customer’s page will say">
    <KeyValueList
      withSource
      items={[
        { key: 'now', label: 'Now', value: now ? `“${now}”` : '–' },
        { key: 'after', label: 'After', value: after ? `“${after}”` : '–' },
      ]}
    />
  </Section>
);

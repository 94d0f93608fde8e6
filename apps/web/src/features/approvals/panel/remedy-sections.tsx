import { Dot, KeyValueList, Section } from '@orderwatch/ui';
import { minuteText, money } from '../../../shared/format';
import { useText } from '../../../shared/i18n';
import { ChecksList } from '../../../shared/remedies/policy-view';
import type { Remedy } from '../decide/decisions';
import { checksLine } from '../words';

const share = (part: number, whole: number): number => (whole > 0 ? Math.min(100, Math.max(0, (part / whole) * 100)) : 0);

/** The amount against the order: this one, what went back before, what could still go. */
export const AmountSection = ({ remedy }: { remedy: Remedy }) => {
  const t = useText();
  const { amount, orderTotal, alreadyRefunded, refundable, lines } = remedy;
  const whole = orderTotal?.minor ?? 0;
  const asked = share(amount?.minor ?? 0, whole);
  const before = share(alreadyRefunded?.minor ?? 0, whole);
  return (
    <section className="ow-sec" aria-label={t('approvals:panel.amount')}>
      <dl className="ap-nums">
        <div>
          <dt>
            <Dot tone="violet" /> {t(`approvals:panel.this.${remedy.kind}`)}
          </dt>
          <dd>
            <b>{money(amount)}</b>
          </dd>
        </div>
        <div>
          <dt>{t('approvals:panel.share')}</dt>
          <dd>{orderTotal && amount ? t('approvals:panel.shareOf', { percent: Math.round(asked), total: money(orderTotal) }) : '–'}</dd>
        </div>
        <div>
          <dt>
            <Dot /> {t('approvals:panel.before')}
          </dt>
          <dd>{money(alreadyRefunded)}</dd>
        </div>
        <div>
          <dt>{t('approvals:panel.refundable')}</dt>
          <dd>{money(refundable)}</dd>
        </div>
      </dl>
      {whole > 0 ? (
        <div className="ap-share" role="img" aria-label={t('approvals:panel.picture', { before: money(alreadyRefunded), amount: money(amount), total: money(orderTotal) })}>
          <i data-part="before" style={{ width: `${before}%` }} />
          <i data-part="asked" style={{ width: `${asked}%` }} />
          <i style={{ flex: 1 }} />
        </div>
      ) : null}
      {lines.length > 0 ? (
        <ul className="ap-lines" aria-label={t('approvals:panel.lines')} translate="no">
          {lines.map((line) => (
            <li key={line.lineId}>
              {line.quantity} × {line.title ?? line.lineId}
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
};

export const ChecksSection = ({ remedy }: { remedy: Remedy }) => {
  const t = useText();
  return (
    <Section title={t('approvals:panel.checks')} aside={t('approvals:panel.frozen', { checks: checksLine(remedy.checks), when: minuteText(remedy.proposedAt) })}>
      <ChecksList checks={remedy.checks} withSource />
    </Section>
  );
};

export const CustomerSection = ({ now, after }: { now: string | null; after: string | null }) => {
  const t = useText();
  return (
    <Section title={t('approvals:panel.customer')}>
      <KeyValueList
        withSource
        items={[
          { key: 'now', label: t('approvals:panel.now'), value: <span translate="no">{now ? `“${now}”` : '–'}</span> },
          { key: 'after', label: t('approvals:panel.after'), value: <span translate="no">{after ? `“${after}”` : '–'}</span> },
        ]}
      />
    </Section>
  );
};

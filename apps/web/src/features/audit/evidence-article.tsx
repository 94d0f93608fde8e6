import { exactTime } from '@orderwatch/ui';
import { money } from '../../shared/format';
import { useText, type Translate } from '../../shared/i18n';
import { PackTable } from '../../shared/pack/pack-table';
import type { Bundle } from './bundle';

const when = (at: string | null): string => (at === null ? '–' : exactTime(at));
const isMoney = (value: object): value is { minor: number; currency: string } => 'minor' in value && 'currency' in value && typeof value.minor === 'number' && typeof value.currency === 'string';

/** As people read it; the file beside the page has it as it was hashed. */
const valueText = (value: unknown): string => {
  if (value === null || typeof value !== 'object') return String(value ?? '–');
  if (isMoney(value)) return money(value);
  if (Array.isArray(value)) return value.map(valueText).join(', ') || '–';
  return Object.entries(value).map(([name, each]) => `${name}: ${valueText(each)}`).join(', ') || '–';
};

/** Whose address it is; the address itself is the customer's, and stands in no file. */
const addressWord = (of: string, t: Translate): string => t(of === 'shop' || of === 'other' ? `audit:bundle.address.${of}` : 'audit:bundle.address.unknown');

interface ArticleProps {
  bundle: Bundle;
  /** Who made it, and when. */
  made: string;
}

const Chain = ({ chain }: { chain: Bundle['audit']['chain'] }) => {
  const t = useText();
  if (chain.firstBrokenEntry !== null) return <p>{t('audit:bundle.brokenHead', { when: when(chain.checkedAt), id: chain.firstBrokenEntry })}</p>;
  if (!chain.head) return <p>{t('audit:bundle.noHead')}</p>;
  return <p>{t('audit:bundle.head', { when: when(chain.checkedAt), count: chain.entries, id: chain.head.id, hash: chain.head.hash })}</p>;
};

/** The bundle as one can read it on paper, and check it: hashes stand where they belong. */
export const EvidenceArticle = ({ bundle, made }: ArticleProps) => {
  const t = useText();
  const { remedy, order, asked, policy, facts, evidence, decisions, execution, history, audit } = bundle;
  const pairs = [t('audit:bundle.col.what'), t('audit:bundle.col.value')];
  const rows = (all: readonly (readonly [label: string, value: string | null])[]) => all.map(([label, value]) => ({ key: label, cells: [label, value ?? '–'] }));
  const customer = order.customer ? (order.customer.masked ? t('audit:bundle.row.masked', { role: bundle.madeBy.role }) : order.customer.name) : null;
  return (
    <article className="pack" data-testid="evidence-bundle" translate="no">
      <header>
        <h1>{t('audit:bundle.heading', { number: remedy.number })}</h1>
        <p>
          <b>{made}</b>
        </p>
        <Chain chain={audit.chain} />
      </header>
      <PackTable
        title={t('audit:bundle.asked')}
        heads={pairs}
        rows={rows([
          [t('audit:bundle.row.kind'), remedy.kind], [t('audit:bundle.row.amount'), money(remedy.amount)], [t('audit:bundle.row.state'), `${remedy.state}, ${remedy.revision}`],
          [t('audit:bundle.row.order'), `${order.name} (${order.home} ${order.homeId})`], [t('audit:bundle.row.customer'), customer], [t('audit:bundle.row.by'), `${asked.by?.name ?? '–'}, ${when(asked.at)}`],
          [t('audit:bundle.row.reason'), `${asked.reasonCode}: ${asked.reason}`], [t('audit:bundle.row.lines'), asked.lines.map(({ lineId, title, quantity }) => `${quantity} × ${title ?? t('audit:bundle.row.line', { id: lineId })}`).join(', ') || null],
          ...(asked.delivery ? [[t('audit:bundle.row.goesTo'), addressWord(asked.delivery.addressOf, t)] as const, [t('audit:bundle.row.service'), asked.delivery.service] as const] : []),
        ])}
      />
      <PackTable
        title={`${t('audit:bundle.policy')}${policy.version === null ? '' : `, ${t('audit:bundle.policyVersion', { version: policy.version })}`}`}
        heads={[t('audit:bundle.col.rule'), t('audit:bundle.col.verdict'), t('audit:bundle.col.value'), t('audit:bundle.col.source')]}
        rows={policy.checks.map((check) => ({ key: check.name, cells: [check.name, check.verdict, check.value, check.source ?? '–'] }))}
      />
      <PackTable title={t('audit:bundle.facts')} heads={pairs} rows={rows([...Object.entries(facts.frozen).map(([name, value]) => [name, valueText(value)] as const), ['sha256', facts.sha256]])} />
      <PackTable
        title={t('audit:bundle.evidence')}
        heads={[t('audit:bundle.col.what'), t('audit:bundle.col.source'), t('audit:bundle.col.when'), t('audit:bundle.col.raw')]}
        rows={evidence.map((item) => ({ key: `${item.factId ?? ''} ${item.text}`, cells: [item.text, item.source, when(item.at), item.raw?.checksum ? `${item.raw.connection ?? ''} ${item.raw.delivery ?? ''}: ${item.raw.checksum}` : '–'] }))}
      />
      <PackTable
        title={t('audit:bundle.decisions')}
        heads={[t('audit:bundle.col.when'), t('audit:bundle.col.who'), t('audit:bundle.col.behalf'), t('audit:bundle.col.decision'), t('audit:bundle.col.reason'), t('audit:bundle.col.facts')]}
        rows={decisions.map((each) => ({ key: `${each.at} ${each.by?.id ?? ''}`, cells: [when(each.at), each.by?.name ?? '–', each.onBehalfOf?.name ?? '–', each.decision, each.reason ?? '–', each.factsSha256] }))}
      />
      <PackTable
        title={t('audit:bundle.execution')}
        heads={pairs}
        rows={rows([
          [t('audit:bundle.row.key'), execution.idempotencyKey], [t('audit:bundle.row.attempts'), `${execution.attempts}, ${when(execution.lastAttemptAt)}`], [t('audit:bundle.row.executed'), when(execution.executedAt)],
          [t('audit:bundle.row.confirmed'), when(execution.confirmedAt)], [t('audit:bundle.row.reference'), execution.reference], [t('audit:bundle.row.failure'), execution.failure],
          [t('audit:bundle.row.ledger'), execution.ledger.map(({ id, kind, amount, source }) => `${kind} ${money(amount)}, ${source} ${id}`).join('; ') || null],
        ])}
      />
      <PackTable
        title={t('audit:bundle.history')}
        heads={[t('audit:bundle.col.when'), t('audit:bundle.col.who'), t('audit:bundle.col.what'), t('audit:bundle.col.reason')]}
        rows={history.map((step, n) => ({ key: String(n), cells: [when(step.at), step.actor, step.what, step.why ?? '–'] }))}
      />
      <PackTable
        title={t('audit:bundle.entries')}
        heads={[t('audit:bundle.col.entry'), t('audit:bundle.col.who'), t('audit:bundle.col.what'), t('audit:bundle.col.detail'), t('audit:bundle.col.hashes')]}
        rows={audit.entries.map((entry) => ({ key: entry.id, cells: [`${entry.id}, ${when(entry.when)}`, entry.actorName ?? entry.actor, entry.action, entry.detail, `${entry.prev} → ${entry.hash}`] }))}
      />
      <section>
        <h2>{t('audit:bundle.check')}</h2>
        <ul>
          {audit.howToCheck.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </section>
    </article>
  );
};

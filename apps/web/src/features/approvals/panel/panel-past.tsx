import { ErrorBar, Section, SkeletonRows } from '@orderwatch/ui';
import { useQuery } from '@tanstack/react-query';
import { useText } from '../../../shared/i18n';
import { movesMoney } from '../../../shared/remedies/draft';
import { LedgerView } from '../../../shared/remedies/ledger-view';
import { policyResultQuery } from '../../../shared/remedies/policy-query';
import type { Precedents as Shown } from '../../../shared/remedies/precedents-query';
import { DuplicatesList, SimilarList, useSimilarCount } from '../../../shared/remedies/precedents-view';
import { precedentsOf } from './asker-rate';
import type { Remedy } from '../decide/decisions';

/** Past decisions that are shown beside one. */
const SHOWN = 3;

/** What the customer has back of this order already, whoever gave it. */
export const LedgerSection = ({ remedy }: { remedy: Remedy }) => {
  const t = useText();
  const { orderId, kind, amount, lines, evidence, version } = remedy;
  const wish = { orderId, kind, amountMinor: movesMoney(kind) ? (amount?.minor ?? null) : null, lines: lines.map(({ lineId, quantity }) => ({ lineId, quantity })), evidence: evidence.length };
  const { data, error, refetch } = useQuery(policyResultQuery(wish, version));
  return (
    <Section title={t('remedies:ledger.title')}>
      {data ? (
        <LedgerView result={data} total={remedy.orderTotal} />
      ) : error ? (
        <ErrorBar onRetry={() => void refetch()}>{t('remedies:ledger.failed', { why: error.message })}</ErrorBar>
      ) : (
        <SkeletonRows rows={2} rowHeight={24} />
      )}
    </Section>
  );
};

/** What may be the same done twice, and how the like of it was decided. */
export const PrecedentsSections = ({ remedy }: { remedy: Remedy }) => {
  const t = useText();
  const { data, error, refetch } = useQuery(precedentsOf(remedy));
  if (error && !data) {
    return (
      <Section title={t('approvals:panel.similar')}>
        <ErrorBar onRetry={() => void refetch()}>{t('remedies:similar.failed', { why: error.message })}</ErrorBar>
      </Section>
    );
  }
  return data ? <Precedents precedents={data} /> : null;
};

const Precedents = ({ precedents }: { precedents: Shown }) => {
  const t = useText();
  const count = useSimilarCount(precedents);
  return (
    <>
      {precedents.duplicates.length > 0 ? (
        <Section title={t('remedies:duplicate.title')} aside={String(precedents.duplicates.length)}>
          <DuplicatesList duplicates={precedents.duplicates} />
        </Section>
      ) : null}
      {precedents.approved + precedents.declined > 0 ? (
        <Section title={t('approvals:panel.similar')} aside={count}>
          <SimilarList similar={precedents.similar.slice(0, SHOWN)} />
        </Section>
      ) : null}
    </>
  );
};

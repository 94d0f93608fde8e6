import { Chip, ErrorBar, formatTime, KeyValueList, PeekPanel, Section, ShortTimeline, SkeletonRows } from '@orderwatch/ui';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { memo, useMemo } from 'react';
import { usePeopleAt, usePresence } from '../../../live';
import { caseQuery } from '../../../shared/cases/case-query';
import type { CaseRow } from '../../../shared/cases/types';
import type { CaseActions, Person } from '../../../shared/cases/use-case-actions';
import { useText } from '../../../shared/i18n';
import { timelineItems } from '../../../shared/orders/timeline-items';
import { ruleTone } from '../../../shared/rules';
import { peekOrderQuery } from '../api';
import { doingOf } from '../holding';
import { firstName, presenceKey } from '../columns/owner-cell';
import { PeekActs } from './peek-acts';
import { usePeekFacts } from './peek-facts';
import type { Panel } from '../use-queue-acts';

interface CasePeekProps {
  row: CaseRow;
  me: Person;
  actions: CaseActions;
  panel: Panel;
  onPanel: (panel: Panel) => void;
  /** Nothing reaches the server: one can read and draft. */
  isOffline: boolean;
}

/** The case in hand, so that most need no page of their own: what is known, what happened, what one can do. */
export const CasePeek = memo(({ row, me, actions, panel, onPanel, isOffline }: CasePeekProps) => {
  const t = useText();
  const detail = useQuery(caseQuery(row.id));
  const order = useQuery(peekOrderQuery(row.orderId));
  const facts = usePeekFacts(row, order.data ?? undefined, me.id);
  const others = usePeopleAt(row.orderId).filter(({ id }) => id !== me.id);
  usePresence(row.orderId, doingOf(panel));
  const items = useMemo(() => (order.data ? timelineItems(order.data.timeline, order.data.parcels).slice(0, 12) : []), [order.data]);
  const also = (detail.data?.findings ?? []).filter((finding) => finding.rule !== row.rule && !finding.suppressedBy);
  const history = detail.data?.history ?? [];
  return (
    <PeekPanel
      label={t('queue:peek.label', { name: row.orderName })}
      title={
        <Link to="/orders/$orderId" params={{ orderId: row.orderId }} className="peek-title" translate="no">
          {row.orderName}
        </Link>
      }
      chips={row.feedLate ? <Chip>{t('queue:peek.feedLate')}</Chip> : <Chip tone={ruleTone(row.rule)}><span translate="no">{row.ruleLabel}</span></Chip>}
      reference={<span translate="no">{row.number}</span>}
      lead={<span translate="no">{row.reason}</span>}
      facts={
        <>
          <KeyValueList items={facts} />
          {others.length > 0 ? (
            <p className="peek-people" data-testid="peek-people">
              {others.map((person) => (
                <span key={person.id} data-state={person.state}>
                  {t('queue:presence.label', { name: firstName(person.name), what: t(presenceKey(person)) })}
                </span>
              ))}
            </p>
          ) : null}
        </>
      }
      actions={<PeekActs row={row} me={me} detail={detail.data ?? undefined} actions={actions} panel={panel} onPanel={onPanel} isOffline={isOffline} />}
    >
      {detail.error ? <ErrorBar onRetry={() => void detail.refetch()}>{t('queue:peek.caseFailed', { why: detail.error.message })}</ErrorBar> : null}
      {also.length > 0 ? (
        <Section title={t('queue:peek.also')}>
          {also.map((finding) => (
            <p key={`${finding.rule}/${finding.subject}`} className="peek-also" translate="no">
              <Chip tone={ruleTone(finding.rule)}>{finding.ruleLabel}</Chip> {finding.reason}
            </p>
          ))}
        </Section>
      ) : null}
      {order.isPending ? <SkeletonRows rows={4} rowHeight={44} /> : null}
      {order.error ? <ErrorBar onRetry={() => void order.refetch()}>{t('queue:peek.orderFailed', { why: order.error.message })}</ErrorBar> : null}
      {items.length > 0 ? <ShortTimeline label={t('queue:peek.events')} items={items} /> : null}
      {history.length > 0 ? (
        <Section title={t('queue:peek.history')}>
          {history.slice(0, 6).map((entry) => (
            <p key={entry.id} className="peek-history" data-undone={entry.undone || undefined}>
              <span>
                {entry.why ? t('queue:peek.entryWhy', { who: entry.actor, what: entry.what, why: entry.why }) : t('queue:peek.entry', { who: entry.actor, what: entry.what })}
              </span>
              <time dateTime={entry.at}>{formatTime(entry.at, 'minute')}</time>
            </p>
          ))}
        </Section>
      ) : null}
    </PeekPanel>
  );
});

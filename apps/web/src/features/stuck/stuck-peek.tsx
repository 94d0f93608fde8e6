import { Chip, ErrorBar, formatDuration, formatTime, KeyValueList, PeekPanel, RelativeTime, Section, ShortTimeline, SkeletonRows, useNow, type KeyValue } from '@orderwatch/ui';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { PeekOrderDocument } from '../../gql';
import { carrierName } from '../../shared/carriers';
import type { CaseFull } from '../../shared/cases/types';
import { money, promiseDay } from '../../shared/format';
import { execute } from '../../shared/graphql';
import { useText } from '../../shared/i18n';
import { timelineItems } from '../../shared/orders/timeline-items';
import { queryKeys } from '../../shared/query-keys';
import { ruleTone } from '../../shared/rules';
import { PeekActs, type Panel } from './peek-acts';
import { usualText } from './stuck-columns';
import type { StuckActs } from './use-stuck-acts';
import type { StuckRow } from './use-stuck';

const HOUR = 3_600_000;
const EVENTS = 12;
const STUCK_RULE = 'no_movement';

const peekOrderQuery = (orderId: string) =>
  queryOptions({ queryKey: [...queryKeys.order(orderId), 'peek'], queryFn: async ({ signal }) => (await execute(PeekOrderDocument, { id: orderId }, signal)).order, refetchInterval: false });

interface StuckPeekProps {
  row: StuckRow;
  /** Its order's case; undefined while it is read, null when there is none. */
  detail: CaseFull | null | undefined;
  acts: StuckActs;
  panel: Panel;
}

/** The parcel in hand: how long it is silent against what is usual, what was heard last, and what one can do. */
export const StuckPeek = ({ row, detail, acts, panel }: StuckPeekProps) => {
  const t = useText();
  const now = useNow(60_000);
  const order = useQuery(peekOrderQuery(row.orderId));
  const items = useMemo(() => (order.data ? timelineItems(order.data.timeline, order.data.parcels).slice(0, EVENTS) : []), [order.data]);
  const others = (detail?.findings ?? []).filter((finding) => finding.rule !== STUCK_RULE && !finding.suppressedBy);
  const what = row.lastScan ?? row.status;
  const facts: KeyValue[] = [
    { key: 'silent', label: t('stuck:column.silent'), value: <RelativeTime at={row.silentSince} form="age" /> },
    { key: 'scan', label: t('stuck:peek.scan'), value: <span translate="no">{row.facility ? t('stuck:peek.where', { what, where: row.facility }) : what}</span> },
    {
      key: 'usual',
      label: t('stuck:peek.usual'),
      value: row.usual ? (
        <span title={usualText(row.usual, t)}>{t('stuck:peek.usualValue', { p50: formatDuration(row.usual.p50Hours * HOUR), p90: formatDuration(row.usual.p90Hours * HOUR) })}</span>
      ) : (
        <span className="ow-dim">{t('stuck:peek.usualNone')}</span>
      ),
    },
    ...(row.nextExpectedAt ? [{ key: 'next', label: t('stuck:peek.next'), value: t('stuck:peek.by', { at: formatTime(row.nextExpectedAt, 'minute') }) }] : []),
    { key: 'carrier', label: t('stuck:column.carrier'), value: <span translate="no">{[row.carrier ? carrierName(row.carrier) : undefined, row.number].filter(Boolean).join(' ') || '–'}</span> },
    { key: 'promise', label: t('stuck:column.promise'), value: row.promisedAt ? promiseDay(row.promisedAt) : '–' },
    { key: 'value', label: t('stuck:column.value'), value: money(row.value) },
    ...(row.feed ? [{ key: 'feed', label: t('stuck:peek.feed'), value: <span translate="no">{row.feed}</span> }] : []),
  ];
  const said = { span: formatDuration(now - Date.parse(row.silentSince)), limit: formatDuration(row.limitHours * HOUR) };
  const lead = row.feedLate ? t('stuck:peek.leadUnknown') : row.usual ? t('stuck:peek.leadUsual', { ...said, usual: formatDuration(row.usual.p90Hours * HOUR) }) : t('stuck:peek.leadStuck', said);
  return (
    <PeekPanel
      label={t('stuck:peek.label', { name: row.orderName })}
      title={
        <Link to="/orders/$orderId" params={{ orderId: row.orderId }} className="st-peek-title" translate="no">
          {row.orderName}
        </Link>
      }
      chips={row.feedLate ? <Chip>{t('stuck:row.unknown')}</Chip> : <Chip>{row.status}</Chip>}
      reference={<span translate="no">{row.caseNumber ?? ''}</span>}
      lead={lead}
      facts={<KeyValueList items={facts} />}
      actions={<PeekActs row={row} detail={detail ?? undefined} acts={acts} panel={panel} />}
    >
      {others.length > 0 ? (
        <Section title={t('queue:peek.also')}>
          {others.map((finding) => (
            <p key={`${finding.rule}/${finding.subject}`} className="st-also">
              <Chip tone={ruleTone(finding.rule)}>{finding.ruleLabel}</Chip> {finding.reason}
            </p>
          ))}
        </Section>
      ) : null}
      {order.isPending ? <SkeletonRows rows={4} rowHeight={44} /> : null}
      {order.error ? <ErrorBar onRetry={() => void order.refetch()}>{t('stuck:peek.failed', { why: order.error.message })}</ErrorBar> : null}
      {items.length > 0 ? <ShortTimeline label={t('stuck:peek.events')} items={items} /> : null}
    </PeekPanel>
  );
};

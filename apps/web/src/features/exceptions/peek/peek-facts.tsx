import { formatDuration, formatTime, RelativeTime, type KeyValue } from '@orderwatch/ui';
import type { PeekOrderQuery } from '../../../gql';
import { carrierName } from '../../../shared/carriers';
import type { CaseRow } from '../../../shared/cases/types';
import { languageName, listText, money, promiseDay } from '../../../shared/format';
import { useText, type Translate } from '../../../shared/i18n';
import { useShownClock } from '../../../shared/shown-clock';
import { Owner } from '../columns/owner-cell';
import { statusText } from '../columns/status-cell';
import { kindOf, type CaseKind } from './case-kind';

type Order = NonNullable<PeekOrderQuery['order']>;

const HOUR = 3_600_000;

const customerText = (t: Translate, row: CaseRow, customer: Order['customer'] | undefined): string => {
  const name = customer?.name ?? row.customer ?? '–';
  if (!customer) return name;
  const orders = t('queue:fact.orders', { count: customer.orders });
  const language = languageName(customer.language);
  return language ? t('queue:fact.customerWrites', { name, orders, language }) : t('queue:fact.customer', { name, orders });
};

const parcelText = (t: Translate, parcels: Order['parcels']): string => {
  const [first] = parcels;
  if (!first) return t('queue:fact.noParcel');
  if (parcels.length > 1) {
    const counts = new Map<string, number>();
    for (const { statusLabel } of parcels) counts.set(statusLabel, (counts.get(statusLabel) ?? 0) + 1);
    return listText([...counts].map(([status, n]) => t('queue:fact.parcelGroup', { n, status: status.toLowerCase() })));
  }
  return `${first.carrier ? carrierName(first.carrier) : ''} ${first.number ?? ''}`.trim() || first.statusLabel;
};

/** A day of the order's own calendar: what ends with the midnight after it is of the day before. The order's page says it the same way. */
const dayOf = (at: string, order: Order): string => formatTime(Date.parse(at) - 1, 'date', order.timeZone);

const said = (key: string, label: string, value: KeyValue['value']): KeyValue => ({ key, label, value });

/** What its kind of case is decided on: of a silent parcel for how long and where, of one that was not received when and where it was left. */
const kindFacts = (t: Translate, kind: CaseKind | undefined, { row, order, now }: { row: CaseRow; order: Order; now: number }): KeyValue[] => {
  const silent = order.parcels.find((parcel) => parcel.limitHours && parcel.elapsedHours && parcel.elapsedHours > parcel.limitHours);
  const facts: KeyValue[] = [];
  if (silent) {
    facts.push(said('silent', t('queue:fact.silent'), t('queue:fact.silentOf', { span: formatDuration((silent.elapsedHours ?? 0) * HOUR), limit: formatDuration((silent.limitHours ?? 0) * HOUR) })));
    if (silent.facility) facts.push(said('scan', t('queue:fact.lastScan'), <span translate="no">{t('queue:fact.scanWhere', { what: silent.statusLabel, where: silent.facility })}</span>));
  }
  if (kind === 'stuck' || kind === 'late') facts.push(said('feeds', t('queue:fact.feeds'), t('queue:fact.feedsOf', { onTime: order.feedsOnTime, count: order.feedsTotal })));
  if (kind === 'not_received') {
    for (const parcel of order.parcels) {
      if (parcel.deliveredAt === null) continue;
      const words = { at: formatTime(parcel.deliveredAt, 'minute'), span: formatDuration(now - Date.parse(parcel.deliveredAt)), where: parcel.facility ?? '' };
      const label = order.parcels.length > 1 ? t('queue:fact.of', { fact: t('queue:fact.delivered'), parcel: parcel.label.toLowerCase() }) : t('queue:fact.delivered');
      facts.push(said(`delivered ${parcel.id}`, label, <span translate="no">{t(parcel.facility ? 'queue:fact.deliveredWhere' : 'queue:fact.deliveredAt', words)}</span>));
    }
  }
  if (row.contactAt) facts.push(said('wrote', t('queue:fact.wrote'), <RelativeTime at={row.contactAt} />));
  const against = order.timeline.find((entry) => entry.kind === 'contradiction');
  if (against) facts.push(said('against', t('queue:fact.against'), <span translate="no">{against.title}</span>));
  if (kind && row.state !== 'resolved') facts.push(said('next', t('queue:fact.next'), t(`queue:next.${kind}`)));
  return facts;
};

/** What is asked first about a case, so that most need no page of their own. */
export const usePeekFacts = (row: CaseRow, order: Order | undefined, meId: string): KeyValue[] => {
  const t = useText();
  const { now } = useShownClock(60_000);
  const parcels = order?.parcels ?? [];
  const promised = row.promisedAt && (order ? dayOf(row.promisedAt, order) : promiseDay(row.promisedAt));
  return [
    { key: 'customer', label: t('queue:column.customer'), value: <span translate="no">{customerText(t, row, order?.customer)}</span> },
    {
      key: 'promise',
      label: t('queue:column.promise'),
      value: (
        <>
          {promised ?? row.promiseText ?? '–'}
          {order?.estimate ? <span className="ow-dim"> · {t(Date.parse(order.estimate) <= now ? 'queue:fact.wasExpected' : 'queue:fact.estimate', { date: dayOf(order.estimate, order) })}</span> : null}
        </>
      ),
    },
    { key: 'parcel', label: t(parcels.length > 1 ? 'queue:fact.parcels' : 'queue:fact.parcel'), value: <span translate="no">{parcelText(t, parcels)}</span> },
    { key: 'value', label: t('queue:column.value'), value: money(row.value) },
    ...(order ? kindFacts(t, kindOf(row.rule), { row, order, now }) : []),
    {
      key: 'owner',
      label: t('queue:column.owner'),
      value: (
        <span className="peek-owner">
          {row.state === 'new' ? null : <span className="ow-dim">{statusText(row)}</span>}
          {row.state === 'resolved' ? null : <Owner row={row} meId={meId} />}
        </span>
      ),
    },
  ];
};

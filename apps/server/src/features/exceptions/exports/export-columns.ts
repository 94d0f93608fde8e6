import { carrierInWords, statusWord } from '@orderwatch/domain';
import type { StuckParcel } from '@orderwatch/db';
import type { CaseRow } from '../../../platform/graphql/case-types.js';
import type { Field } from '../../../platform/exports/send-export.js';

/** What a column of the screen becomes. */
type Columns<Row> = Readonly<Record<string, readonly Field<Row>[]>>;

const yes = (value: boolean): string => (value ? 'yes' : 'no');
const text = (value: string | null | undefined): string | null => value ?? null;

/** By the ids of the queue's columns; a file without any asked for has them all. */
export const QUEUE_COLUMNS = {
  due: [['due_at', (r, at) => at(r.dueAt)]],
  why: [['rule', (r) => r.rule], ['severity', (r) => r.severity], ['reason', (r) => r.reason], ['other_reasons', (r) => r.otherRules.join('; ')]],
  order: [['order', (r) => r.orderName], ['shop', (r) => r.shop]],
  customer: [['customer', (r) => text(r.customer)]],
  value: [['value_minor', (r) => r.value?.minor ?? null], ['currency', (r) => text(r.value?.currency)]],
  promise: [['promised_at', (r, at) => at(r.promisedAt)], ['promise', (r) => text(r.promiseText)]],
  carrier: [['carrier', (r) => text(r.carrier)], ['parcels', (r) => r.parcelCount]],
  owner: [['owner', (r) => text(r.owner?.name)], ['lease_until', (r, at) => at(r.leaseUntil)]],
  status: [
    ['status', (r) => r.state], ['snoozed_until', (r, at) => at(r.snoozedUntil)], ['snoozed_for', (r) => text(r.snoozeText)], ['waiting_for', (r) => text(r.waitingFor)],
    ['reopened', (r) => r.reopened], ['outcome', (r) => text(r.outcome)], ['resolved_at', (r, at) => at(r.resolvedAt)], ['resolved_by', (r) => text(r.resolvedBy)],
  ],
  data: [['data_age_seconds', (r) => r.dataAgeSeconds ?? null], ['feed_late', (r) => yes(r.feedLate)]],
  country: [['country', (r) => text(r.country)]],
  contact: [['customer_wrote_at', (r, at) => at(r.contactAt)]],
  change: [['changed_at', (r, at) => at(r.changedAt)]],
  age: [['since', (r, at) => at(r.since)], ['opened_at', (r, at) => at(r.openedAt)]],
} as const satisfies Columns<CaseRow>;

/** By the ids of the columns of stuck parcels. */
export const STUCK_COLUMNS = {
  silent: [['silent_since', (r, at) => at(r.silentSince)], ['feed_late', (r) => yes(r.feedLate)]],
  limit: [['limit_hours', (r) => r.limitHours]],
  scan: [['status', (r) => statusWord('shipment', r.status).label], ['last_scan', (r) => r.lastScan], ['facility', (r) => r.facility]],
  carrier: [['carrier', (r) => (r.carrier === null ? null : carrierInWords(r.carrier))]],
  number: [['tracking_number', (r) => r.number]],
  order: [['order', (r) => r.orderName]],
  value: [['value_minor', (r) => (r.valueMinor === null ? null : Number(r.valueMinor))], ['currency', (r) => r.currency]],
  promise: [['promised_at', (r, at) => at(r.promisedAt)]],
  owner: [['owner', (r) => text(r.owner?.name)]],
} as const satisfies Columns<StuckParcel>;

/** What every row is called by, whatever columns are shown. */
const CASE_NUMBER: Field<CaseRow> = ['case', (r) => r.number];
const PARCEL_CASE: Field<StuckParcel> = ['case', (r) => (r.caseNumber === null ? null : `EX-${r.caseNumber}`)];

function fields<Row>(columns: Columns<Row>, ids: readonly string[] | null): readonly Field<Row>[] {
  return (ids ?? Object.keys(columns)).flatMap((id) => columns[id] ?? []);
}

export const queueFields = (ids: readonly string[] | null): readonly Field<CaseRow>[] => [CASE_NUMBER, ...fields<CaseRow>(QUEUE_COLUMNS, ids)];
export const stuckFields = (ids: readonly string[] | null): readonly Field<StuckParcel>[] => [PARCEL_CASE, ...fields<StuckParcel>(STUCK_COLUMNS, ids)];

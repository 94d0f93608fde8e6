export { latestPosition } from './position.js';
export { findHits, findOrders, type CustomerFinder, type Hit } from './find.js';
export { listOrders, type OrderListFilter, type OrderListPage, type OrderListRow } from './order-list.js';
export { isUuid, readOrderPage, silencesAt, type ApprovalRow, type HistoryRow, type OrderLinkRow, type OrderPageRow, type OrderRemedyRow, type StoredFact } from './order-page.js';
export { streamStuck, stuckParcels, type StuckPageRows, type StuckParcel, type StuckQuery } from './stuck.js';
export { HEAT_DAYS, type LateFeed, type StuckFacility, type StuckLane } from './stuck-places.js';
export { readScanGaps, type GapSample } from './scan-gaps.js';
export { connectionLabels, feedsOnTime, readNotUsed, readSources, readUnlinked, type NotUsedRow, type SourceRow, type UnlinkedRow } from './health.js';
export { readDeadLetterGroups, readDeadLetters, type DeadLetterGroupRow, type DeadLetterRow } from './dead-letters.js';
export { readRawDelivery, readToldFacts, type RawDeliveryRow, type TraceRow } from './raw-delivery.js';
export {
  agesByRule, caseFigures, flowByDay, onTimeByCarrier, ordersByStatus, resolveWeeks, type AgeRow, type CarrierRow, type CaseFigures, type Duration, type FlowRow, type Period, type StatusRow, type WeekRow,
} from './report.js';
export { MOST_COMPARED, statusesBefore } from './statuses-before.js';

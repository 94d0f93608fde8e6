export { CASE_COLUMNS, CASE_FROM, caseRecordOf, readCase, readCases, type CaseRecord, type CaseSqlRow, type PersonName } from './case-record.js';
export { caseCells, initialsOf, leaderOf, type CaseCells } from './case-cells.js';
export { announceCases, caseChanges, type Cause } from './announce-cases.js';
export { CaseActsStore, type CaseHistoryEntry, type StoredHistoryEntry } from './case-acts.store.js';
export { QUEUE_VIEWS, type Looker, type QueueFilterInput, type QueueViewName } from './queue-views.js';
export { nextCandidates, readQueue, MOST_COUNTED, type QueueQuery, type QueueRows } from './queue.read-model.js';
export { COUNT_CAP, readQueueCounts, type QueueCountRow } from './queue-counts.js';

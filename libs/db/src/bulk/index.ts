export { MOST_SELECTED, SELECTION_LASTS, SelectionStore, type KeptSelection, type Matching, type NewSelection, type SelectedCase, type StuckPlace } from './selection.store.js';
export {
  BulkRunStore, type BulkGroupRow, type BulkItemRow, type BulkKind, type BulkRunRecord, type BulkState, type ItemOutcome, type NewBulkRun, type OpenItem,
} from './bulk-run.store.js';

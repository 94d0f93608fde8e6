import { CLEARED_ITSELF } from './reconcile.js';
import type { RuleId } from './rule.js';

/** How a person may close a case; the id is stored, the label is shown. */
export interface CaseOutcome {
  readonly id: string;
  readonly label: string;
}

const LABELS = {
  moved_again: 'Moved again',
  delivered_after_all: 'Delivered after all',
  delivered_late_told: 'Delivered late, customer told',
  customer_informed: 'Customer informed, nothing more to do',
  reshipped: 'Reshipped',
  refunded: 'Refunded',
  credit_given: 'Credit given',
  claim_filed: 'Claim filed with the carrier',
  found: 'Found',
  declined_with_proof: 'Declined, with proof of delivery',
  address_corrected: 'Address corrected',
  cancelled: 'Cancelled with the customer',
  recalled: 'Parcel recalled',
  shipped: 'Shipped now',
  promise_was_wrong: 'Our promise was wrong',
  status_mapped: 'Status understood',
  feed_was_late: 'Our feed was late',
  duplicate: 'Duplicate',
  reship_stopped: 'Reship stopped',
  asked_back: 'Asked back from the customer',
  left_with_customer: 'Left with the customer',
  cannot_fix: 'Cannot be fixed',
} as const;
type OutcomeId = keyof typeof LABELS;

const STUCK: readonly OutcomeId[] = ['moved_again', 'claim_filed', 'reshipped', 'refunded', 'customer_informed', 'feed_was_late', 'cannot_fix'];
const NOT_SHIPPED: readonly OutcomeId[] = ['shipped', 'customer_informed', 'reshipped', 'refunded', 'cancelled', 'feed_was_late', 'cannot_fix'];
const LATE: readonly OutcomeId[] = ['delivered_late_told', 'customer_informed', 'refunded', 'credit_given', 'cancelled', 'promise_was_wrong', 'feed_was_late', 'cannot_fix'];
const MISSING: readonly OutcomeId[] = ['found', 'reshipped', 'refunded', 'declined_with_proof', 'claim_filed', 'duplicate', 'cannot_fix'];
const CARRIER: readonly OutcomeId[] = ['delivered_after_all', 'address_corrected', 'reshipped', 'refunded', 'claim_filed', 'customer_informed', 'feed_was_late', 'cannot_fix'];
const CANCELLED: readonly OutcomeId[] = ['recalled', 'refunded', 'customer_informed', 'claim_filed', 'feed_was_late', 'cannot_fix'];
const TWICE: readonly OutcomeId[] = ['reship_stopped', 'recalled', 'asked_back', 'left_with_customer', 'customer_informed', 'feed_was_late', 'duplicate', 'cannot_fix'];
const DATA: readonly OutcomeId[] = ['status_mapped', 'feed_was_late', 'duplicate', 'cannot_fix'];

const BY_RULE: Readonly<Record<RuleId, readonly OutcomeId[]>> = {
  no_movement: STUCK, not_picked_up: NOT_SHIPPED, unfulfilled_late: NOT_SHIPPED, partly_shipped: NOT_SHIPPED,
  promise_missed: LATE, promise_slipped: LATE, delivered_not_received: MISSING, missing_item: MISSING,
  delivery_attempt_failed: CARRIER, address_problem: CARRIER, customs_hold: CARRIER, refused: CARRIER, damaged: CARRIER, lost: CARRIER,
  carrier_exception: CARRIER, returned_to_sender: CARRIER, cancelled_after_shipment: CANCELLED, came_back: TWICE, unmapped_status: DATA,
};

/** The outcomes a case of that rule can end with: at most eight, so that one digit picks. */
export function outcomesFor(rule: RuleId): readonly CaseOutcome[] {
  return BY_RULE[rule].map((id) => ({ id, label: LABELS[id] }));
}

/** An outcome in words; what no person chose is said as it is. */
export function outcomeInWords(id: string): string {
  if (id === CLEARED_ITSELF) return 'Ended by itself';
  return Object.hasOwn(LABELS, id) ? LABELS[id as OutcomeId] : id.replaceAll('_', ' ');
}

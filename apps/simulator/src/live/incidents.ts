import type { InterruptionId } from '../store/interruptions.js';
import type { ScenarioId } from '../store/scenarios.js';

/** What the live world lets happen about once a minute. */
export interface Incident {
  readonly weight: number;
  /** Played as an order of its own when nothing under way fits. */
  readonly scenario: ScenarioId;
  /** Befalls a parcel that is under way. */
  readonly interruption?: InterruptionId;
  /** A customer writes about a delivered parcel. */
  readonly contact?: 'not_received' | 'missing_item';
  /** The scenario's limit is crossed a little later, so that the deadline can be seen to fire. */
  readonly ahead?: number;
}

/** Most incidents settle by themselves within minutes; about a quarter wait for a person. */
export const INCIDENTS: readonly Incident[] = [
  { weight: 15, scenario: 'delivery_attempt_failed', interruption: 'delivery_attempt_failed' },
  { weight: 11, scenario: 'address_problem', interruption: 'address_problem' },
  { weight: 11, scenario: 'promise_slipped', interruption: 'estimate_slipped' },
  { weight: 9, scenario: 'carrier_exception', interruption: 'carrier_exception' },
  { weight: 8, scenario: 'customs_hold', interruption: 'customs_hold' },
  { weight: 7, scenario: 'unmapped_status', interruption: 'unmapped_status' },
  { weight: 5, scenario: 'status_conflict', interruption: 'contradiction' },
  { weight: 9, scenario: 'no_movement', ahead: 40_000 },
  { weight: 5, scenario: 'not_picked_up', ahead: 40_000 },
  { weight: 3, scenario: 'unfulfilled_late' },
  { weight: 2, scenario: 'promise_missed' },
  { weight: 5, scenario: 'delivered_not_received', contact: 'not_received' },
  { weight: 4, scenario: 'missing_item', contact: 'missing_item' },
  { weight: 4, scenario: 'returned_to_sender', interruption: 'returned_to_sender' },
  { weight: 3, scenario: 'damaged', interruption: 'damaged' },
  { weight: 2, scenario: 'refused', interruption: 'refused' },
  { weight: 2, scenario: 'cancelled_after_shipment', interruption: 'cancelled_after_shipment' },
  { weight: 1, scenario: 'lost', interruption: 'lost' },
];

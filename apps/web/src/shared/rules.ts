import type { Tone } from '@orderwatch/ui';

interface RuleLook {
  label: string;
  tone: Tone;
}

/** Names for the rules where the server has not said one (filters), and the tone of each one's chip. */
export const ruleLooks: Readonly<Record<string, RuleLook>> = {
  not_picked_up: { label: 'Not picked up', tone: 'amber' },
  no_movement: { label: 'No movement', tone: 'amber' },
  promise_missed: { label: 'Promise missed', tone: 'amber' },
  promise_slipped: { label: 'Estimate slipped', tone: 'amber' },
  unfulfilled_late: { label: 'Not fulfilled', tone: 'amber' },
  partly_shipped: { label: 'Part missing', tone: 'violet' },
  delivery_attempt_failed: { label: 'Attempt failed', tone: 'amber' },
  address_problem: { label: 'Address problem', tone: 'amber' },
  customs_hold: { label: 'Customs', tone: 'amber' },
  refused: { label: 'Refused', tone: 'red' },
  damaged: { label: 'Damaged', tone: 'red' },
  lost: { label: 'Lost', tone: 'red' },
  carrier_exception: { label: 'Carrier exception', tone: 'amber' },
  pickup_expiring: { label: 'Pickup expiring', tone: 'amber' },
  returned_to_sender: { label: 'Returning', tone: 'amber' },
  delivered_not_received: { label: 'Not received', tone: 'red' },
  missing_item: { label: 'Item missing', tone: 'red' },
  exception_after_delivery: { label: 'Trouble after delivery', tone: 'red' },
  cancelled_after_shipment: { label: 'Cancelled, shipped', tone: 'red' },
  edited_after_shipment: { label: 'Edited after shipment', tone: 'amber' },
  status_conflict: { label: 'Conflict', tone: 'blue' },
  unmapped_status: { label: 'Unknown status', tone: 'neutral' },
  route_bypassed: { label: 'Step missing', tone: 'blue' },
  never_imported: { label: 'Never imported', tone: 'amber' },
  return_stalled: { label: 'Return stalled', tone: 'amber' },
  refund_overdue: { label: 'Refund overdue', tone: 'amber' },
};

export const ruleTone = (rule: string): Tone => ruleLooks[rule]?.tone ?? 'neutral';

export const ruleLabel = (rule: string): string => ruleLooks[rule]?.label ?? rule.replaceAll('_', ' ').replace(/^./, (c) => c.toUpperCase());

import type { Tone } from '@orderwatch/ui';
import { t } from './i18n';

/** The tone of each rule's chip. */
export const ruleTones = {
  not_picked_up: 'amber',
  no_movement: 'amber',
  promise_missed: 'amber',
  promise_slipped: 'amber',
  unfulfilled_late: 'amber',
  partly_shipped: 'violet',
  delivery_attempt_failed: 'amber',
  address_problem: 'amber',
  customs_hold: 'amber',
  refused: 'red',
  damaged: 'red',
  lost: 'red',
  carrier_exception: 'amber',
  pickup_expiring: 'amber',
  returned_to_sender: 'amber',
  delivered_not_received: 'red',
  missing_item: 'red',
  exception_after_delivery: 'red',
  cancelled_after_shipment: 'red',
  came_back: 'violet',
  edited_after_shipment: 'amber',
  status_conflict: 'blue',
  unmapped_status: 'neutral',
  route_bypassed: 'blue',
  never_imported: 'amber',
  return_stalled: 'amber',
  refund_overdue: 'amber',
} as const satisfies Readonly<Record<string, Tone>>;

type KnownRule = keyof typeof ruleTones;

const isKnown = (rule: string): rule is KnownRule => Object.hasOwn(ruleTones, rule);

export const ruleTone = (rule: string): Tone => (isKnown(rule) ? ruleTones[rule] : 'neutral');

/** A rule's name where the server has not said one (filters). */
export const ruleLabel = (rule: string): string => (isKnown(rule) ? t(`cases:rule.${rule}`) : rule.replaceAll('_', ' ').replace(/^./, (c) => c.toUpperCase()));

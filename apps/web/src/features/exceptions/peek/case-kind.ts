/** Cases that are looked at in the same way and have the same natural next step. */
export type CaseKind = 'stuck' | 'late' | 'not_received' | 'returning' | 'broken' | 'lost';

const kinds: Readonly<Record<string, CaseKind>> = {
  no_movement: 'stuck',
  not_picked_up: 'stuck',
  promise_missed: 'late',
  promise_slipped: 'late',
  partly_shipped: 'late',
  unfulfilled_late: 'late',
  delivered_not_received: 'not_received',
  missing_item: 'not_received',
  returned_to_sender: 'returning',
  refused: 'returning',
  address_problem: 'returning',
  damaged: 'broken',
  lost: 'lost',
};

/** Undefined: a kind of its own, of which nothing more is said beforehand. */
export const kindOf = (rule: string): CaseKind | undefined => kinds[rule];

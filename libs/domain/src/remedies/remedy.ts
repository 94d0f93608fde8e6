import type { Money } from '../shared/money.js';
import type { Instant } from '../shared/time.js';

/** `credit`: goodwill, as store credit or a discount code. */
export type RemedyKind = 'refund' | 'reship' | 'credit';

/**
 * proposed → approved → executing → executed → confirmed. `void`: a fact it was approved for has changed. `needs_human`: nobody can tell
 * whether the outside system did it. `failed`: it did not, for certain; returns to the inbox.
 */
export type RemedyState =
  | 'proposed' | 'approved' | 'executing' | 'executed' | 'confirmed' | 'failed' | 'declined' | 'void' | 'needs_human';

export type PersonRole = 'agent' | 'lead' | 'manager' | 'admin';

export interface Actor {
  readonly id: string;
  readonly role: PersonRole;
  /** Managers who named this person to decide in their stead, as long as it is in force now. */
  readonly standsFor?: readonly string[];
}

export interface RemedyLine {
  readonly lineId: string;
  readonly quantity: number;
}

export interface Approval {
  readonly personId: string;
  /** The manager in whose stead it was given: with theirs it counts as one. Absent or null: in one's own name. */
  readonly onBehalfOf?: string | null;
  readonly at: Instant;
  readonly revision: number;
  readonly factsHash: string;
}

/** What the decisions need to know of a remedy; stores keep more beside it. */
export interface Remedy {
  readonly kind: RemedyKind;
  readonly state: RemedyState;
  /** Counts edits; an approval names the revision that was read. */
  readonly revision: number;
  /** Money that leaves (refund, credit) or value that is sent again (reship); null when nobody can say. */
  readonly amount: Money | null;
  readonly factsHash: string;
  readonly proposedBy: string;
  /** Everyone who edited it, the proposer included. */
  readonly editors: readonly string[];
  readonly approvals: readonly Approval[];
  readonly approvalsNeeded: number;
  readonly expiresAt: Instant | null;
  readonly executeAfter: Instant | null;
  /** A question to whoever asked for it is open since; its time to be answered does not run meanwhile. */
  readonly pausedAt?: Instant | null;
  /** The outside system said it did it, and for a long time nobody has seen it there. */
  readonly unseenAt?: Instant | null;
}

import type { Fact, ParcelHandle } from '@orderwatch/domain';
import type { CustomerRecord } from '../customers/customer.store.js';
import type { Asked } from './asked.js';

/** Where a fact belongs: to an order (whose home and own id are known), or to whatever orders a parcel number is linked to. */
export type Target =
  | { readonly orderId: string; readonly home: string; readonly homeId: string }
  | { readonly parcel: ParcelHandle };

/** A fact on its way into the history of orders. */
export interface IncomingFact {
  readonly to: Target;
  readonly fact: Fact;
  /** When it was known to us. */
  readonly receivedAt: number;
  readonly inboxId: string | null;
}

/** A fact as it stands, or will stand, in one order's history. */
export interface EventRow {
  readonly orderId: string;
  readonly fact: Fact;
  readonly receivedAt: number;
  readonly inboxId: string | null;
  /** Parcel number through which it came to the order, or which it links. */
  readonly handle: string | null;
}

/** Who or what causes a change. */
export interface WriteCause {
  /** Person id, `rule:<id>`, `system` or a connection's name. */
  readonly actor: string | null;
  readonly mutationId?: string | null;
}

export interface WriteInput {
  readonly facts?: readonly IncomingFact[];
  readonly customers?: readonly CustomerRecord[];
  /** What was asked before the deliveries of the facts had ids, of these facts or more. Default: it is asked now. */
  readonly asked?: Asked;
  /** Orders to assess again although nothing was said of them. */
  readonly orders?: readonly string[];
  /** The instant of the decision; per order where a past is played through. */
  readonly now: number | ((orderId: string) => number);
  readonly cause: WriteCause;
  /** The news are history: old findings go to the backlog. */
  readonly isImport?: boolean;
  /** The deliveries run again through today's code: what the same delivery said before is replaced. */
  readonly isReplay?: boolean;
}

/** A fact whose id was there with other content; the first one stays. */
export interface ReusedId {
  readonly inboxId: string | null;
  readonly factId: string;
}

export interface WriteResult {
  /** Facts that were new to an order. */
  readonly added: number;
  /** Facts that were there already. */
  readonly repeated: number;
  /** Facts kept for a parcel number nobody has linked yet. */
  readonly waiting: number;
  readonly reused: readonly ReusedId[];
  /** Orders that changed, with their new version. */
  readonly orders: ReadonlyMap<string, number>;
  readonly casesOpened: number;
  readonly casesClosed: number;
}

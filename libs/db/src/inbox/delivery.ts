/** How a delivery came to us. */
export type Origin = 'live' | 'reconcile' | 'backfill' | 'replay';

/** Why a delivery is a dead letter. */
export interface DeathCause {
  readonly cause: string;
  readonly detail: string;
}

/** A delivery that waits to be made durable. */
export interface NewDelivery {
  readonly connection: string;
  readonly topic?: string | undefined;
  /** Allow-listed. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** What its connector made of the bytes at the door: handed on, not stored. */
  readonly checked?: unknown;
  /** Natural identities; any of them seen before makes it a repeat. */
  readonly keys: readonly string[];
  /** What of the content counts: the same key with another one is a dead letter `id_reused`. Default: the bytes. */
  readonly content?: string | Buffer | undefined;
  readonly origin?: Origin;
  /** Imports: when it was known at the time. */
  readonly knownAt?: number | undefined;
  /** Dead on arrival: authentic, but not to be understood. */
  readonly dead?: DeathCause | undefined;
  /** Imports process what they accept in the same transaction. */
  readonly isDone?: boolean;
}

/** What became of it: `stored` (new), `duplicate`, or `reused` (kept as a dead letter). `id` is the inbox row's. */
export interface Accepted {
  readonly outcome: 'stored' | 'duplicate' | 'reused';
  readonly id: string | null;
}

/** A delivery read back. */
export interface StoredDelivery {
  readonly id: string;
  readonly receivedAt: number;
  readonly connection: string;
  readonly topic: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Set when the stored bytes could not be opened (another master key); the body is empty then. */
  readonly unreadable?: string | undefined;
  readonly knownAt: number | null;
  readonly origin: Origin;
  readonly attempts: number;
  readonly state: 'new' | 'done' | 'not_used' | 'dead';
}

/** How the processing of one delivery ended. */
export interface Finished {
  readonly id: string;
  readonly state: 'done' | 'not_used' | 'dead';
  readonly cause?: string | undefined;
  readonly detail?: string | undefined;
}

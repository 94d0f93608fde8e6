import { closeSync, existsSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** One effect that really took place, as the outside system would have it in its books. */
export interface Effect {
  readonly at: string;
  readonly kind: 'refund' | 'order' | 'tags' | 'store_credit' | 'discount_code' | 'shipstation_order' | 'helpdesk_note' | 'helpdesk_tag';
  /** Idempotency key the caller gave, if any. */
  readonly key: string | null;
  readonly sourceIdentifier: string | null;
  /** The order refunded or tagged, or the one created; the customer or the code of a credit, the ticket of a note. */
  readonly orderId: string;
  readonly amount: string | null;
  readonly currency: string | null;
  /** The refund's or order's own id. */
  readonly effectId: string;
  /** Hash of what was asked for: another request under the same key is refused. */
  readonly fingerprint: string | null;
  /** What is needed to answer the same question after a restart. */
  readonly detail: Readonly<Record<string, unknown>>;
}

/**
 * The append-only book of effects: JSON lines, each on disk before the caller gets its answer.
 * It judges the tests ("was each approved refund executed once?"), so it must survive `kill -9` of this process.
 */
export class Ledger {
  private readonly effects: Effect[];
  private readonly file: number;

  constructor(path: string) {
    mkdirSync(dirname(path), { recursive: true });
    const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
    // A line cut off by a crash was never answered for: it goes.
    const whole = bytes.lastIndexOf(0x0a) + 1;
    this.effects = bytes.subarray(0, whole).toString('utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Effect);
    this.file = openSync(path, 'a');
    if (whole < bytes.length) ftruncateSync(this.file, whole);
  }

  /** Writes an effect down; it is durable when this returns. */
  append(effect: Effect): void {
    writeSync(this.file, `${JSON.stringify(effect)}\n`);
    fsyncSync(this.file);
    this.effects.push(effect);
  }

  all(): readonly Effect[] {
    return this.effects;
  }

  close(): void {
    closeSync(this.file);
  }
}

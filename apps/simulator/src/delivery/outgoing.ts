/** A delivery that a source owes Orderwatch: what is sent, not yet signed (signatures may carry the time of sending). */
export interface Outgoing {
  /** Stable across retries: the vendor's own delivery id. */
  readonly id: string;
  readonly connection: 'shopify' | 'easypost' | 'events';
  readonly topic?: string;
  /** When the source's own system raised it. */
  readonly triggeredAt: number;
  /** Shared by all deliveries from one act in the source. */
  readonly eventId: string;
  readonly body: string;
}

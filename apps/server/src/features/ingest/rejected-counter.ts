import type { ConnectionStore, Transactions } from '@orderwatch/db';

const FLUSH_MS = 1_000;

/** Counts wrong signatures per connection; written once a second, so that a flood of them does not become a flood of writes. */
export class RejectedCounter {
  private readonly counts = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly transactions: Transactions,
    private readonly store: ConnectionStore,
  ) {}

  count(connection: string): void {
    this.counts.set(connection, (this.counts.get(connection) ?? 0) + 1);
    this.timer ??= setTimeout(() => void this.flush(), FLUSH_MS);
  }

  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.counts.size === 0) return;
    const counts = new Map(this.counts);
    this.counts.clear();
    try {
      await this.store.countRejected(this.transactions, counts);
    } catch {
      // The database is away: the figures wait for the next wrong signature.
      for (const [name, n] of counts) this.counts.set(name, (this.counts.get(name) ?? 0) + n);
    }
  }
}

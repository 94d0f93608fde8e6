import { randomUUID } from 'node:crypto';
import type { NewDelivery, Sealer, Transactions } from '@orderwatch/db';
import { Pipeline } from '../pipeline/pipeline.js';

const HOUR = 3_600_000;
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** The real pipeline over a test database, fed by hand at a time that the test sets. */
export class FeedHarness {
  now = Date.now();
  readonly clock = { now: () => this.now };
  readonly pipeline: Pipeline;

  constructor(db: Transactions, sealer: Sealer) {
    this.pipeline = new Pipeline({ transactions: db, sealer, clock: this.clock, log: quiet, connections: [] });
  }

  /** An event of the generic feed that happened that many hours ago. */
  event(type: string, subject: string, data: object, hoursAgo: number, connection = 'events'): NewDelivery {
    const id = randomUUID();
    const body = JSON.stringify({ specversion: '1.0', id, source: '/test', type, subject, time: new Date(this.now - hoursAgo * HOUR).toISOString(), data });
    return { connection, headers: {}, body: Buffer.from(body), keys: [`/test ${id}`] };
  }

  /** Takes deliveries and processes them. */
  async take(...deliveries: NewDelivery[]): Promise<void> {
    await this.pipeline.intake.accept(deliveries);
    await this.pipeline.processor.step();
  }
}

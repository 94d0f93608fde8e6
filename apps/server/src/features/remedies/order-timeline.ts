import { Injectable } from '@nestjs/common';
import { factId } from '@orderwatch/connectors';
import { OrderWriter, type RemedyRecord, type Tx } from '@orderwatch/db';
import type { RemedyTimeline } from './remedy-timeline.js';

/** The executed remedy as a fact of its order, through the one way facts are written. */
@Injectable()
export class OrderTimeline implements RemedyTimeline {
  constructor(private readonly writer: OrderWriter) {}

  async note(tx: Tx, record: RemedyRecord, reference: string, at: number): Promise<void> {
    const { kind, amount } = record.remedy;
    await this.writer.write(tx, {
      now: at, cause: { actor: 'system' },
      facts: [{
        to: { orderId: record.orderId, home: record.home, homeId: record.homeId }, receivedAt: at, inboxId: null,
        fact: {
          id: factId('orderwatch', 'remedy', record.id), at, source: 'orderwatch', kind: 'person', type: 'remedy.executed',
          data: { remedyId: record.id, remedyKind: kind, reference, ...(amount ? { amount } : {}) },
        },
      }],
    });
  }
}

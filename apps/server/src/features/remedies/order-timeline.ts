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
    const lines = goodsOf(record);
    await this.writer.write(tx, {
      now: at, cause: { actor: 'system' },
      facts: [{
        to: { orderId: record.orderId, home: record.home, homeId: record.homeId }, receivedAt: at, inboxId: null,
        fact: {
          id: factId('orderwatch', 'remedy', record.id), at, source: 'orderwatch', kind: 'person', type: 'remedy.executed',
          data: { remedyId: record.id, remedyKind: kind, reference, ...(amount ? { amount } : {}), ...(lines ? { lines } : {}) },
        },
      }],
    });
  }
}

/** The lines that were made good; none for money that is no price of goods, undefined for all of the order. */
function goodsOf({ remedy, lines, facts }: Pick<RemedyRecord, 'remedy' | 'lines' | 'facts'>): string[] | undefined {
  if (lines.length > 0) return [...new Set(lines.map((line) => line.lineId))];
  const isWhole = remedy.kind !== 'reship' && remedy.amount !== null && facts.paid !== null && facts.refundedMinor + remedy.amount.minor >= facts.paid.minor;
  return isWhole ? undefined : [];
}

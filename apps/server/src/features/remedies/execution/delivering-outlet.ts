import type { CallResult } from '@orderwatch/connectors';
import type { DeliveryStore, Queryable, RemedyRecord } from '@orderwatch/db';
import type { RemedyOutlet } from './remedy-outlet.js';

/** Gives the outlets of goods the address and the service that were approved: opened here, for one attempt. */
export class DeliveringOutlet implements RemedyOutlet {
  constructor(
    private readonly db: Queryable,
    private readonly deliveries: DeliveryStore,
    private readonly inner: RemedyOutlet,
  ) {}

  async execute(record: RemedyRecord): Promise<CallResult<string>> {
    if (record.remedy.kind !== 'reship') return this.inner.execute(record);
    const delivery = (await this.deliveries.open(this.db, [record.id])).get(record.id);
    return this.inner.execute(delivery ? { ...record, delivery } : record);
  }

  isConfirmed(record: RemedyRecord): Promise<boolean> {
    return this.inner.isConfirmed(record);
  }
}

/** Said when the approved address is gone with its customer. */
export const ADDRESS_LOST = 'The address that was approved cannot be read any more: its customer was erased.';

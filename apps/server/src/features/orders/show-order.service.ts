import { Inject, Injectable } from '@nestjs/common';
import { ConfigurationStore, connectionLabels, CustomerStore, feedsOnTime, latestPosition, readOrderPage, Transactions, type Clock } from '@orderwatch/db';
import { mayDo } from '@orderwatch/domain';
import { subjectOf, type Principal } from '../../platform/auth/principal.js';
import { CLOCK } from '../../platform/tokens.js';
import { customerOf, orderView } from './order-view.js';
import type { OrderDetail } from '../../platform/graphql/order-types.js';

/** Reads one order for one person. */
@Injectable()
export class ShowOrderService {
  constructor(
    private readonly db: Transactions,
    private readonly configuration: ConfigurationStore,
    private readonly customers: CustomerStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async show(id: string, principal: Principal): Promise<OrderDetail | null> {
    const seq = await latestPosition(this.db);
    const page = await readOrderPage(this.db, id);
    if (!page) return null;
    const subject = subjectOf(principal);
    const [configuration, labels, feeds, customers] = await Promise.all([
      this.configuration.read(this.db), connectionLabels(this.db), feedsOnTime(this.db), this.customers.read(this.db, page.customerId ? [page.customerId] : []),
    ]);
    const customer = customerOf(customers.get(page.customerId ?? ''), mayDo(subject, 'customer.read'));
    return orderView({ page, configuration, labels, customer, feeds, subject, now: this.clock.now(), seq });
  }
}

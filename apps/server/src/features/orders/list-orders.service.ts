import { Inject, Injectable } from '@nestjs/common';
import { CustomerStore, findHits, listOrders, Transactions, type Clock } from '@orderwatch/db';
import { moneyOf } from '../../platform/graphql/shared-types.js';
import { CLOCK } from '../../platform/tokens.js';
import type { OrderFilter, OrderPage, SearchHit } from './order-list.types.js';

/** Lists and finds orders. */
@Injectable()
export class ListOrdersService {
  constructor(
    private readonly db: Transactions,
    private readonly customers: CustomerStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async list(filter: OrderFilter, first: number, after: string | null): Promise<OrderPage> {
    const page = await listOrders(this.db, { filter, first, after, customers: this.customers });
    const rows = page.rows.map(({ valueMinor, currency, ...row }) => ({ ...row, value: moneyOf(valueMinor, currency) }));
    return { ...page, rows, generatedAt: new Date(this.clock.now()) };
  }

  async search(text: string): Promise<SearchHit[]> {
    const hits = await findHits(this.db, text, this.customers);
    return hits.slice(0, 20);
  }
}

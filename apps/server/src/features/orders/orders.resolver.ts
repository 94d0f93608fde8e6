import { Args, ID, Int, Query, Resolver } from '@nestjs/graphql';
import { Allow, CurrentPrincipal } from '../../platform/auth/allow.js';
import type { Principal } from '../../platform/auth/principal.js';
import { ListOrdersService } from './list-orders.service.js';
import { OrderFilter, OrderPage, SearchHit } from './order-list.types.js';
import { OrderDetail } from '../../platform/graphql/order-types.js';
import { ShowOrderService } from './show-order.service.js';

const AS_KNOWN = 'With knownAt, as it was known then: from what had been received by that time, with today\'s status map and limits. Findings are those the rules would have shown, settled or not; customer, case and remedies stay as they are now. Nothing if nothing had been heard.';

@Resolver(() => OrderDetail)
export class OrdersResolver {
  constructor(
    private readonly showing: ShowOrderService,
    private readonly listing: ListOrdersService,
  ) {}

  @Query(() => OrderDetail, { nullable: true, description: AS_KNOWN })
  @Allow('order.read')
  order(
    @Args('id', { type: () => ID }) id: string,
    @Args('knownAt', { type: () => Date, nullable: true }) knownAt: Date | null,
    @CurrentPrincipal() principal: Principal,
  ): Promise<OrderDetail | null> {
    return this.showing.show(id, principal, knownAt?.getTime() ?? null);
  }

  @Query(() => OrderPage)
  @Allow('order.read')
  orders(
    @Args('filter', { type: () => OrderFilter, nullable: true }) filter: OrderFilter | null,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 50 }) first: number | null,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
  ): Promise<OrderPage> {
    return this.listing.list(filter ?? {}, first ?? 50, after ?? null);
  }

  @Query(() => [SearchHit])
  @Allow('order.read')
  search(@Args('text', { type: () => String }) text: string): Promise<SearchHit[]> {
    return this.listing.search(text);
  }
}

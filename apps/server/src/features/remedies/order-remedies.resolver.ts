import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { mayDo } from '@orderwatch/domain';
import { CurrentPrincipal } from '../../platform/auth/allow.js';
import type { Principal } from '../../platform/auth/principal.js';
import { OrderDetail } from '../../platform/graphql/order-types.js';
import { Remedy } from './remedies.types.js';
import { ShowRemedies } from './show-remedies.service.js';

/** What has been asked for on an order; a program is shown none of it. */
@Resolver(() => OrderDetail)
export class OrderRemediesResolver {
  constructor(private readonly showing: ShowRemedies) {}

  @ResolveField(() => [Remedy])
  remedies(@Parent() order: OrderDetail, @CurrentPrincipal() principal: Principal): Promise<Remedy[]> | Remedy[] {
    return principal.kind === 'person' && mayDo(principal.role, 'remedy.read') ? this.showing.ofOrder(order.id, principal) : [];
  }
}

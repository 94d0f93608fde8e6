import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal } from '../../platform/auth/allow.js';
import type { Principal } from '../../platform/auth/principal.js';
import { CaseViews } from '../../platform/cases/case-views.js';
import { ExceptionCase } from '../../platform/graphql/case-types.js';
import { OrderDetail } from '../../platform/graphql/order-types.js';

/** The case on an order's page. */
@Resolver(() => OrderDetail)
export class OrderCaseResolver {
  constructor(private readonly cases: CaseViews) {}

  @ResolveField('case', () => ExceptionCase, { nullable: true })
  caseOf(@Parent() order: OrderDetail, @CurrentPrincipal() principal: Principal): Promise<ExceptionCase | null> {
    return this.cases.view(order.id, principal);
  }
}

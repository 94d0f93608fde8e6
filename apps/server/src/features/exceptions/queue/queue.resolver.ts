import { Args, ID, Int, Query, Resolver } from '@nestjs/graphql';
import { Allow, CurrentPrincipal } from '../../../platform/auth/allow.js';
import type { Principal } from '../../../platform/auth/principal.js';
import { CaseViews } from '../../../platform/cases/case-views.js';
import { ExceptionCase } from '../../../platform/graphql/case-types.js';
import { caseId } from '../../../platform/graphql/ids.js';
import { QueueCounts, QueueFilter, QueuePage, QueueSort, QueueView } from './queue.types.js';
import { ShowQueue } from './show-queue.service.js';

@Resolver(() => QueuePage)
export class QueueResolver {
  constructor(
    private readonly queues: ShowQueue,
    private readonly views: CaseViews,
  ) {}

  @Query(() => QueuePage)
  @Allow('case.read')
  queue(
    @Args('view', { type: () => QueueView }) view: QueueView,
    @Args('filter', { type: () => QueueFilter, nullable: true }) filter: QueueFilter | null,
    @Args('sort', { type: () => QueueSort, nullable: true, defaultValue: QueueSort.due }) sort: QueueSort | null,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 50 }) first: number | null,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
    @CurrentPrincipal() principal: Principal,
  ): Promise<QueuePage> {
    return this.queues.page({ view, filter: filter ?? null, sort: sort ?? null, first: first ?? null, after: after ?? null }, principal);
  }

  @Query(() => QueueCounts)
  @Allow('case.read')
  counts(@CurrentPrincipal() principal: Principal): Promise<QueueCounts> {
    return this.queues.counts(principal);
  }

  @Query(() => ExceptionCase, { nullable: true })
  @Allow('case.read')
  async exceptionCase(@Args('id', { type: () => ID }) id: string, @CurrentPrincipal() principal: Principal): Promise<ExceptionCase | null> {
    const orderId = caseId(id);
    return orderId === null ? null : this.views.view(orderId, principal);
  }
}

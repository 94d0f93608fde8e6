import { Inject } from '@nestjs/common';
import { Args, Float, Query, Resolver } from '@nestjs/graphql';
import { readFacet, readPace, readRelief, Transactions, type Clock } from '@orderwatch/db';
import { Allow, CurrentPrincipal } from '../../../platform/auth/allow.js';
import type { Principal } from '../../../platform/auth/principal.js';
import { CLOCK } from '../../../platform/tokens.js';
import { QueueFacet, QueueField, QueueFieldCount, QueueFilter, QueueView } from './queue.types.js';
import { SharedReads } from './shared-reads.js';
import { ShowQueue } from './show-queue.service.js';

/** What helps to choose what is listed: counts beside the options, which filter excludes, and how fast the team works. */
@Resolver()
export class QueueChoicesResolver {
  private readonly shared = new SharedReads();

  constructor(
    private readonly queues: ShowQueue,
    private readonly db: Transactions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Query(() => QueueFacet)
  @Allow('case.read')
  async queueFacet(
    @Args('view', { type: () => QueueView }) view: QueueView,
    @Args('filter', { type: () => QueueFilter, nullable: true }) filter: QueueFilter | null,
    @Args('field', { type: () => QueueField }) field: QueueField,
    @CurrentPrincipal() principal: Principal,
  ): Promise<QueueFacet> {
    const query = await this.queues.queryOf({ view, filter: filter ?? null, first: null, after: null }, principal);
    return { ...(await readFacet(this.db, query, field)), generatedAt: query.now };
  }

  @Query(() => [QueueFieldCount])
  @Allow('case.read')
  async queueRelief(
    @Args('view', { type: () => QueueView }) view: QueueView,
    @Args('filter', { type: () => QueueFilter }) filter: QueueFilter,
    @CurrentPrincipal() principal: Principal,
  ): Promise<QueueFieldCount[]> {
    const found = await readRelief(this.db, await this.queues.queryOf({ view, filter, first: null, after: null }, principal));
    return found.map(({ field, count }) => ({ field: QueueField[field], count }));
  }

  @Query(() => Float, { description: 'Cases that people settled per hour, of the last four hours.' })
  @Allow('case.read')
  queuePace(): Promise<number> {
    return this.shared.read('pace', () => readPace(this.db, new Date(this.clock.now())));
  }
}

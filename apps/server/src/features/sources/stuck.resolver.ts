import { Args, Int, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/auth/allow.js';
import { ShowStuckService } from './show-stuck.service.js';
import { StuckPage } from './stuck.types.js';

@Resolver(() => StuckPage)
export class StuckResolver {
  constructor(private readonly showing: ShowStuckService) {}

  @Query(() => StuckPage)
  @Allow('order.read')
  stuck(
    @Args('carrier', { type: () => String, nullable: true }) carrier: string | null,
    @Args('facility', { type: () => String, nullable: true }) facility: string | null,
    @Args('includeFeedLate', { type: () => Boolean, nullable: true, defaultValue: false }) includeFeedLate: boolean | null,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 50 }) first: number | null,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
  ): Promise<StuckPage> {
    return this.showing.show({ carrier: carrier ?? null, facility: facility ?? null, includeFeedLate: includeFeedLate ?? false, first: first ?? 50, after: after ?? null });
  }
}

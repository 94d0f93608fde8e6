import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow, CurrentPrincipal } from '../../platform/auth/allow.js';
import type { Principal } from '../../platform/auth/principal.js';
import { DeadLetter, Health, ReplayArgs, ReplayResult } from './health.types.js';
import { MappingTrial, RawDelivery, UnmaskResult, type UnmaskAnswer } from './raw-delivery.types.js';
import { ReplayService } from './replay.service.js';
import { ShowDeliveryService } from './show-delivery.service.js';
import { ShowHealthService } from './show-health.service.js';
import { TryMappingService } from './try-mapping.service.js';

@Resolver(() => Health)
export class SourcesResolver {
  constructor(
    private readonly showingHealth: ShowHealthService,
    private readonly showingDelivery: ShowDeliveryService,
    private readonly replaying: ReplayService,
    private readonly trying: TryMappingService,
  ) {}

  @Query(() => Health)
  @Allow('health.read')
  health(): Promise<Health> {
    return this.showingHealth.show();
  }

  @Query(() => [DeadLetter])
  @Allow('health.read')
  deadLetters(
    @Args('connection', { type: () => String, nullable: true }) connection: string | null,
    @Args('cause', { type: () => String, nullable: true }) cause: string | null,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 50 }) first: number | null,
  ): Promise<DeadLetter[]> {
    return this.showingHealth.deadLetters(connection ?? null, cause ?? null, first ?? 50);
  }

  @Query(() => RawDelivery, { nullable: true })
  @Allow('delivery.read_raw')
  rawDelivery(@Args('id', { type: () => ID }) id: string, @CurrentPrincipal() principal: Principal): Promise<RawDelivery | null> {
    return this.showingDelivery.show(id, principal);
  }

  @Query(() => MappingTrial, { nullable: true })
  @Allow('delivery.read_raw')
  tryMapping(@Args('id', { type: () => ID }) id: string): Promise<MappingTrial | null> {
    return this.trying.run(id);
  }

  @Mutation(() => UnmaskResult)
  @Allow('delivery.unmask')
  unmaskDelivery(
    @Args('id', { type: () => ID }) id: string,
    @Args('reason', { type: () => String }) reason: string,
    @Args('mutationId', { type: () => ID }) mutationId: string,
    @CurrentPrincipal() principal: Principal,
  ): Promise<UnmaskAnswer> {
    return this.showingDelivery.unmask(id, reason, mutationId, principal);
  }

  @Mutation(() => ReplayResult)
  @Allow('delivery.replay')
  replayDeadLetters(@Args() args: ReplayArgs, @CurrentPrincipal() principal: Principal): Promise<ReplayResult> {
    return this.replaying.run(args, principal);
  }
}

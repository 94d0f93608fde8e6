import { Args, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/auth/allow.js';
import { ShowStuckService } from './show-stuck.service.js';
import { StuckArgs, StuckPage } from './stuck.types.js';

@Resolver(() => StuckPage)
export class StuckResolver {
  constructor(private readonly showing: ShowStuckService) {}

  @Query(() => StuckPage, { description: 'byPlace: carrier by carrier, place by place, those of late feeds last; else longest over the limit first.' })
  @Allow('order.read')
  stuck(@Args({ type: () => StuckArgs }) asked: StuckArgs): Promise<StuckPage> {
    return this.showing.show(asked);
  }
}

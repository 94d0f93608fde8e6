import { Args, ID, Mutation, Resolver } from '@nestjs/graphql';
import { Allow, CurrentPerson } from '../../../platform/auth/allow.js';
import type { PersonPrincipal } from '../../../platform/auth/principal.js';
import { CaseResult, type CaseAnswer } from '../../../platform/graphql/case-types.js';
import { uuid } from '../../../platform/graphql/ids.js';
import { CaseAnswers, CaseArgs, targetOf } from './case-answers.js';
import { ClaimCase, NextCase, ReleaseCase } from './case-commands.service.js';
import { QueueFilter, QueueSort, QueueView } from '../queue/queue.types.js';
import { ShowQueue } from '../queue/show-queue.service.js';

/** How many cases are sent along with a claimed one. */
const UP_NEXT = 2;

/** Who works on what. */
@Resolver()
export class ClaimsResolver {
  constructor(
    private readonly claiming: ClaimCase,
    private readonly releasing: ReleaseCase,
    private readonly next: NextCase,
    private readonly queues: ShowQueue,
    private readonly answers: CaseAnswers,
  ) {}

  @Mutation(() => CaseResult)
  @Allow('case.claim')
  async claimCase(@Args() args: CaseArgs, @CurrentPerson() person: PersonPrincipal): Promise<CaseAnswer> {
    return this.answers.of(await this.claiming.run(targetOf(args), person), args.mutationId, person);
  }

  @Mutation(() => CaseResult)
  @Allow('case.release')
  async releaseCase(@Args() args: CaseArgs, @CurrentPerson() person: PersonPrincipal): Promise<CaseAnswer> {
    return this.answers.of(await this.releasing.run(targetOf(args), person), args.mutationId, person);
  }

  @Mutation(() => CaseResult)
  @Allow('case.next')
  async nextCase(
    @Args('view', { type: () => QueueView }) view: QueueView,
    @Args('filter', { type: () => QueueFilter, nullable: true }) filter: QueueFilter | null,
    @Args('sort', { type: () => QueueSort, nullable: true, defaultValue: QueueSort.due }) sort: QueueSort | null,
    @Args('mutationId', { type: () => ID }) mutationId: string,
    @CurrentPerson() person: PersonPrincipal,
  ): Promise<CaseAnswer> {
    const query = await this.queues.queryOf({ view, filter: filter ?? null, sort: sort ?? null, first: null, after: null }, person);
    const result = await this.next.run(query, uuid(mutationId, 'mutationId'), person);
    const upNext = result.kind === 'done' && result.orderId !== null ? await this.next.upNext(query, result.orderId, UP_NEXT) : [];
    return this.answers.of(result, mutationId, person, upNext);
  }
}

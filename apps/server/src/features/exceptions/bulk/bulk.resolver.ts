import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow, CurrentPerson } from '../../../platform/auth/allow.js';
import type { PersonPrincipal } from '../../../platform/auth/principal.js';
import { caseId, uuid } from '../../../platform/graphql/ids.js';
import { NotAllowed } from '../../../platform/graphql/shared-types.js';
import { deedOf } from './bulk-deed.js';
import { BulkActs, type NotNow } from './bulk.service.js';
import { BulkViews } from './bulk-views.service.js';
import { BulkAct, BulkItem, BulkResult, BulkRun, BulkSelection, CaseSelection, type BulkAnswer } from './bulk.types.js';
import { QueueFilter, QueueView } from '../queue/queue.types.js';
import { ShowQueue } from '../queue/show-queue.service.js';

function answerOf(result: BulkRun | NotNow, mutationId: string): BulkAnswer {
  return 'notAllowed' in result ? Object.assign(new NotAllowed(), { reason: result.notAllowed, mutationId }) : result;
}

/** What is done to many cases at once. Never money. */
@Resolver()
export class BulkResolver {
  constructor(
    private readonly acts: BulkActs,
    private readonly views: BulkViews,
    private readonly queues: ShowQueue,
  ) {}

  @Mutation(() => CaseSelection)
  @Allow('case.bulk')
  async selectMatching(
    @Args('view', { type: () => QueueView }) view: QueueView, @Args('filter', { type: () => QueueFilter, nullable: true }) filter: QueueFilter | null, @CurrentPerson() person: PersonPrincipal,
  ): Promise<CaseSelection> {
    return this.acts.select(await this.queues.queryOf({ view, filter: filter ?? null, first: null, after: null }, person), person);
  }

  @Mutation(() => CaseSelection)
  @Allow('case.bulk')
  async selectStuck(
    @Args('carrier', { type: () => String, nullable: true }) carrier: string | null, @Args('facility', { type: () => String, nullable: true }) facility: string | null,
    @Args('lane', { type: () => String, nullable: true }) lane: string | null, @CurrentPerson() person: PersonPrincipal,
  ): Promise<CaseSelection> {
    return this.acts.selectStuck({ carrier: carrier ?? null, facility: facility ?? null, lane: lane ?? null }, person);
  }

  @Mutation(() => BulkResult)
  @Allow('case.bulk')
  async bulkAct(
    @Args('selection', { type: () => BulkSelection }) selection: BulkSelection,
    @Args('act', { type: () => BulkAct }) act: BulkAct,
    @Args('dryRun', { type: () => Boolean }) dryRun: boolean,
    @Args('mutationId', { type: () => ID }) mutationId: string,
    @CurrentPerson() person: PersonPrincipal,
  ): Promise<BulkAnswer> {
    const id = uuid(mutationId, 'mutationId');
    const deed = deedOf(act);
    return answerOf(await (dryRun ? this.acts.rehearse(selection, deed, person) : this.acts.start(selection, deed, id, person)), mutationId);
  }

  @Mutation(() => BulkResult)
  @Allow('case.bulk')
  async undoBulk(@Args('id', { type: () => ID }) id: string, @Args('mutationId', { type: () => ID }) mutationId: string, @CurrentPerson() person: PersonPrincipal): Promise<BulkAnswer> {
    return answerOf(await this.acts.undo(uuid(id, 'id'), uuid(mutationId, 'mutationId'), person), mutationId);
  }

  @Mutation(() => BulkRun, { nullable: true })
  @Allow('case.bulk')
  cancelBulk(@Args('id', { type: () => ID }) id: string, @CurrentPerson() person: PersonPrincipal): Promise<BulkRun | null> {
    return this.acts.cancel(uuid(id, 'id'), person);
  }

  @Query(() => BulkRun, { nullable: true })
  @Allow('case.bulk')
  async bulkRun(@Args('id', { type: () => ID }) id: string, @CurrentPerson() person: PersonPrincipal): Promise<BulkRun | null> {
    const runId = caseId(id);
    return runId === null ? null : this.views.run(runId, person);
  }

  @Query(() => [BulkRun])
  @Allow('case.bulk')
  bulkRuns(@CurrentPerson() person: PersonPrincipal): Promise<BulkRun[]> {
    return this.views.recent(person);
  }

  @Query(() => [BulkItem])
  @Allow('case.bulk')
  async bulkItems(
    @Args('id', { type: () => ID }) id: string,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 200 }) first: number | null,
    @Args('after', { type: () => Int, nullable: true, defaultValue: 0 }) after: number | null,
    @CurrentPerson() person: PersonPrincipal,
  ): Promise<BulkItem[]> {
    return this.views.items(uuid(id, 'id'), { first: first ?? 200, after: after ?? 0 }, person);
  }
}

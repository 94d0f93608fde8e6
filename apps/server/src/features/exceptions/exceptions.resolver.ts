import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow, CurrentPerson, CurrentPrincipal } from '../../platform/auth/allow.js';
import type { PersonPrincipal, Principal } from '../../platform/auth/principal.js';
import { CaseViews } from '../../platform/cases/case-views.js';
import { CaseResult, Conflict, Done, ExceptionCase, type CaseAnswer } from '../../platform/graphql/case-types.js';
import { caseId, uuid } from '../../platform/graphql/ids.js';
import { NotAllowed } from '../../platform/graphql/shared-types.js';
import type { ActResult } from './case-act.service.js';
import { AddNote, ClaimCase, NextCase, ReleaseCase, ReopenCase, ResolveCase, SnoozeCase } from './case-commands.service.js';
import { QueueCounts, QueueFilter, QueuePage, QueueView } from './queue.types.js';
import { ShowQueue } from './show-queue.service.js';

const Id = (): ParameterDecorator => Args('id', { type: () => ID });
const Version = (): ParameterDecorator => Args('expectedVersion', { type: () => Int });
const MutationId = (): ParameterDecorator => Args('mutationId', { type: () => ID });
const MOST_TEXT = 4_000;

@Resolver(() => ExceptionCase)
export class ExceptionsResolver {
  constructor(
    private readonly queues: ShowQueue,
    private readonly views: CaseViews,
    private readonly claiming: ClaimCase,
    private readonly releasing: ReleaseCase,
    private readonly next: NextCase,
    private readonly snoozing: SnoozeCase,
    private readonly resolving: ResolveCase,
    private readonly reopening: ReopenCase,
    private readonly noting: AddNote,
  ) {}

  @Query(() => QueuePage)
  @Allow('case.read')
  queue(
    @Args('view', { type: () => QueueView }) view: QueueView,
    @Args('filter', { type: () => QueueFilter, nullable: true }) filter: QueueFilter | null,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 50 }) first: number | null,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
    @CurrentPrincipal() principal: Principal,
  ): Promise<QueuePage> {
    return this.queues.page({ view, filter: filter ?? null, first: first ?? null, after: after ?? null }, principal);
  }

  @Query(() => QueueCounts)
  @Allow('case.read')
  counts(@CurrentPrincipal() principal: Principal): Promise<QueueCounts> {
    return this.queues.counts(principal);
  }

  @Query(() => ExceptionCase, { nullable: true })
  @Allow('case.read')
  async exceptionCase(@Id() id: string, @CurrentPrincipal() principal: Principal): Promise<ExceptionCase | null> {
    const orderId = caseId(id);
    return orderId === null ? null : this.views.view(orderId, principal);
  }

  @Mutation(() => CaseResult)
  @Allow('case.claim')
  async claimCase(@Id() id: string, @Version() expectedVersion: number, @MutationId() mutationId: string, @CurrentPerson() person: PersonPrincipal): Promise<CaseAnswer> {
    return this.answer(await this.claiming.run(target(id, expectedVersion, mutationId), person), mutationId, person);
  }

  @Mutation(() => CaseResult)
  @Allow('case.release')
  async releaseCase(@Id() id: string, @Version() expectedVersion: number, @MutationId() mutationId: string, @CurrentPerson() person: PersonPrincipal): Promise<CaseAnswer> {
    return this.answer(await this.releasing.run(target(id, expectedVersion, mutationId), person), mutationId, person);
  }

  @Mutation(() => CaseResult)
  @Allow('case.next')
  async nextCase(
    @Args('view', { type: () => QueueView }) view: QueueView,
    @Args('filter', { type: () => QueueFilter, nullable: true }) filter: QueueFilter | null,
    @MutationId() mutationId: string,
    @CurrentPerson() person: PersonPrincipal,
  ): Promise<CaseAnswer> {
    const query = await this.queues.queryOf({ view, filter: filter ?? null, first: null, after: null }, person);
    return this.answer(await this.next.run(query, uuid(mutationId, 'mutationId'), person), mutationId, person);
  }

  @Mutation(() => CaseResult)
  @Allow('case.snooze')
  async snoozeCase(
    @Id() id: string, @Args('until', { type: () => Date }) until: Date, @Version() expectedVersion: number, @MutationId() mutationId: string, @CurrentPerson() person: PersonPrincipal,
  ): Promise<CaseAnswer> {
    return this.answer(await this.snoozing.run(target(id, expectedVersion, mutationId), until, person), mutationId, person);
  }

  @Mutation(() => CaseResult)
  @Allow('case.resolve')
  async resolveCase(
    @Id() id: string, @Args('outcome', { type: () => String }) outcome: string, @Args('note', { type: () => String, nullable: true }) note: string | null, @Version() expectedVersion: number,
    @MutationId() mutationId: string, @CurrentPerson() person: PersonPrincipal,
  ): Promise<CaseAnswer> {
    return this.answer(await this.resolving.run(target(id, expectedVersion, mutationId), outcome, note?.trim().slice(0, MOST_TEXT) || null, person), mutationId, person);
  }

  @Mutation(() => CaseResult)
  @Allow('case.reopen')
  async reopenCase(
    @Id() id: string, @Args('reason', { type: () => String }) reason: string, @Version() expectedVersion: number, @MutationId() mutationId: string, @CurrentPerson() person: PersonPrincipal,
  ): Promise<CaseAnswer> {
    return this.answer(await this.reopening.run(target(id, expectedVersion, mutationId), reason.slice(0, MOST_TEXT), person), mutationId, person);
  }

  @Mutation(() => CaseResult)
  @Allow('case.note')
  async addNote(@Id() id: string, @Args('text', { type: () => String }) text: string, @MutationId() mutationId: string, @CurrentPerson() person: PersonPrincipal): Promise<CaseAnswer> {
    return this.answer(await this.noting.run(target(id, 0, mutationId), text.slice(0, MOST_TEXT), person), mutationId, person);
  }

  private async answer(result: ActResult, mutationId: string, person: PersonPrincipal): Promise<CaseAnswer> {
    if (result.kind === 'not_allowed') return Object.assign(new NotAllowed(), { reason: result.reason, mutationId });
    const view = result.orderId === null ? null : await this.views.view(result.orderId, person);
    if (result.kind === 'done') return Object.assign(new Done(), { case: view, mutationId });
    return Object.assign(new Conflict(), { message: result.message, by: result.by, at: result.at, case: view, mutationId });
  }
}

function target(id: string, expectedVersion: number, mutationId: string) {
  return { orderId: uuid(id, 'id'), expectedVersion, mutationId: uuid(mutationId, 'mutationId') };
}

import { Args, Float, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { FastifyRequest } from 'fastify';
import { Allow, CurrentPerson, CurrentRequest } from '../../../platform/auth/allow.js';
import type { PersonPrincipal } from '../../../platform/auth/principal.js';
import { RecentSignIn } from '../../../platform/auth/recent-sign-in.js';
import { NotAllowed } from '../../../platform/graphql/shared-types.js';
import { CohortDone, CohortInput, CohortResult, RemedyCohort } from './cohorts.types.js';
import { ManageCohorts, type CohortAct, type CohortAnswer } from './manage-cohorts.service.js';
import { LONGEST_TEXT, signInAgain, uuid } from '../shown-answer.js';

/** Causes with a budget. */
@Resolver()
export class CohortsResolver {
  constructor(
    private readonly cohorts: ManageCohorts,
    private readonly recent: RecentSignIn,
  ) {}

  @Query(() => [RemedyCohort])
  @Allow('cohort.read')
  remedyCohorts(@CurrentPerson() person: PersonPrincipal): Promise<RemedyCohort[]> {
    return this.cohorts.list(person);
  }

  @Mutation(() => CohortResult)
  @Allow('cohort.write')
  async createCohort(@Args('input', { type: () => CohortInput }) input: CohortInput, @CurrentPerson() person: PersonPrincipal, @CurrentRequest() request: FastifyRequest): Promise<typeof CohortResult> {
    uuid(input.mutationId, 'mutationId');
    if (!(await this.recent.isRecent(request))) return signInAgain(input.mutationId);
    const { cause, kind, reasonCode, budgetMinor, currency, until, mutationId } = input;
    return this.shown(await this.cohorts.create({ cause: cause.trim(), kind, reasonCode, budget: { minor: budgetMinor, currency: currency.toUpperCase() }, until: until.getTime(), mutationId }, person), person, mutationId);
  }

  @Mutation(() => CohortResult)
  @Allow('cohort.raise')
  async raiseCohort(
    @Args('id', { type: () => ID }) id: string,
    @Args('expectedVersion', { type: () => Int }) expectedVersion: number,
    @Args('budgetMinor', { type: () => Float }) budgetMinor: number,
    @Args('reason', { type: () => String }) reason: string,
    @Args('mutationId', { type: () => ID }) mutationId: string,
    @CurrentPerson() person: PersonPrincipal,
    @CurrentRequest() request: FastifyRequest,
  ): Promise<typeof CohortResult> {
    const act = actOf({ id, expectedVersion, reason, mutationId }, person);
    if (!(await this.recent.isRecent(request))) return signInAgain(mutationId);
    return this.shown(await this.cohorts.raise(act, budgetMinor), person, mutationId);
  }

  @Mutation(() => CohortResult)
  @Allow('cohort.write')
  async closeCohort(
    @Args('id', { type: () => ID }) id: string,
    @Args('expectedVersion', { type: () => Int }) expectedVersion: number,
    @Args('reason', { type: () => String }) reason: string,
    @Args('mutationId', { type: () => ID }) mutationId: string,
    @CurrentPerson() person: PersonPrincipal,
  ): Promise<typeof CohortResult> {
    return this.shown(await this.cohorts.close(actOf({ id, expectedVersion, reason, mutationId }, person)), person, mutationId);
  }

  private async shown(answer: CohortAnswer, person: PersonPrincipal, mutationId: string): Promise<typeof CohortResult> {
    if (answer.kind === 'not_allowed') return Object.assign(new NotAllowed(), { reason: answer.reason, mutationId });
    return Object.assign(new CohortDone(), { cohort: await this.cohorts.one(answer.id, person), mutationId });
  }
}

function actOf({ id, expectedVersion, reason, mutationId }: Omit<CohortAct, 'actor'>, actor: PersonPrincipal): CohortAct {
  return { id: uuid(id, 'id'), expectedVersion, reason: reason.slice(0, LONGEST_TEXT), actor, mutationId: uuid(mutationId, 'mutationId') };
}

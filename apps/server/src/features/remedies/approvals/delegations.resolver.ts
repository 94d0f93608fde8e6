import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow, CurrentPerson, CurrentRequest } from '../../../platform/auth/allow.js';
import type { FastifyRequest } from 'fastify';
import type { PersonPrincipal } from '../../../platform/auth/principal.js';
import { RecentSignIn } from '../../../platform/auth/recent-sign-in.js';
import { NotAllowed } from '../../../platform/graphql/shared-types.js';
import { DelegateApprovals, type DelegationAnswer } from './delegate-approvals.service.js';
import { DelegateInput, Delegation, DelegationDone, DelegationResult } from './delegations.types.js';
import { LONGEST_TEXT, signInAgain, uuid } from '../shown-answer.js';

/** Who decides on remedies in whose stead. */
@Resolver()
export class DelegationsResolver {
  constructor(
    private readonly delegating: DelegateApprovals,
    private readonly recent: RecentSignIn,
  ) {}

  @Query(() => [Delegation])
  @Allow('delegation.read')
  delegations(@CurrentPerson() person: PersonPrincipal): Promise<Delegation[]> {
    return this.delegating.list(person);
  }

  @Mutation(() => DelegationResult)
  @Allow('delegation.write')
  async delegate(@Args('input', { type: () => DelegateInput }) input: DelegateInput, @CurrentPerson() person: PersonPrincipal, @CurrentRequest() request: FastifyRequest): Promise<typeof DelegationResult> {
    const asked = { personId: uuid(input.personId, 'personId'), reason: input.reason.slice(0, LONGEST_TEXT), from: input.from.getTime(), until: input.until.getTime(), mutationId: uuid(input.mutationId, 'mutationId') };
    if (!(await this.recent.isRecent(request))) return signInAgain(input.mutationId);
    return this.shown(await this.delegating.name(asked, person), person, input.mutationId);
  }

  @Mutation(() => DelegationResult)
  @Allow('delegation.write')
  async endDelegation(@Args('id', { type: () => ID }) id: string, @Args('mutationId', { type: () => ID }) mutationId: string, @CurrentPerson() person: PersonPrincipal): Promise<typeof DelegationResult> {
    return this.shown(await this.delegating.end(uuid(id, 'id'), person, uuid(mutationId, 'mutationId')), person, mutationId);
  }

  private async shown(answer: DelegationAnswer, person: PersonPrincipal, mutationId: string): Promise<typeof DelegationResult> {
    if (answer.kind === 'not_allowed') return Object.assign(new NotAllowed(), { reason: answer.reason, mutationId });
    return Object.assign(new DelegationDone(), { delegation: await this.delegating.one(answer.id, person), mutationId });
  }
}

import { Inject } from '@nestjs/common';
import { Args, Float, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { checkRemedy, refundableOf, type RemedyPolicy } from '@orderwatch/domain';
import { Transactions, type Clock } from '@orderwatch/db';
import { Allow, CurrentPerson } from '../../platform/auth/allow.js';
import type { PersonPrincipal } from '../../platform/auth/principal.js';
import { badInput } from '../../platform/errors/refusals.js';
import { NotAllowed } from '../../platform/graphql/shared-types.js';
import { CLOCK } from '../../platform/tokens.js';
import { DecideRemedy } from './decide-remedy.service.js';
import { readOrderNow } from './order-facts.js';
import { amountOf, ProposeRemedy } from './propose-remedy.service.js';
import { ProposeRemedyInput, RemedyConflict, RemedyDone, RemedyKind, RemedyLineInput, RemedyPage, RemedyPreview, RemedyResult } from './remedies.types.js';
import type { RemedyAnswer } from './remedy-answer.js';
import { REMEDY_POLICY } from './remedy-policy.js';
import { ShowRemedies } from './show-remedies.service.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Ids come from screens; anything else is a mistake that must be told, not a database error. */
function uuid(value: string, name: string): string {
  if (!UUID.test(value)) throw badInput(`${name} must be a UUID.`);
  return value;
}

@Resolver()
export class RemediesResolver {
  constructor(
    private readonly showing: ShowRemedies,
    private readonly proposing: ProposeRemedy,
    private readonly deciding: DecideRemedy,
    private readonly db: Transactions,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(REMEDY_POLICY) private readonly policy: RemedyPolicy,
  ) {}

  @Query(() => RemedyPage)
  @Allow('remedy.read')
  approvals(@CurrentPerson() person: PersonPrincipal): Promise<RemedyPage> {
    return this.showing.page(person);
  }

  @Query(() => RemedyPreview)
  @Allow('remedy.request')
  async remedyPreview(
    @Args('orderId', { type: () => ID }) orderId: string,
    @Args('kind', { type: () => RemedyKind }) kind: RemedyKind,
    @Args('amountMinor', { type: () => Float, nullable: true }) amountMinor: number | null,
    @Args('lines', { type: () => [RemedyLineInput], nullable: true }) lines: RemedyLineInput[] | null,
  ): Promise<RemedyPreview> {
    const order = await readOrderNow(this.db, uuid(orderId, 'orderId'));
    if (!order) throw badInput('There is no such order.');
    const asked = { kind, amountMinor: amountMinor ?? null, lines: lines ?? [] };
    const amount = amountOf(order.state, asked);
    const result = checkRemedy(order.state, { kind, amount, lines: asked.lines, evidence: 0 }, this.policy, this.clock.now());
    return { allowed: result.isAllowed, needsApproval: true, why: result.why, checks: result.checks, refundable: refundableOf(order.state), amount };
  }

  @Mutation(() => RemedyResult)
  @Allow('remedy.request')
  async proposeRemedy(@Args('input', { type: () => ProposeRemedyInput }) input: ProposeRemedyInput, @CurrentPerson() person: PersonPrincipal): Promise<typeof RemedyResult> {
    uuid(input.orderId, 'orderId');
    const answer = await this.proposing.run({
      orderId: input.orderId, kind: input.kind, amountMinor: input.amountMinor ?? null, currency: input.currency ?? null, lines: input.lines ?? [], reasonCode: input.reasonCode.slice(0, 60), reason: input.reason.slice(0, 2_000),
      evidenceFactIds: input.evidenceFactIds ?? [], mutationId: uuid(input.mutationId, 'mutationId'),
    }, person);
    return this.result(answer, person, input.mutationId);
  }

  @Mutation(() => RemedyResult)
  @Allow('remedy.approve')
  async approveRemedy(
    @Args('id', { type: () => ID }) id: string,
    @Args('revision', { type: () => Int }) revision: number,
    @Args('amountMinor', { type: () => Float, nullable: true }) amountMinor: number | null,
    @Args('mutationId', { type: () => ID }) mutationId: string,
    @CurrentPerson() person: PersonPrincipal,
  ): Promise<typeof RemedyResult> {
    const read = { revision, amountMinor: amountMinor ?? null };
    return this.result(await this.deciding.approve(uuid(id, 'id'), read, person, uuid(mutationId, 'mutationId')), person, mutationId);
  }

  @Mutation(() => RemedyResult)
  @Allow('remedy.decline')
  async declineRemedy(
    @Args('id', { type: () => ID }) id: string,
    @Args('revision', { type: () => Int }) revision: number,
    @Args('reason', { type: () => String }) reason: string,
    @Args('mutationId', { type: () => ID }) mutationId: string,
    @CurrentPerson() person: PersonPrincipal,
  ): Promise<typeof RemedyResult> {
    return this.result(await this.deciding.decline(uuid(id, 'id'), revision, reason.slice(0, 2_000), person, uuid(mutationId, 'mutationId')), person, mutationId);
  }

  @Mutation(() => RemedyResult)
  @Allow('remedy.call_back')
  async callBackRemedy(@Args('id', { type: () => ID }) id: string, @Args('mutationId', { type: () => ID }) mutationId: string, @CurrentPerson() person: PersonPrincipal): Promise<typeof RemedyResult> {
    return this.result(await this.deciding.callBack(uuid(id, 'id'), person, uuid(mutationId, 'mutationId')), person, mutationId);
  }

  private async result(answer: RemedyAnswer, person: PersonPrincipal, mutationId: string): Promise<typeof RemedyResult> {
    if (answer.kind === 'not_allowed') return Object.assign(new NotAllowed(), { reason: answer.reason, mutationId });
    const remedy = answer.remedy && (await this.showing.one(answer.remedy, person));
    if (answer.kind === 'conflict') return Object.assign(new RemedyConflict(), { message: answer.message, remedy, mutationId });
    return Object.assign(new RemedyDone(), { remedy, mutationId });
  }
}

import { Inject } from '@nestjs/common';
import { Args, Float, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { refundableOf } from '@orderwatch/domain';
import { Transactions, type Clock } from '@orderwatch/db';
import type { FastifyRequest } from 'fastify';
import { Allow, CurrentPerson, CurrentRequest } from '../../platform/auth/allow.js';
import type { PersonPrincipal } from '../../platform/auth/principal.js';
import { RecentSignIn } from '../../platform/auth/recent-sign-in.js';
import { badInput } from '../../platform/errors/refusals.js';
import { CLOCK } from '../../platform/tokens.js';
import { NotAllowed } from '../../platform/graphql/shared-types.js';
import { ApproveBatch, totalsOf } from './approvals/approve-batch.service.js';
import { amountOf, judgeProposal } from './proposals/assess-proposal.js';
import { ApproveBatchDone, ApproveBatchItemInput, ApproveBatchResult } from './approvals/batch.types.js';
import { DecideRemedy } from './approvals/decide-remedy.service.js';
import { readOrderNow } from './order-facts.js';
import { ProposeRemedy } from './proposals/propose-remedy.service.js';
import { ProposeRemedyInput, RemedyKind, RemedyLineInput, RemedyPage, RemedyPreview, RemedyResult } from './remedies.types.js';
import type { RemedyAnswer } from './remedy-answer.js';
import { REMEDY_POLICY, type RemedyPolicies } from './policy/remedy-policy.js';
import { ReshipDelivery } from './proposals/reship-delivery.service.js';
import { LONGEST_TEXT, shownAnswer, signInAgain, uuid } from './shown-answer.js';
import { ShowRemedies } from './show-remedies.service.js';

@Resolver()
export class RemediesResolver {
  constructor(
    private readonly showing: ShowRemedies,
    private readonly proposing: ProposeRemedy,
    private readonly deciding: DecideRemedy,
    private readonly batch: ApproveBatch,
    private readonly recent: RecentSignIn,
    private readonly deliveries: ReshipDelivery,
    private readonly db: Transactions,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(REMEDY_POLICY) private readonly policies: RemedyPolicies,
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
    @CurrentPerson() person: PersonPrincipal,
  ): Promise<RemedyPreview> {
    const order = await readOrderNow(this.db, uuid(orderId, 'orderId'));
    if (!order) throw badInput('There is no such order.');
    const asked = { kind, amountMinor: amountMinor ?? null, lines: lines ?? [] };
    const amount = amountOf(order.state, asked);
    const live = await this.policies.current(this.db);
    const { result } = await judgeProposal(this.db, order, { orderId, kind, lines: asked.lines, amount, evidence: 0 }, { live, role: person.role, id: null, now: this.clock.now() });
    return { allowed: result.isAllowed, needsApproval: true, why: result.why, checks: result.checks, refundable: refundableOf(order.state), amount };
  }

  @Mutation(() => RemedyResult)
  @Allow('remedy.request')
  async proposeRemedy(@Args('input', { type: () => ProposeRemedyInput }) input: ProposeRemedyInput, @CurrentPerson() person: PersonPrincipal): Promise<typeof RemedyResult> {
    uuid(input.orderId, 'orderId');
    const delivery = input.kind === RemedyKind.reship ? await this.deliveries.prepare(input.orderId, input.delivery ?? {}) : null;
    if (typeof delivery === 'string') return Object.assign(new NotAllowed(), { reason: delivery, mutationId: input.mutationId });
    const answer = await this.proposing.run({
      orderId: input.orderId, kind: input.kind, amountMinor: input.amountMinor ?? null, currency: input.currency ?? null, lines: input.lines ?? [], reasonCode: input.reasonCode.slice(0, 60), reason: input.reason.slice(0, 2_000),
      evidenceFactIds: input.evidenceFactIds ?? [], cohortId: input.cohortId == null ? null : uuid(input.cohortId, 'cohortId'),
      exception: input.exception ? { rules: input.exception.rules.slice(0, 20).map((rule) => rule.slice(0, 100)), why: input.exception.why.slice(0, LONGEST_TEXT) } : null, mutationId: uuid(input.mutationId, 'mutationId'), delivery,
    }, person);
    return this.result(answer, person, input.mutationId);
  }

  @Mutation(() => RemedyResult)
  @Allow('remedy.approve')
  async approveRemedy(
    @Args('id', { type: () => ID }) id: string,
    @Args('revision', { type: () => Int }) revision: number,
    @Args('amountMinor', { type: () => Float, nullable: true }) amountMinor: number | null,
    @Args('onBehalfOf', { type: () => ID, nullable: true }) onBehalfOf: string | null,
    @Args('mutationId', { type: () => ID }) mutationId: string,
    @CurrentPerson() person: PersonPrincipal,
    @CurrentRequest() request: FastifyRequest,
  ): Promise<typeof RemedyResult> {
    const read = { revision, amountMinor: amountMinor ?? null, onBehalfOf: onBehalfOf == null ? null : uuid(onBehalfOf, 'onBehalfOf') };
    const [remedyId, act] = [uuid(id, 'id'), uuid(mutationId, 'mutationId')];
    if (!(await this.recent.isRecent(request))) return signInAgain(mutationId);
    return this.result(await this.deciding.approve(remedyId, read, person, act), person, mutationId);
  }

  @Mutation(() => ApproveBatchResult)
  @Allow('remedy.batch')
  async approveBatch(
    @Args('items', { type: () => [ApproveBatchItemInput] }) items: ApproveBatchItemInput[],
    @Args('typedCount', { type: () => Int }) typedCount: number,
    @Args('mutationId', { type: () => ID }) mutationId: string,
    @CurrentPerson() person: PersonPrincipal,
    @CurrentRequest() request: FastifyRequest,
  ): Promise<typeof ApproveBatchResult> {
    uuid(mutationId, 'mutationId');
    for (const item of items) uuid(item.remedyId, 'remedyId');
    if (!(await this.recent.isRecent(request))) return signInAgain(mutationId);
    const outcomes = await this.batch.run(items, typedCount, person, mutationId);
    if (typeof outcomes === 'string') return Object.assign(new NotAllowed(), { reason: outcomes, mutationId });
    const records = outcomes.map(({ answer }) => (answer.kind === 'not_allowed' ? null : answer.remedy)).filter((record) => record !== null);
    const shown = new Map((await this.showing.many(records, person)).map((remedy) => [remedy.id, remedy]));
    return Object.assign(new ApproveBatchDone(), {
      mutationId, totals: totalsOf(outcomes), approved: outcomes.filter(({ answer }) => answer.kind === 'done').length,
      items: outcomes.map(({ item, answer }) => ({
        remedyId: item.remedyId, approved: answer.kind === 'done', message: answer.kind === 'done' ? null : answer.kind === 'conflict' ? answer.message : answer.reason,
        remedy: shown.get(item.remedyId) ?? null, number: shown.get(item.remedyId)?.number ?? null,
      })),
    });
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

  private result(answer: RemedyAnswer, person: PersonPrincipal, mutationId: string): Promise<typeof RemedyResult> {
    return shownAnswer(this.showing, answer, person, mutationId);
  }
}

import { Inject } from '@nestjs/common';
import { Args, Float, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { exceptionsFor, refundableOf } from '@orderwatch/domain';
import { Transactions, type Clock, type PolicyVersion } from '@orderwatch/db';
import type { FastifyRequest } from 'fastify';
import { Allow, CurrentPerson, CurrentRequest } from '../../../platform/auth/allow.js';
import type { PersonPrincipal } from '../../../platform/auth/principal.js';
import { RecentSignIn } from '../../../platform/auth/recent-sign-in.js';
import { badInput } from '../../../platform/errors/refusals.js';
import { JsonScalar } from '../../../platform/graphql/scalars.js';
import { NotAllowed } from '../../../platform/graphql/shared-types.js';
import { CLOCK } from '../../../platform/tokens.js';
import { amountOf, judgeProposal, typesOfFacts } from '../proposals/assess-proposal.js';
import { readOrderNow } from '../order-facts.js';
import { PrecedentsInput, RemedyPrecedents } from '../proposals/precedents.types.js';
import { RemedyKind, RemedyLineInput } from '../remedies.types.js';
import { REMEDY_POLICY, type RemedyPolicies } from './remedy-policy.js';
import { ChangeRemedyPolicy, type PolicyAnswer } from './remedy-policy.service.js';
import { RemedyPolicyAnswer, RemedyPolicyDone, RemedyPolicyResult, RemedyPolicyVersion } from './remedy-policy.types.js';
import { LONGEST_TEXT, signInAgain, uuid } from '../shown-answer.js';
import { ShowPrecedents } from '../proposals/show-precedents.service.js';

const date = (at: number | null): Date | null => (at === null ? null : new Date(at));

function shown(version: PolicyVersion): RemedyPolicyVersion {
  return { ...version, madeAt: new Date(version.madeAt), rehearsedAt: date(version.rehearsedAt), liveAt: date(version.liveAt) };
}

function answered(answer: PolicyAnswer, mutationId: string): typeof RemedyPolicyAnswer {
  return answer.kind === 'done' ? Object.assign(new RemedyPolicyDone(), { version: shown(answer.version), mutationId }) : Object.assign(new NotAllowed(), { reason: answer.reason, mutationId });
}

/** The limits of remedies: what they say to one, and their versions. */
@Resolver()
export class RemedyPolicyResolver {
  constructor(
    private readonly changing: ChangeRemedyPolicy,
    private readonly precedents: ShowPrecedents,
    private readonly recent: RecentSignIn,
    private readonly db: Transactions,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(REMEDY_POLICY) private readonly policies: RemedyPolicies,
  ) {}

  @Query(() => RemedyPolicyResult)
  @Allow('remedy.request')
  async remedyPolicyResult(
    @Args('orderId', { type: () => ID }) orderId: string,
    @Args('kind', { type: () => RemedyKind }) kind: RemedyKind,
    @Args('amountMinor', { type: () => Float, nullable: true }) amountMinor: number | null,
    @Args('lines', { type: () => [RemedyLineInput], nullable: true }) lines: RemedyLineInput[] | null,
    @Args('evidence', { type: () => Int, defaultValue: 0 }) evidence: number,
    @Args('reasonCode', { type: () => String, nullable: true }) reasonCode: string | null,
    @Args('evidenceFactIds', { type: () => [String], nullable: true }) evidenceFactIds: string[] | null,
    @Args('exceptionRules', { type: () => [String], nullable: true }) exceptionRules: string[] | null,
    @CurrentPerson() person: PersonPrincipal,
  ): Promise<RemedyPolicyResult> {
    const order = await readOrderNow(this.db, uuid(orderId, 'orderId'));
    if (!order) throw badInput('There is no such order.');
    const asked = { orderId, kind, amountMinor: amountMinor ?? null, lines: lines ?? [] };
    const amount = amountOf(order.state, asked);
    const live = await this.policies.current(this.db);
    const types = evidenceFactIds?.length ? await typesOfFacts(this.db, orderId, evidenceFactIds) : [];
    const said = { reasonCode: reasonCode?.slice(0, 60) ?? '', evidenceTypes: types, exception: exceptionRules?.length ? { rules: exceptionRules.slice(0, 20), why: '' } : null };
    const { result } = await judgeProposal(this.db, order, { ...asked, ...said, amount, evidence: evidenceFactIds?.length ? types.length : evidence }, { live, role: person.role, askerId: person.id, id: null, now: this.clock.now() });
    const { ledger } = order;
    return {
      allowed: result.isAllowed, clean: result.isClean, why: result.why, approvalsNeeded: result.approvalsNeeded, policyVersion: live.version, checks: result.checks, exceptionRules: exceptionsFor(result), amount, refundable: refundableOf(order.state),
      covered: ledger.paid && { ...ledger.paid, minor: ledger.coveredMinor }, ledger: ledger.entries.map((entry) => ({ ...entry, at: new Date(entry.at) })), lines: ledger.lines,
    };
  }

  @Query(() => RemedyPrecedents)
  @Allow('remedy.read')
  async remedyPrecedents(@Args('of') of: PrecedentsInput): Promise<RemedyPrecedents> {
    const found = await this.precedents.of({
      orderId: uuid(of.orderId, 'orderId'), kind: of.kind, amountMinor: of.amountMinor ?? null, lines: of.lines ?? [], reasonCode: of.reasonCode?.slice(0, 60) ?? null,
      except: of.remedyId == null ? null : uuid(of.remedyId, 'remedyId'),
    });
    if (!found) throw badInput('There is no such order.');
    return found;
  }

  @Query(() => [RemedyPolicyVersion])
  @Allow('policy.read')
  async remedyPolicies(): Promise<RemedyPolicyVersion[]> {
    return (await this.changing.list()).map(shown);
  }

  @Mutation(() => RemedyPolicyAnswer)
  @Allow('policy.draft')
  async draftRemedyPolicy(
    @Args('policy', { type: () => JsonScalar }) policy: unknown,
    @Args('note', { type: () => String }) note: string,
    @Args('mutationId', { type: () => ID }) mutationId: string,
    @CurrentPerson() person: PersonPrincipal,
  ): Promise<typeof RemedyPolicyAnswer> {
    return answered(await this.changing.draft(policy, note.slice(0, LONGEST_TEXT), person, uuid(mutationId, 'mutationId')), mutationId);
  }

  @Mutation(() => RemedyPolicyAnswer)
  @Allow('policy.rehearse')
  async rehearseRemedyPolicy(@Args('version', { type: () => Int }) version: number, @Args('mutationId', { type: () => ID }) mutationId: string, @CurrentPerson() person: PersonPrincipal): Promise<typeof RemedyPolicyAnswer> {
    return answered(await this.changing.rehearse(version, person), uuid(mutationId, 'mutationId'));
  }

  @Mutation(() => RemedyPolicyAnswer)
  @Allow('policy.live')
  async bringInRemedyPolicy(@Args('version', { type: () => Int }) version: number, @Args('mutationId', { type: () => ID }) mutationId: string, @CurrentPerson() person: PersonPrincipal, @CurrentRequest() request: FastifyRequest): Promise<typeof RemedyPolicyAnswer> {
    if (!(await this.recent.isRecent(request))) return signInAgain(uuid(mutationId, 'mutationId'));
    return answered(await this.changing.goLive(version, person), uuid(mutationId, 'mutationId'));
  }
}

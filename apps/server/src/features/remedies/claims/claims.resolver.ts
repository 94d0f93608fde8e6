import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Inject } from '@nestjs/common';
import { daysToSubmit, type ClaimStep } from '@orderwatch/domain';
import { ClaimStore, Transactions, type ClaimRecord, type Clock } from '@orderwatch/db';
import { Allow, CurrentPerson } from '../../../platform/auth/allow.js';
import type { PersonPrincipal } from '../../../platform/auth/principal.js';
import { badInput } from '../../../platform/errors/refusals.js';
import { CLOCK } from '../../../platform/tokens.js';
import { NotAllowed } from '../../../platform/graphql/shared-types.js';
import { CarrierClaim, ClaimConflict, ClaimDone, ClaimKind, ClaimResult, ClaimState, MoveClaimInput, OpenClaimInput } from './claims.types.js';
import { MoveClaim, type ClaimAnswer } from './move-claim.service.js';
import { LONGEST_TEXT, uuid } from '../shown-answer.js';

const date = (at: number | null): Date | null => (at === null ? null : new Date(at));

function shown({ claim, number, openedAt, submittedAt, answeredAt, deadline, ...record }: ClaimRecord, now: number): CarrierClaim {
  const { kind, state, proofs, ...said } = claim;
  return { ...record, ...said, number: `CL-${number}`, kind: ClaimKind[kind], state: ClaimState[state], proofFactIds: proofs, openedAt: new Date(openedAt), submittedAt: date(submittedAt), answeredAt: date(answeredAt), deadline: date(deadline), daysToSubmit: daysToSubmit(claim, deadline, now) };
}

function answered(answer: ClaimAnswer, mutationId: string, now: number): typeof ClaimResult {
  if (answer.kind === 'not_allowed') return Object.assign(new NotAllowed(), { reason: answer.reason, mutationId });
  if (answer.kind === 'conflict') return Object.assign(new ClaimConflict(), { message: answer.message, claim: answer.claim && shown(answer.claim, now), mutationId });
  return Object.assign(new ClaimDone(), { claim: shown(answer.claim, now), mutationId });
}

function currencyOf(code: string | null | undefined): string {
  const upper = (code ?? '').toUpperCase();
  if (!/^[A-Z]{3}$/.test(upper)) throw badInput('currency must be a code of ISO 4217.');
  return upper;
}

function stepOf({ to, reference, evidenceFactIds, amountMinor, currency, reason }: MoveClaimInput): ClaimStep {
  switch (to) {
    case ClaimState.submitted: return { to: 'submitted', reference: reference ?? '', proofs: evidenceFactIds ?? [] };
    case ClaimState.in_review: return { to: 'in_review' };
    case ClaimState.credited: return { to: 'credited', amount: { minor: amountMinor ?? 0, currency: currencyOf(currency) } };
    case ClaimState.rejected: return { to: 'rejected', reason: (reason ?? '').slice(0, LONGEST_TEXT) };
    case ClaimState.open: throw badInput('A claim is opened by openClaim.');
  }
}

@Resolver()
export class ClaimsResolver {
  constructor(
    private readonly moving: MoveClaim,
    private readonly claims: ClaimStore,
    private readonly db: Transactions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Query(() => [CarrierClaim])
  @Allow('remedy.read')
  async claimsOfOrder(@Args('orderId', { type: () => ID }) orderId: string): Promise<CarrierClaim[]> {
    return (await this.claims.ofOrder(this.db, uuid(orderId, 'orderId'))).map((claim) => shown(claim, this.clock.now()));
  }

  @Mutation(() => ClaimResult)
  @Allow('claim.write')
  async openClaim(@Args('input') input: OpenClaimInput, @CurrentPerson() person: PersonPrincipal): Promise<typeof ClaimResult> {
    const asked = { orderId: uuid(input.orderId, 'orderId'), parcelId: input.parcelId, kind: input.kind, asked: { minor: input.askedMinor, currency: currencyOf(input.currency) }, note: input.note.slice(0, LONGEST_TEXT), deadline: input.deadline?.getTime() ?? null };
    return answered(await this.moving.open(asked, { id: person.id, role: person.role, mutationId: uuid(input.mutationId, 'mutationId') }), input.mutationId, this.clock.now());
  }

  @Mutation(() => ClaimResult)
  @Allow('claim.write')
  async moveClaim(@Args('input') input: MoveClaimInput, @CurrentPerson() person: PersonPrincipal): Promise<typeof ClaimResult> {
    const actor = { id: person.id, role: person.role, mutationId: uuid(input.mutationId, 'mutationId') };
    return answered(await this.moving.move(uuid(input.id, 'id'), input.expectedVersion, stepOf(input), actor), input.mutationId, this.clock.now());
  }
}

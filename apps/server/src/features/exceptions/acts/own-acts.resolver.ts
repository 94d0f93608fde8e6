import { Args, ID, Mutation, Resolver } from '@nestjs/graphql';
import { readCase, Transactions } from '@orderwatch/db';
import { Allow, CurrentPerson } from '../../../platform/auth/allow.js';
import type { PersonPrincipal } from '../../../platform/auth/principal.js';
import { CaseResult, ClaimLease, ClaimLost, RenewResult, type CaseAnswer, type RenewAnswer } from '../../../platform/graphql/case-types.js';
import { uuid } from '../../../platform/graphql/ids.js';
import type { ActResult } from './case-act.service.js';
import { RenewClaim } from './assign-case.service.js';
import { CaseAnswers } from './case-answers.js';
import { UndoAct } from './undo-act.service.js';

/** What people do about their own acts: keep a claim, take something back. */
@Resolver()
export class OwnActsResolver {
  constructor(
    private readonly renewing: RenewClaim,
    private readonly undoing: UndoAct,
    private readonly answers: CaseAnswers,
    private readonly db: Transactions,
  ) {}

  @Mutation(() => RenewResult)
  @Allow('case.claim')
  async renewClaim(@Args('id', { type: () => ID }) id: string, @CurrentPerson() person: PersonPrincipal): Promise<RenewAnswer> {
    const orderId = uuid(id, 'id');
    const leaseUntil = await this.renewing.run(orderId, person.id);
    if (leaseUntil) return Object.assign(new ClaimLease(), { id, leaseUntil });
    const owner = (await readCase(this.db, orderId))?.owner ?? null;
    const by = owner === null || owner.id === person.id ? null : owner.name;
    return Object.assign(new ClaimLost(), { id, by, message: by === null ? 'Your claim has run out.' : `${by} has it now.` });
  }

  @Mutation(() => CaseResult)
  @Allow('case.undo')
  async undoAct(
    @Args('mutationId', { type: () => ID }) mutationId: string, @Args('id', { type: () => ID, nullable: true }) id: string | null, @CurrentPerson() person: PersonPrincipal,
  ): Promise<CaseAnswer> {
    const undoes = uuid(mutationId, 'mutationId');
    const orders = id === null || id === undefined ? await this.undoing.casesOf(undoes) : [uuid(id, 'id')];
    const results: ActResult[] = [];
    for (const orderId of orders) results.push(await this.undoing.run(orderId, undoes, person));
    return this.answers.of(oneOf(results), mutationId, person);
  }
}

/** One answer for an act on many cases: done when all of it is, else what stood in the way, and of how many. */
function oneOf(results: readonly ActResult[]): ActResult {
  const failed = results.filter((result) => result.kind !== 'done');
  const [first] = failed;
  if (results.length === 0) return { kind: 'not_allowed', reason: 'There is nothing to take back.' };
  if (!first) return results.length === 1 ? (results[0] ?? { kind: 'done', orderId: null }) : { kind: 'done', orderId: null };
  if (results.length === 1 || first.kind !== 'conflict') return first;
  return { ...first, message: `${failed.length} of ${results.length} could not be taken back. ${first.message}` };
}

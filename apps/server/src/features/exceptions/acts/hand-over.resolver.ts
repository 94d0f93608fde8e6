import { Args, ArgsType, Field, ID, Mutation, Resolver } from '@nestjs/graphql';
import { readCases, Transactions } from '@orderwatch/db';
import { Allow, CurrentPerson } from '../../../platform/auth/allow.js';
import type { PersonPrincipal } from '../../../platform/auth/principal.js';
import { CaseResult, HandOverDone, HandOverResult, type CaseAnswer, type HandOverAnswer } from '../../../platform/graphql/case-types.js';
import { uuid } from '../../../platform/graphql/ids.js';
import { NotAllowed } from '../../../platform/graphql/shared-types.js';
import { AssignCase, HandOver, type HandedOver } from './assign-case.service.js';
import { CaseAnswers, CaseArgs, targetOf } from './case-answers.js';

const MOST_TEXT = 4_000;

@ArgsType()
class AssignArgs extends CaseArgs {
  @Field(() => ID, { nullable: true }) personId?: string | null;
  @Field(() => String, { nullable: true }) reason?: string | null;
}

/** Who gets whose cases. */
@Resolver()
export class HandOverResolver {
  constructor(
    private readonly assigning: AssignCase,
    private readonly handing: HandOver,
    private readonly answers: CaseAnswers,
    private readonly db: Transactions,
  ) {}

  @Mutation(() => CaseResult)
  @Allow('case.assign')
  async assignCase(@Args() args: AssignArgs, @CurrentPerson() person: PersonPrincipal): Promise<CaseAnswer> {
    const personId = args.personId === null || args.personId === undefined ? null : uuid(args.personId, 'personId');
    return this.answers.of(await this.assigning.run(targetOf(args), personId, args.reason?.slice(0, MOST_TEXT) ?? null, person), args.mutationId, person);
  }

  @Mutation(() => HandOverResult)
  @Allow('case.hand_over')
  async handOver(
    @Args('fromPersonId', { type: () => ID }) fromPersonId: string, @Args('note', { type: () => String }) note: string, @Args('mutationId', { type: () => ID }) mutationId: string,
    @CurrentPerson() person: PersonPrincipal,
  ): Promise<HandOverAnswer> {
    const said = note.trim().slice(0, MOST_TEXT);
    if (said === '') return Object.assign(new NotAllowed(), { reason: 'Say what the next one should know.', mutationId });
    const handed = await this.handing.run(uuid(fromPersonId, 'fromPersonId'), said, uuid(mutationId, 'mutationId'), person);
    return Object.assign(new HandOverDone(), { items: await this.items(handed), mutationId });
  }

  private async items(handed: readonly HandedOver[]): Promise<HandOverDone['items']> {
    const numbers = new Map((await readCases(this.db, handed.map(({ orderId }) => orderId))).map((record) => [record.orderId, record.number]));
    return handed.map(({ orderId, result }) => ({
      id: orderId, number: `EX-${numbers.get(orderId) ?? ''}`, done: result.kind === 'done',
      message: result.kind === 'done' ? null : result.kind === 'conflict' ? result.message : result.reason,
    }));
  }
}

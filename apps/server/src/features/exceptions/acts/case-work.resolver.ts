import { Args, ArgsType, Field, ID, Mutation, Resolver } from '@nestjs/graphql';
import { Allow, CurrentPerson } from '../../../platform/auth/allow.js';
import type { PersonPrincipal } from '../../../platform/auth/principal.js';
import { CaseResult, SnoozeCondition, type CaseAnswer } from '../../../platform/graphql/case-types.js';
import { CaseAnswers, CaseArgs, targetOf } from './case-answers.js';
import { AddNote, ReopenCase, ResolveCase, SnoozeCase } from './case-commands.service.js';

const MOST_TEXT = 4_000;

@ArgsType()
class SnoozeArgs extends CaseArgs {
  @Field(() => Date) until!: Date;
  @Field(() => SnoozeCondition, { nullable: true }) condition?: SnoozeCondition | null;
}

@ArgsType()
class ResolveArgs extends CaseArgs {
  @Field(() => String) outcome!: string;
  @Field(() => String, { nullable: true }) note?: string | null;
}

@ArgsType()
class ReopenArgs extends CaseArgs {
  @Field(() => String) reason!: string;
}

/** What is done with a case. */
@Resolver()
export class CaseWorkResolver {
  constructor(
    private readonly snoozing: SnoozeCase,
    private readonly resolving: ResolveCase,
    private readonly reopening: ReopenCase,
    private readonly noting: AddNote,
    private readonly answers: CaseAnswers,
  ) {}

  @Mutation(() => CaseResult)
  @Allow('case.snooze')
  async snoozeCase(@Args() args: SnoozeArgs, @CurrentPerson() person: PersonPrincipal): Promise<CaseAnswer> {
    return this.answers.of(await this.snoozing.run(targetOf(args), args.until, person, args.condition ?? null), args.mutationId, person);
  }

  @Mutation(() => CaseResult)
  @Allow('case.resolve')
  async resolveCase(@Args() args: ResolveArgs, @CurrentPerson() person: PersonPrincipal): Promise<CaseAnswer> {
    const note = args.note?.trim().slice(0, MOST_TEXT) || null;
    return this.answers.of(await this.resolving.run(targetOf(args), args.outcome, note, person), args.mutationId, person);
  }

  @Mutation(() => CaseResult)
  @Allow('case.reopen')
  async reopenCase(@Args() args: ReopenArgs, @CurrentPerson() person: PersonPrincipal): Promise<CaseAnswer> {
    return this.answers.of(await this.reopening.run(targetOf(args), args.reason.slice(0, MOST_TEXT), person), args.mutationId, person);
  }

  @Mutation(() => CaseResult)
  @Allow('case.note')
  async addNote(
    @Args('id', { type: () => ID }) id: string, @Args('text', { type: () => String }) text: string, @Args('mutationId', { type: () => ID }) mutationId: string, @CurrentPerson() person: PersonPrincipal,
  ): Promise<CaseAnswer> {
    return this.answers.of(await this.noting.run(targetOf({ id, expectedVersion: 0, mutationId }), text.slice(0, MOST_TEXT), person), mutationId, person);
  }
}

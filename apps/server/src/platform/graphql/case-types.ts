import { createUnionType, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { JsonScalar } from './scalars.js';
import { AllowedAction, CaseState, Finding, Money, NotAllowed, Person, Severity } from './shared-types.js';

@ObjectType({ description: 'One row of the queue: a case, flat, with every cell the list shows.' })
export class CaseRow {
  @Field(() => ID) id!: string;
  @Field(() => String) number!: string;
  @Field(() => Int) version!: number;
  @Field(() => ID) orderId!: string;
  @Field(() => String) orderName!: string;
  @Field(() => String) shop!: string;
  @Field(() => String) rule!: string;
  @Field(() => String) ruleLabel!: string;
  @Field(() => [String]) otherRules!: readonly string[];
  @Field(() => Severity) severity!: Severity;
  @Field(() => CaseState) state!: CaseState;
  @Field(() => String) reason!: string;
  @Field(() => Date) since!: Date;
  @Field(() => Date) openedAt!: Date;
  @Field(() => Date, { nullable: true }) dueAt?: Date | null;
  @Field(() => String, { nullable: true }) customer?: string | null;
  @Field(() => Money, { nullable: true }) value?: Money | null;
  @Field(() => Date, { nullable: true }) promisedAt?: Date | null;
  @Field(() => String, { nullable: true }) promiseText?: string | null;
  @Field(() => String, { nullable: true }) carrier?: string | null;
  @Field(() => Int) parcelCount!: number;
  @Field(() => Person, { nullable: true }) owner?: Person | null;
  @Field(() => Date, { nullable: true }) leaseUntil?: Date | null;
  @Field(() => Date, { nullable: true }) snoozedUntil?: Date | null;
  @Field(() => String, { nullable: true }) waitingFor?: string | null;
  @Field(() => Int) reopened!: number;
  @Field(() => Int, { nullable: true }) dataAgeSeconds?: number | null;
  @Field(() => Boolean) feedLate!: boolean;
  @Field(() => String, { nullable: true }) outcome?: string | null;
  @Field(() => Date, { nullable: true }) resolvedAt?: Date | null;
  @Field(() => String, { nullable: true }) resolvedBy?: string | null;
}

@ObjectType()
export class CaseHistoryEntry {
  @Field(() => ID) id!: string;
  @Field(() => Date) at!: Date;
  @Field(() => String) actor!: string;
  @Field(() => String) what!: string;
  @Field(() => String, { nullable: true }) why?: string | null;
  @Field(() => JsonScalar, { nullable: true }) before?: unknown;
  @Field(() => JsonScalar, { nullable: true }) after?: unknown;
}

@ObjectType()
export class Outcome {
  @Field(() => String) id!: string;
  @Field(() => String) label!: string;
}

@ObjectType()
export class ExceptionCase {
  @Field(() => CaseRow) row!: CaseRow;
  @Field(() => [Finding]) findings!: readonly Finding[];
  @Field(() => [CaseHistoryEntry]) history!: readonly CaseHistoryEntry[];
  @Field(() => [AllowedAction]) allowedActions!: readonly AllowedAction[];
  @Field(() => [Outcome]) outcomes!: readonly Outcome[];
}

@ObjectType()
export class Done {
  @Field(() => ExceptionCase, { nullable: true }) case?: ExceptionCase | null;
  @Field(() => ID) mutationId!: string;
}

@ObjectType()
export class Conflict {
  @Field(() => String) message!: string;
  @Field(() => String, { nullable: true }) by?: string | null;
  @Field(() => Date, { nullable: true }) at?: Date | null;
  @Field(() => ExceptionCase, { nullable: true }) case?: ExceptionCase | null;
  @Field(() => ID) mutationId!: string;
}

export const CaseResult = createUnionType({
  name: 'CaseResult',
  types: () => [Done, Conflict, NotAllowed] as const,
  resolveType: (value: object) => ('reason' in value ? NotAllowed : 'message' in value ? Conflict : Done),
});
export type CaseAnswer = Done | Conflict | NotAllowed;

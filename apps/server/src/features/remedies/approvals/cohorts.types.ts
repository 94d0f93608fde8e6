import { createUnionType, Field, Float, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { AllowedAction, Money, NotAllowed, Person } from '../../../platform/graphql/shared-types.js';
import { NeedsSignIn } from './needs-sign-in.type.js';
import { RemedyKind } from '../remedy-kind.js';

@ObjectType({ description: 'Remedies for one named cause, with a budget.' })
export class RemedyCohort {
  @Field(() => ID) id!: string;
  @Field(() => Int) version!: number;
  @Field(() => String) cause!: string;
  @Field(() => RemedyKind) kind!: RemedyKind;
  @Field(() => String) reasonCode!: string;
  @Field(() => Money) budget!: Money;
  @Field(() => Money) spent!: Money;
  @Field(() => Money) left!: Money;
  @Field(() => Date) until!: Date;
  @Field(() => Boolean) open!: boolean;
  @Field(() => Int) members!: number;
  @Field(() => Int) waiting!: number;
  @Field(() => Money) waitingAmount!: Money;
  @Field(() => Person) createdBy!: Person;
  @Field(() => Date) createdAt!: Date;
  @Field(() => String) sentence!: string;
  @Field(() => [AllowedAction]) allowedActions!: readonly AllowedAction[];
}

@ObjectType()
export class CohortDone {
  @Field(() => RemedyCohort) cohort!: RemedyCohort;
  @Field(() => ID) mutationId!: string;
}

export const CohortResult = createUnionType({ name: 'CohortResult', types: () => [CohortDone, NotAllowed, NeedsSignIn] as const });

@InputType()
export class CohortInput {
  @Field(() => String) cause!: string;
  @Field(() => RemedyKind) kind!: RemedyKind;
  @Field(() => String) reasonCode!: string;
  @Field(() => Float) budgetMinor!: number;
  @Field(() => String) currency!: string;
  @Field(() => Date) until!: Date;
  @Field(() => ID) mutationId!: string;
}

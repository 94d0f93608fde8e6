import { createUnionType, Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { NotAllowed, Person } from '../../../platform/graphql/shared-types.js';
import { NeedsSignIn } from './needs-sign-in.type.js';

@ObjectType({ description: 'Somebody who decides on remedies in a manager’s stead.' })
export class Delegation {
  @Field(() => ID) id!: string;
  @Field(() => Person) delegator!: Person;
  @Field(() => Person) delegate!: Person;
  @Field(() => String) reason!: string;
  @Field(() => Date) from!: Date;
  @Field(() => Date) until!: Date;
  @Field(() => String) state!: string;
  @Field(() => Date) madeAt!: Date;
  @Field(() => Date, { nullable: true }) endedAt?: Date | null;
  @Field(() => Person, { nullable: true }) endedBy?: Person | null;
  @Field(() => Boolean) mayEnd!: boolean;
}

@ObjectType()
export class DelegationDone {
  @Field(() => Delegation) delegation!: Delegation;
  @Field(() => ID) mutationId!: string;
}

export const DelegationResult = createUnionType({ name: 'DelegationResult', types: () => [DelegationDone, NotAllowed, NeedsSignIn] as const });

@InputType()
export class DelegateInput {
  @Field(() => ID) personId!: string;
  @Field(() => String) reason!: string;
  @Field(() => Date) from!: Date;
  @Field(() => Date) until!: Date;
  @Field(() => ID) mutationId!: string;
}

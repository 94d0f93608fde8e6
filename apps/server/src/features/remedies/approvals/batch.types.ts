import { createUnionType, Field, Float, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { Money, NotAllowed } from '../../../platform/graphql/shared-types.js';
import { NeedsSignIn } from './needs-sign-in.type.js';
import { Remedy } from '../remedies.types.js';

@InputType({ description: 'What was read of one remedy, as it is approved.' })
export class ApproveBatchItemInput {
  @Field(() => ID) remedyId!: string;
  @Field(() => Int) revision!: number;
  @Field(() => Float) amountMinor!: number;
  @Field(() => String) currency!: string;
  @Field(() => String) factsHash!: string;
}

@ObjectType()
export class ApproveBatchItem {
  @Field(() => ID) remedyId!: string;
  @Field(() => String, { nullable: true }) number?: string | null;
  @Field(() => Boolean) approved!: boolean;
  @Field(() => String, { nullable: true }) message?: string | null;
  @Field(() => Remedy, { nullable: true }) remedy?: Remedy | null;
}

@ObjectType({ description: 'Each item was decided on its own.' })
export class ApproveBatchDone {
  @Field(() => [ApproveBatchItem]) items!: readonly ApproveBatchItem[];
  @Field(() => Int) approved!: number;
  @Field(() => [Money]) totals!: readonly Money[];
  @Field(() => ID) mutationId!: string;
}

export const ApproveBatchResult = createUnionType({ name: 'ApproveBatchResult', types: () => [ApproveBatchDone, NotAllowed, NeedsSignIn] as const });

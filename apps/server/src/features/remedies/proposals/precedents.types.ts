import { Field, Float, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { Money } from '../../../platform/graphql/shared-types.js';
import { RemedyKind, RemedyLineInput } from '../remedies.types.js';

@ObjectType()
export class RemedyDuplicate {
  @Field(() => ID, { nullable: true }) remedyId?: string | null;
  @Field(() => String, { nullable: true }) number?: string | null;
  @Field(() => ID) orderId!: string;
  @Field(() => String) orderName!: string;
  @Field(() => String) likeness!: string;
  @Field(() => String) text!: string;
  @Field(() => String) why!: string;
  @Field(() => String, { nullable: true }) state?: string | null;
  @Field(() => Date) at!: Date;
}

@ObjectType()
export class RemedyPrecedent {
  @Field(() => ID) remedyId!: string;
  @Field(() => String) number!: string;
  @Field(() => ID) orderId!: string;
  @Field(() => String) orderName!: string;
  @Field(() => Money, { nullable: true }) amount?: Money | null;
  @Field(() => String) decision!: string;
  @Field(() => String) decidedBy!: string;
  @Field(() => Date) decidedAt!: Date;
  @Field(() => String, { nullable: true }) reason?: string | null;
}

@ObjectType({ description: 'What became of what somebody asked for lately, without the one that is looked at.' })
export class RemedyAsker {
  @Field(() => Int) asked!: number;
  @Field(() => Int) approved!: number;
  @Field(() => Int) days!: number;
}

@ObjectType({ description: 'What may be the same done twice, and how people decided on the like.' })
export class RemedyPrecedents {
  @Field(() => [RemedyDuplicate]) duplicates!: readonly RemedyDuplicate[];
  @Field(() => [RemedyPrecedent]) similar!: readonly RemedyPrecedent[];
  @Field(() => Int) approved!: number;
  @Field(() => Int) declined!: number;
  @Field(() => Int) days!: number;
  @Field(() => RemedyAsker, { nullable: true }) asker?: RemedyAsker | null;
}

@InputType({ description: 'A remedy as somebody asks for it, or, with remedyId, as it waits for a decision.' })
export class PrecedentsInput {
  @Field(() => ID) orderId!: string;
  @Field(() => RemedyKind) kind!: RemedyKind;
  @Field(() => Float, { nullable: true }) amountMinor?: number | null;
  @Field(() => [RemedyLineInput], { nullable: true }) lines?: RemedyLineInput[] | null;
  @Field(() => String, { nullable: true }) reasonCode?: string | null;
  @Field(() => ID, { nullable: true }) remedyId?: string | null;
}

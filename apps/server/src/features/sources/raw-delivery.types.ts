import { createUnionType, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { JsonScalar } from '../../platform/graphql/scalars.js';
import { NotAllowed } from '../../platform/graphql/shared-types.js';

@ObjectType()
export class MappingTrace {
  @Field(() => String) factId!: string;
  @Field(() => String) type!: string;
  @Field(() => String, { nullable: true }) code?: string | null;
  @Field(() => String, { nullable: true }) status?: string | null;
  @Field(() => String, { nullable: true, description: 'What a customer with this one parcel reads at that status.' }) customerSees?: string | null;
  @Field(() => Int, { description: 'Of the status map that reads the code.' }) mapVersion!: number;
  @Field(() => Date) at!: Date;
  @Field(() => ID, { nullable: true }) orderId?: string | null;
}

@ObjectType()
export class RawDelivery {
  @Field(() => ID) id!: string;
  @Field(() => String) connection!: string;
  @Field(() => String, { nullable: true }) topic?: string | null;
  @Field(() => Date) receivedAt!: Date;
  @Field(() => JsonScalar) headers!: unknown;
  @Field(() => String) body!: string;
  @Field(() => Boolean) truncated!: boolean;
  @Field(() => Boolean, { description: 'Personal data is hidden in the body; unmaskDelivery shows it.' }) masked!: boolean;
  @Field(() => Boolean) canUnmask!: boolean;
  @Field(() => String) checksum!: string;
  @Field(() => Int) bytes!: number;
  @Field(() => String) origin!: string;
  @Field(() => String) state!: string;
  @Field(() => [MappingTrace]) trace!: readonly MappingTrace[];
}

@ObjectType({ description: 'A fact of a trial. verdict: same, changed, new (not told before), gone (told before, not any more).' })
export class TrialFact {
  @Field(() => String) verdict!: string;
  @Field(() => MappingTrace) trace!: MappingTrace;
}

@ObjectType({ description: 'What today\'s code makes of a delivery, beside what was made of it; nothing is written. outcome: done, not_used, dead.' })
export class MappingTrial {
  @Field(() => String) outcome!: string;
  @Field(() => String, { nullable: true }) detail?: string | null;
  @Field(() => [TrialFact]) facts!: readonly TrialFact[];
  @Field(() => Int) mapVersion!: number;
}

@ObjectType()
export class Unmasked {
  @Field(() => RawDelivery) delivery!: RawDelivery;
  @Field(() => ID) mutationId!: string;
}

export const UnmaskResult = createUnionType({
  name: 'UnmaskResult',
  types: () => [Unmasked, NotAllowed] as const,
  resolveType: (value: object) => ('reason' in value ? NotAllowed : Unmasked),
});
export type UnmaskAnswer = Unmasked | NotAllowed;

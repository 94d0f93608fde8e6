import { Field, ID, ObjectType } from '@nestjs/graphql';
import { JsonScalar } from '../../platform/graphql/scalars.js';

@ObjectType()
export class MappingTrace {
  @Field(() => String) factId!: string;
  @Field(() => String) type!: string;
  @Field(() => String, { nullable: true }) code?: string | null;
  @Field(() => String, { nullable: true }) status?: string | null;
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
  @Field(() => String) checksum!: string;
  @Field(() => String) state!: string;
  @Field(() => [MappingTrace]) trace!: readonly MappingTrace[];
}

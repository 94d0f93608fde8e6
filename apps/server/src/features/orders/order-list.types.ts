import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { Money } from '../../platform/graphql/shared-types.js';

@ObjectType()
export class OrderRow {
  @Field(() => ID) id!: string;
  @Field(() => String) name!: string;
  @Field(() => String) shop!: string;
  @Field(() => String) headline!: string;
  @Field(() => String, { nullable: true }) orderStatus?: string | null;
  @Field(() => String, { nullable: true }) paymentStatus?: string | null;
  @Field(() => String, { nullable: true }) fulfilmentStatus?: string | null;
  @Field(() => String, { nullable: true }) shipmentStatus?: string | null;
  @Field(() => String, { nullable: true }) carrier?: string | null;
  @Field(() => Date, { nullable: true }) placedAt?: Date | null;
  @Field(() => Date, { nullable: true }) promisedAt?: Date | null;
  @Field(() => Money, { nullable: true }) value?: Money | null;
}

@ObjectType()
export class OrderPage {
  @Field(() => [OrderRow]) rows!: readonly OrderRow[];
  @Field(() => Int) total!: number;
  @Field(() => String, { nullable: true }) endCursor?: string | null;
  @Field(() => Boolean) hasMore!: boolean;
  @Field(() => Date) generatedAt!: Date;
}

@InputType()
export class OrderFilter {
  @Field(() => String, { nullable: true }) track?: string | null;
  @Field(() => String, { nullable: true }) status?: string | null;
  @Field(() => String, { nullable: true }) carrier?: string | null;
  @Field(() => Boolean, { nullable: true }) onTime?: boolean | null;
  @Field(() => Date, { nullable: true }) promisedFrom?: Date | null;
  @Field(() => Date, { nullable: true }) promisedTo?: Date | null;
  @Field(() => String, { nullable: true }) text?: string | null;
}

@ObjectType()
export class SearchHit {
  @Field(() => String) kind!: string;
  @Field(() => ID) id!: string;
  @Field(() => String) label!: string;
  @Field(() => String, { nullable: true }) detail?: string | null;
}

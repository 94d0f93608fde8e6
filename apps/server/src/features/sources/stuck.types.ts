import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import { Money, Person } from '../../platform/graphql/shared-types.js';

@ObjectType()
export class StuckRow {
  @Field(() => ID) orderId!: string;
  @Field(() => String) orderName!: string;
  @Field(() => ID) parcelId!: string;
  @Field(() => String, { nullable: true }) carrier?: string | null;
  @Field(() => String, { nullable: true }) facility?: string | null;
  @Field(() => String) status!: string;
  @Field(() => Date) silentSince!: Date;
  @Field(() => Float) limitHours!: number;
  @Field(() => String, { nullable: true }) lastScan?: string | null;
  @Field(() => Date, { nullable: true }) promisedAt?: Date | null;
  @Field(() => Money, { nullable: true }) value?: Money | null;
  @Field(() => Person, { nullable: true }) owner?: Person | null;
  @Field(() => ID, { nullable: true }) caseId?: string | null;
  @Field(() => String, { nullable: true }) caseNumber?: string | null;
  @Field(() => Boolean) feedLate!: boolean;
  @Field(() => String, { nullable: true }) number?: string | null;
}

@ObjectType()
export class StuckGroup {
  @Field(() => String) carrier!: string;
  @Field(() => String, { nullable: true }) facility?: string | null;
  @Field(() => Int) count!: number;
  @Field(() => Int) feedLate!: number;
}

@ObjectType()
export class StuckPage {
  @Field(() => [StuckRow]) rows!: readonly StuckRow[];
  @Field(() => [StuckGroup]) groups!: readonly StuckGroup[];
  @Field(() => Int) total!: number;
  @Field(() => Int, { nullable: true }) oldestSeconds?: number | null;
  @Field(() => String, { nullable: true }) endCursor?: string | null;
  @Field(() => Boolean) hasMore!: boolean;
  @Field(() => Date) generatedAt!: Date;
  @Field(() => String, { nullable: true }) seq?: string | null;
}

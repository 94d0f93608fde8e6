import { ArgsType, Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import { CaseState, Money, Person } from '../../platform/graphql/shared-types.js';

@ArgsType()
export class StuckArgs {
  @Field(() => String, { nullable: true }) carrier?: string | null;
  @Field(() => String, { nullable: true }) facility?: string | null;
  @Field(() => String, { nullable: true }) lane?: string | null;
  @Field(() => Boolean, { nullable: true, defaultValue: false }) includeFeedLate?: boolean | null;
  @Field(() => Boolean, { nullable: true, defaultValue: false }) byPlace?: boolean | null;
  @Field(() => Int, { nullable: true, defaultValue: 50 }) first?: number | null;
  @Field(() => String, { nullable: true }) after?: string | null;
}

@ObjectType()
export class StuckPace {
  @Field(() => Float) p50Hours!: number;
  @Field(() => Float) p90Hours!: number;
  @Field(() => Int) scans!: number;
  @Field(() => String) of!: string;
}

@ObjectType()
export class StuckRow {
  @Field(() => ID) orderId!: string;
  @Field(() => String) orderName!: string;
  @Field(() => ID) parcelId!: string;
  @Field(() => String, { nullable: true }) carrier?: string | null;
  @Field(() => String, { nullable: true }) facility?: string | null;
  @Field(() => String) lane!: string;
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
  @Field(() => CaseState, { nullable: true }) caseState?: CaseState | null;
  @Field(() => Date, { nullable: true }) snoozedUntil?: Date | null;
  @Field(() => String, { nullable: true }) feed?: string | null;
  @Field(() => StuckPace, { nullable: true }) usual?: StuckPace | null;
  @Field(() => Date, { nullable: true }) nextExpectedAt?: Date | null;
}

@ObjectType()
export class StuckLane {
  @Field(() => String) lane!: string;
  @Field(() => String) label!: string;
  @Field(() => Int) count!: number;
  @Field(() => Int) feedLate!: number;
  @Field(() => [Int]) heat!: readonly number[];
}

@ObjectType()
export class StuckGroup {
  @Field(() => String) carrier!: string;
  @Field(() => String, { nullable: true }) facility?: string | null;
  @Field(() => Int) count!: number;
  @Field(() => Int) feedLate!: number;
  @Field(() => [Int]) heat!: readonly number[];
  @Field(() => [StuckLane]) lanes!: readonly StuckLane[];
}

@ObjectType()
export class LateFeed {
  @Field(() => String) connection!: string;
  @Field(() => String) label!: string;
  @Field(() => Date) silentSince!: Date;
  @Field(() => Int) parcels!: number;
}

@ObjectType()
export class StuckPage {
  @Field(() => [StuckRow]) rows!: readonly StuckRow[];
  @Field(() => [StuckGroup]) groups!: readonly StuckGroup[];
  @Field(() => Int) total!: number;
  @Field(() => Int) unknown!: number;
  @Field(() => [LateFeed]) lateFeeds!: readonly LateFeed[];
  @Field(() => [Int]) ages!: readonly number[];
  @Field(() => Int, { nullable: true }) medianSeconds?: number | null;
  @Field(() => Int, { nullable: true }) oldestSeconds?: number | null;
  @Field(() => String, { nullable: true }) endCursor?: string | null;
  @Field(() => Boolean) hasMore!: boolean;
  @Field(() => Date) generatedAt!: Date;
  @Field(() => String, { nullable: true }) seq?: string | null;
}

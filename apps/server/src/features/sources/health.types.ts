import { ArgsType, Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';

@ObjectType()
export class SourceHealth {
  @Field(() => String) connection!: string;
  @Field(() => String) label!: string;
  @Field(() => String) kind!: string;
  @Field(() => String) state!: string;
  @Field(() => Date, { nullable: true }) lastReceivedAt?: Date | null;
  @Field(() => Date, { nullable: true }) lastOccurredAt?: Date | null;
  @Field(() => Date, { nullable: true }) silentSince?: Date | null;
  @Field(() => Float, { nullable: true }) lagP50Seconds?: number | null;
  @Field(() => Float, { nullable: true }) lagP95Seconds?: number | null;
  @Field(() => Int) eventsLastHour!: number;
  @Field(() => Float) usualPerHour!: number;
  @Field(() => [Int]) hourly!: readonly number[];
  @Field(() => Int) rejectedSignatures!: number;
  @Field(() => Int) deadLetters!: number;
  @Field(() => Date, { nullable: true }) oldestDeadLetterAt?: Date | null;
  @Field(() => Int) unmapped!: number;
  @Field(() => Int) notUsed!: number;
  @Field(() => Int) ordersHeld!: number;
}

@ObjectType()
export class DeadLetterGroup {
  @Field(() => String) cause!: string;
  @Field(() => String) connection!: string;
  @Field(() => Int) letters!: number;
  @Field(() => Date) firstAt!: Date;
  @Field(() => Date) lastAt!: Date;
  @Field(() => Int) attempts!: number;
  @Field(() => String, { nullable: true }) sample?: string | null;
}

@ObjectType()
export class DeadLetter {
  @Field(() => ID) id!: string;
  @Field(() => String) connection!: string;
  @Field(() => String, { nullable: true }) topic?: string | null;
  @Field(() => String) cause!: string;
  @Field(() => String, { nullable: true }) detail?: string | null;
  @Field(() => Date) receivedAt!: Date;
  @Field(() => Int) attempts!: number;
  @Field(() => Int) bytes!: number;
}

@ObjectType()
export class UnlinkedItem {
  @Field(() => ID) id!: string;
  @Field(() => String) handle!: string;
  @Field(() => String) connection!: string;
  @Field(() => Int) events!: number;
  @Field(() => Date) firstReceivedAt!: Date;
  @Field(() => String, { nullable: true }) lastStatus?: string | null;
  @Field(() => Boolean) overdue!: boolean;
}

@ObjectType()
export class NotUsedGroup {
  @Field(() => String) connection!: string;
  @Field(() => String) topic!: string;
  @Field(() => Int) count!: number;
  @Field(() => Date) lastAt!: Date;
}

@ObjectType()
export class Health {
  @Field(() => String) sentence!: string;
  @Field(() => [SourceHealth]) sources!: readonly SourceHealth[];
  @Field(() => [DeadLetterGroup]) deadLetterGroups!: readonly DeadLetterGroup[];
  @Field(() => [UnlinkedItem]) unlinked!: readonly UnlinkedItem[];
  @Field(() => [NotUsedGroup]) notUsed!: readonly NotUsedGroup[];
  @Field(() => Float) processorLagSeconds!: number;
  @Field(() => Date) generatedAt!: Date;
  @Field(() => String, { nullable: true }) seq?: string | null;
}

@ObjectType()
export class ReplayResult {
  @Field(() => Boolean) dryRun!: boolean;
  @Field(() => Int) tried!: number;
  @Field(() => Int) wouldChange!: number;
  @Field(() => Int) alreadyApplied!: number;
  @Field(() => Int) stillFail!: number;
  @Field(() => [String]) causes!: readonly string[];
}

@ArgsType()
export class ReplayArgs {
  @Field(() => [ID], { nullable: true }) ids?: string[] | null;
  @Field(() => String, { nullable: true }) connection?: string | null;
  @Field(() => String, { nullable: true }) cause?: string | null;
  @Field(() => Boolean) dryRun!: boolean;
  @Field(() => ID) mutationId!: string;
}

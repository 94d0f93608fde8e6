import { Field, Float, Int, ObjectType } from '@nestjs/graphql';

@ObjectType()
export class StatusCount {
  @Field(() => String) track!: string;
  @Field(() => String) status!: string;
  @Field(() => String) label!: string;
  @Field(() => Int) count!: number;
  @Field(() => Int, { nullable: true }) change?: number | null;
  @Field(() => String) tone!: string;
}

@ObjectType()
export class FlowDay {
  @Field(() => String) day!: string;
  @Field(() => Int) opened!: number;
  @Field(() => Int) resolved!: number;
  @Field(() => Int) backlog!: number;
}

@ObjectType()
export class AgeBand {
  @Field(() => String) rule!: string;
  @Field(() => String) ruleLabel!: string;
  @Field(() => Int) under1d!: number;
  @Field(() => Int) d1to3!: number;
  @Field(() => Int) d3to7!: number;
  @Field(() => Int) over7d!: number;
}

@ObjectType()
export class CarrierOnTime {
  @Field(() => String) carrier!: string;
  @Field(() => Int) onTime!: number;
  @Field(() => Int) total!: number;
  @Field(() => Float) share!: number;
  @Field(() => Float) low!: number;
  @Field(() => Float) high!: number;
}

@ObjectType()
export class DurationStat {
  @Field(() => Float, { nullable: true }) medianSeconds?: number | null;
  @Field(() => Float, { nullable: true }) p90Seconds?: number | null;
  @Field(() => Int) count!: number;
}

@ObjectType()
export class ResolveWeek {
  @Field(() => String) week!: string;
  @Field(() => Float, { nullable: true }) p50Hours?: number | null;
  @Field(() => Float, { nullable: true }) p90Hours?: number | null;
  @Field(() => Int) count!: number;
}

@ObjectType()
export class Report {
  @Field(() => String) from!: string;
  @Field(() => String) to!: string;
  @Field(() => String) zone!: string;
  @Field(() => Int) openCases!: number;
  @Field(() => Int) opened!: number;
  @Field(() => Int) resolved!: number;
  @Field(() => DurationStat) timeToDetect!: DurationStat;
  @Field(() => DurationStat) timeToResolve!: DurationStat;
  @Field(() => Float, { nullable: true }) ageMedianSeconds?: number | null;
  @Field(() => Float, { nullable: true }) ageP90Seconds?: number | null;
  @Field(() => [StatusCount]) statuses!: readonly StatusCount[];
  @Field(() => [FlowDay]) flow!: readonly FlowDay[];
  @Field(() => [AgeBand]) ages!: readonly AgeBand[];
  @Field(() => [CarrierOnTime]) carriers!: readonly CarrierOnTime[];
  @Field(() => [ResolveWeek]) resolveWeeks!: readonly ResolveWeek[];
  @Field(() => Float, { nullable: true }) detectedBeforeContact?: number | null;
  @Field(() => Date) generatedAt!: Date;
  @Field(() => String, { nullable: true }) seq?: string | null;
}

import { Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { CaseRow } from '../../platform/graphql/case-types.js';

export enum QueueView {
  mine = 'mine', next_up = 'next_up', breaching = 'breaching', late = 'late', stuck = 'stuck', not_received = 'not_received', snoozed = 'snoozed', all = 'all', resolved = 'resolved',
}
registerEnumType(QueueView, { name: 'QueueView' });

@ObjectType()
export class QueueCounts {
  @Field(() => Int) mine!: number;
  @Field(() => Int) nextUp!: number;
  @Field(() => Int) breaching!: number;
  @Field(() => Int) late!: number;
  @Field(() => Int) stuck!: number;
  @Field(() => Int) stuckParcels!: number;
  @Field(() => Int) notReceived!: number;
  @Field(() => Int) failedSyncs!: number;
  @Field(() => Int) snoozed!: number;
  @Field(() => Int) all!: number;
  @Field(() => Int) approvals!: number;
  @Field(() => Int) health!: number;
  @Field(() => Int) myClaims!: number;
  @Field(() => Boolean) capped!: boolean;
}

@ObjectType()
export class QueuePage {
  @Field(() => [CaseRow]) rows!: readonly CaseRow[];
  @Field(() => Int) total!: number;
  @Field(() => String, { nullable: true }) endCursor?: string | null;
  @Field(() => Boolean) hasMore!: boolean;
  @Field(() => QueueCounts) counts!: QueueCounts;
  @Field(() => Int) rulesOn!: number;
  @Field(() => Date) generatedAt!: Date;
  @Field(() => String, { nullable: true }) seq?: string | null;
}

@InputType()
export class QueueFilter {
  @Field(() => [String], { nullable: true }) rules?: string[] | null;
  @Field(() => [String], { nullable: true }) carriers?: string[] | null;
  @Field(() => String, { nullable: true }) owner?: string | null;
  @Field(() => [String], { nullable: true }) shops?: string[] | null;
  @Field(() => String, { nullable: true }) orderStatus?: string | null;
  @Field(() => Int, { nullable: true }) minAgeHours?: number | null;
  @Field(() => Int, { nullable: true }) maxAgeHours?: number | null;
  @Field(() => String, { nullable: true }) text?: string | null;
  @Field(() => Date, { nullable: true }) resolvedFrom?: Date | null;
  @Field(() => Date, { nullable: true }) resolvedTo?: Date | null;
  @Field(() => Date, { nullable: true }) openedFrom?: Date | null;
  @Field(() => Date, { nullable: true }) openedTo?: Date | null;
}


import { Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { CaseRow } from '../../../platform/graphql/case-types.js';

export enum QueueView {
  mine = 'mine', next_up = 'next_up', breaching = 'breaching', late = 'late', stuck = 'stuck', not_received = 'not_received', snoozed = 'snoozed', all = 'all', resolved = 'resolved',
}
registerEnumType(QueueView, { name: 'QueueView' });

export enum QueueSort { due = 'due', age = 'age', promise = 'promise', value = 'value', contact = 'contact', change = 'change' }
registerEnumType(QueueSort, { name: 'QueueSort' });
export enum QueueDue { breached = 'breached', hour = 'hour', today = 'today' }
registerEnumType(QueueDue, { name: 'QueueDue' });
export enum QueuePromise { passed = 'passed', today = 'today', week = 'week', none = 'none' }
registerEnumType(QueuePromise, { name: 'QueuePromise' });
export enum QueueState { new = 'new', claimed = 'claimed', waiting = 'waiting', snoozed = 'snoozed', reopened = 'reopened' }
registerEnumType(QueueState, { name: 'QueueState' });
export enum QueueWait { customer = 'customer', carrier = 'carrier', warehouse = 'warehouse', refund = 'refund', approval = 'approval' }
registerEnumType(QueueWait, { name: 'QueueWait' });
export enum QueueField {
  rules = 'rules', carriers = 'carriers', shops = 'shops', owner = 'owner', countries = 'countries', value = 'value', due = 'due', promise = 'promise', wrote = 'wrote', state = 'state', waits = 'waits', feed = 'feed',
  age = 'age', opened = 'opened', resolved = 'resolved', status = 'status', text = 'text',
}
registerEnumType(QueueField, { name: 'QueueField' });

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
  @Field(() => [String], { nullable: true }) countries?: string[] | null;
  @Field(() => Int, { nullable: true }) minValue?: number | null;
  @Field(() => Int, { nullable: true }) maxValue?: number | null;
  @Field(() => QueueDue, { nullable: true }) due?: QueueDue | null;
  @Field(() => QueuePromise, { nullable: true }) promise?: QueuePromise | null;
  @Field(() => String, { nullable: true }) zone?: string | null;
  @Field(() => Int, { nullable: true }) wroteWithinHours?: number | null;
  @Field(() => QueueState, { nullable: true }) state?: QueueState | null;
  @Field(() => QueueWait, { nullable: true }) waitsFor?: QueueWait | null;
  @Field(() => Boolean, { nullable: true }) feedLate?: boolean | null;
  @Field(() => Int, { nullable: true }) minAgeHours?: number | null;
  @Field(() => Int, { nullable: true }) maxAgeHours?: number | null;
  @Field(() => String, { nullable: true }) text?: string | null;
  @Field(() => Date, { nullable: true }) resolvedFrom?: Date | null;
  @Field(() => Date, { nullable: true }) resolvedTo?: Date | null;
  @Field(() => Date, { nullable: true }) openedFrom?: Date | null;
  @Field(() => Date, { nullable: true }) openedTo?: Date | null;
}


@ObjectType()
export class QueueFacetOption {
  @Field(() => String) value!: string;
  @Field(() => Int) count!: number;
}

@ObjectType({ description: 'How many cases each option of a field would leave, all counted in one picture of the database.' })
export class QueueFacet {
  @Field(() => [QueueFacetOption]) options!: readonly QueueFacetOption[];
  @Field(() => Int) total!: number;
  @Field(() => Boolean) isCapped!: boolean;
  @Field(() => Date) generatedAt!: Date;
}

@ObjectType({ description: 'So many cases there would be without what the filter says of this field; 100 is "99+".' })
export class QueueFieldCount {
  @Field(() => QueueField) field!: QueueField;
  @Field(() => Int) count!: number;
}

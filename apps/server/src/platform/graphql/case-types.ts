import { createUnionType, Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { JsonScalar } from './scalars.js';
import { AllowedAction, CaseState, Finding, Money, NotAllowed, Person, Severity } from './shared-types.js';

/** What a case can be put off for; the domain's ids. */
export enum SnoozeCondition {
  carrier_scan = 'carrier_scan', delivery = 'delivery', customer_writes = 'customer_writes', warehouse_news = 'warehouse_news', refund_settled = 'refund_settled', feed_speaks = 'feed_speaks',
}
registerEnumType(SnoozeCondition, { name: 'SnoozeCondition' });

@ObjectType({ description: 'One row of the queue: a case, flat, with every cell the list shows.' })
export class CaseRow {
  @Field(() => ID) id!: string;
  @Field(() => String) number!: string;
  @Field(() => Int) version!: number;
  @Field(() => ID) orderId!: string;
  @Field(() => String) orderName!: string;
  @Field(() => String) shop!: string;
  @Field(() => String) rule!: string;
  @Field(() => String) ruleLabel!: string;
  @Field(() => [String]) otherRules!: readonly string[];
  @Field(() => Severity) severity!: Severity;
  @Field(() => CaseState) state!: CaseState;
  @Field(() => String) reason!: string;
  @Field(() => Date) since!: Date;
  @Field(() => Date) openedAt!: Date;
  @Field(() => Date, { nullable: true }) dueAt?: Date | null;
  @Field(() => String, { nullable: true }) customer?: string | null;
  @Field(() => Money, { nullable: true }) value?: Money | null;
  @Field(() => Date, { nullable: true }) promisedAt?: Date | null;
  @Field(() => String, { nullable: true }) promiseText?: string | null;
  @Field(() => String, { nullable: true }) carrier?: string | null;
  @Field(() => Int) parcelCount!: number;
  @Field(() => Person, { nullable: true }) owner?: Person | null;
  @Field(() => Date, { nullable: true }) leaseUntil?: Date | null;
  @Field(() => Date, { nullable: true }) snoozedUntil?: Date | null;
  @Field(() => SnoozeCondition, { nullable: true }) snoozeCondition?: SnoozeCondition | null;
  @Field(() => String, { nullable: true }) snoozeText?: string | null;
  @Field(() => String, { nullable: true }) waitingFor?: string | null;
  @Field(() => Int) reopened!: number;
  @Field(() => Int, { nullable: true }) dataAgeSeconds?: number | null;
  @Field(() => String, { nullable: true }) country?: string | null;
  @Field(() => Date, { nullable: true }) contactAt?: Date | null;
  @Field(() => Date, { nullable: true }) changedAt?: Date | null;
  @Field(() => Boolean) feedLate!: boolean;
  @Field(() => String, { nullable: true }) outcome?: string | null;
  @Field(() => Date, { nullable: true }) resolvedAt?: Date | null;
  @Field(() => String, { nullable: true }) resolvedBy?: string | null;
}

@ObjectType()
export class CaseHistoryEntry {
  @Field(() => ID) id!: string;
  @Field(() => Date) at!: Date;
  @Field(() => String) actor!: string;
  @Field(() => String) what!: string;
  @Field(() => String, { nullable: true }) why?: string | null;
  @Field(() => JsonScalar, { nullable: true }) before?: unknown;
  @Field(() => JsonScalar, { nullable: true }) after?: unknown;
  @Field(() => Boolean) undone!: boolean;
  @Field(() => Boolean) canUndo!: boolean;
  @Field(() => ID, { nullable: true }) mutationId?: string | null;
}

@ObjectType()
export class Outcome {
  @Field(() => String) id!: string;
  @Field(() => String) label!: string;
}

@ObjectType()
export class SnoozeOption {
  @Field(() => SnoozeCondition) id!: SnoozeCondition;
  @Field(() => String) label!: string;
}

@ObjectType()
export class ExceptionCase {
  @Field(() => CaseRow) row!: CaseRow;
  @Field(() => [Finding]) findings!: readonly Finding[];
  @Field(() => [CaseHistoryEntry]) history!: readonly CaseHistoryEntry[];
  @Field(() => [AllowedAction]) allowedActions!: readonly AllowedAction[];
  @Field(() => [Outcome]) outcomes!: readonly Outcome[];
  @Field(() => [SnoozeOption]) snoozeConditions!: readonly SnoozeOption[];
}

@ObjectType()
export class Done {
  @Field(() => ExceptionCase, { nullable: true }) case?: ExceptionCase | null;
  @Field(() => [ExceptionCase]) upNext!: readonly ExceptionCase[];
  @Field(() => ID) mutationId!: string;
}

@ObjectType()
export class Conflict {
  @Field(() => String) message!: string;
  @Field(() => String, { nullable: true }) by?: string | null;
  @Field(() => Date, { nullable: true }) at?: Date | null;
  @Field(() => ExceptionCase, { nullable: true }) case?: ExceptionCase | null;
  @Field(() => ID) mutationId!: string;
}

export const CaseResult = createUnionType({
  name: 'CaseResult',
  types: () => [Done, Conflict, NotAllowed] as const,
  resolveType: (value: object) => ('reason' in value ? NotAllowed : 'message' in value ? Conflict : Done),
});
@ObjectType()
export class ClaimLease {
  @Field(() => ID) id!: string;
  @Field(() => Date) leaseUntil!: Date;
}

@ObjectType()
export class ClaimLost {
  @Field(() => ID) id!: string;
  @Field(() => String) message!: string;
  @Field(() => String, { nullable: true }) by?: string | null;
}

export const RenewResult = createUnionType({
  name: 'RenewResult',
  types: () => [ClaimLease, ClaimLost] as const,
  resolveType: (value: object) => ('leaseUntil' in value ? ClaimLease : ClaimLost),
});
export type RenewAnswer = ClaimLease | ClaimLost;

@ObjectType()
export class HandOverItem {
  @Field(() => ID) id!: string;
  @Field(() => String) number!: string;
  @Field(() => Boolean) done!: boolean;
  @Field(() => String, { nullable: true }) message?: string | null;
}

@ObjectType()
export class HandOverDone {
  @Field(() => [HandOverItem]) items!: readonly HandOverItem[];
  @Field(() => ID) mutationId!: string;
}

export const HandOverResult = createUnionType({
  name: 'HandOverResult',
  types: () => [HandOverDone, NotAllowed] as const,
  resolveType: (value: object) => ('reason' in value ? NotAllowed : HandOverDone),
});
export type HandOverAnswer = HandOverDone | NotAllowed;

export type CaseAnswer = Done | Conflict | NotAllowed;

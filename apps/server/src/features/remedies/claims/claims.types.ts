import { createUnionType, Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Money, NotAllowed } from '../../../platform/graphql/shared-types.js';

export enum ClaimKind { lost = 'lost', damaged = 'damaged', contents_missing = 'contents_missing', late = 'late' }
export enum ClaimState { open = 'open', submitted = 'submitted', in_review = 'in_review', credited = 'credited', rejected = 'rejected' }
registerEnumType(ClaimKind, { name: 'ClaimKind' });
registerEnumType(ClaimState, { name: 'ClaimState' });

@ObjectType({ description: 'A claim against a carrier. It pays nobody; what a customer gets is a remedy of its own.' })
export class CarrierClaim {
  @Field(() => ID) id!: string;
  @Field(() => String) number!: string;
  @Field(() => Int) version!: number;
  @Field(() => ID) orderId!: string;
  @Field(() => String) parcelId!: string;
  @Field(() => String, { nullable: true }) carrier?: string | null;
  @Field(() => ClaimKind) kind!: ClaimKind;
  @Field(() => ClaimState) state!: ClaimState;
  @Field(() => Money) asked!: Money;
  @Field(() => String, { nullable: true }) reference?: string | null;
  @Field(() => [String]) proofFactIds!: readonly string[];
  @Field(() => Money, { nullable: true }) credited?: Money | null;
  @Field(() => String, { nullable: true }) refusal?: string | null;
  @Field(() => String) note!: string;
  @Field(() => Date, { nullable: true }) deadline?: Date | null;
  @Field(() => Int, { nullable: true, description: 'Whole days in which it can still be submitted; negative when the window is over, null when nobody named one or it is submitted.' }) daysToSubmit?: number | null;
  @Field(() => ID) openedBy!: string;
  @Field(() => Date) openedAt!: Date;
  @Field(() => Date, { nullable: true }) submittedAt?: Date | null;
  @Field(() => Date, { nullable: true }) answeredAt?: Date | null;
}

@ObjectType()
export class ClaimDone {
  @Field(() => CarrierClaim) claim!: CarrierClaim;
  @Field(() => ID) mutationId!: string;
}

@ObjectType()
export class ClaimConflict {
  @Field(() => String) message!: string;
  @Field(() => CarrierClaim, { nullable: true }) claim?: CarrierClaim | null;
  @Field(() => ID) mutationId!: string;
}

export const ClaimResult = createUnionType({ name: 'ClaimResult', types: () => [ClaimDone, ClaimConflict, NotAllowed] as const });

@InputType()
export class OpenClaimInput {
  @Field(() => ID) orderId!: string;
  @Field(() => String) parcelId!: string;
  @Field(() => ClaimKind) kind!: ClaimKind;
  @Field(() => Float) askedMinor!: number;
  @Field(() => String) currency!: string;
  @Field(() => String) note!: string;
  @Field(() => Date, { nullable: true, description: 'Until when the carrier takes it.' }) deadline?: Date | null;
  @Field(() => ID) mutationId!: string;
}

@InputType({ description: 'submitted: reference and evidenceFactIds. credited: amountMinor and currency. rejected: reason.' })
export class MoveClaimInput {
  @Field(() => ID) id!: string;
  @Field(() => Int) expectedVersion!: number;
  @Field(() => ClaimState) to!: ClaimState;
  @Field(() => String, { nullable: true }) reference?: string | null;
  @Field(() => [String], { nullable: true }) evidenceFactIds?: string[] | null;
  @Field(() => Float, { nullable: true }) amountMinor?: number | null;
  @Field(() => String, { nullable: true }) currency?: string | null;
  @Field(() => String, { nullable: true }) reason?: string | null;
  @Field(() => ID) mutationId!: string;
}

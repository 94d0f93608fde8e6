import { Field, Float, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { AllowedAction, Finding, Money } from './shared-types.js';

export enum FactTone { normal = 'normal', movement = 'movement', problem = 'problem', delivered = 'delivered', money = 'money', contact = 'contact', person = 'person' }
registerEnumType(FactTone, { name: 'FactTone' });

@ObjectType()
export class TrackCard {
  @Field(() => String) track!: string;
  @Field(() => String) status!: string;
  @Field(() => String) label!: string;
  @Field(() => Date, { nullable: true }) since?: Date | null;
  @Field(() => String, { nullable: true }) source?: string | null;
  @Field(() => String, { nullable: true }) detail?: string | null;
  @Field(() => Float, { nullable: true }) limitHours?: number | null;
  @Field(() => Float, { nullable: true }) elapsedHours?: number | null;
  @Field(() => String) tone!: string;
  @Field(() => Boolean) disagrees!: boolean;
}

@ObjectType()
export class Parcel {
  @Field(() => ID) id!: string;
  @Field(() => String) label!: string;
  @Field(() => String, { nullable: true }) carrier?: string | null;
  @Field(() => String, { nullable: true }) service?: string | null;
  @Field(() => String, { nullable: true }) number?: string | null;
  @Field(() => String, { nullable: true }) url?: string | null;
  @Field(() => String) status!: string;
  @Field(() => String) statusLabel!: string;
  @Field(() => Date, { nullable: true }) statusAt?: Date | null;
  @Field(() => Date, { nullable: true }) lastMovementAt?: Date | null;
  @Field(() => Date, { nullable: true }) deliveredAt?: Date | null;
  @Field(() => String, { nullable: true }) facility?: string | null;
  @Field(() => Date, { nullable: true }) estimate?: Date | null;
  @Field(() => String, { nullable: true }) problem?: string | null;
  @Field(() => [String]) sources!: readonly string[];
  @Field(() => Boolean) feedLate!: boolean;
  @Field(() => Float, { nullable: true }) elapsedHours?: number | null;
  @Field(() => Float, { nullable: true }) limitHours?: number | null;
}

@ObjectType()
export class OrderLine {
  @Field(() => String) id!: string;
  @Field(() => String, { nullable: true }) sku?: string | null;
  @Field(() => String, { nullable: true }) title?: string | null;
  @Field(() => Int, { nullable: true }) quantity?: number | null;
  @Field(() => String, { nullable: true }) price?: string | null;
  @Field(() => String) status!: string;
}

@ObjectType({ description: 'One row of the timeline, newest first. kind: event, silence, expected, contradiction, person, remedy, folded.' })
export class TimelineEntry {
  @Field(() => ID) id!: string;
  @Field(() => String) kind!: string;
  @Field(() => Date, { nullable: true }) at?: Date | null;
  @Field(() => Date, { nullable: true }) untilAt?: Date | null;
  @Field(() => String) lane!: string;
  @Field(() => String) title!: string;
  @Field(() => String, { nullable: true }) detail?: string | null;
  @Field(() => String, { nullable: true }) rawText?: string | null;
  @Field(() => String, { nullable: true }) code?: string | null;
  @Field(() => String, { nullable: true }) source?: string | null;
  @Field(() => String, { nullable: true }) sourceLabel?: string | null;
  @Field(() => Date, { nullable: true }) receivedAt?: Date | null;
  @Field(() => Int, { nullable: true }) toldLateSeconds?: number | null;
  @Field(() => String, { nullable: true }) actor?: string | null;
  @Field(() => FactTone) tone!: FactTone;
  @Field(() => ID, { nullable: true }) inboxId?: string | null;
  @Field(() => Int, { nullable: true }) count?: number | null;
  @Field(() => Boolean) unmapped!: boolean;
  @Field(() => Boolean) future!: boolean;
  @Field(() => [TimelineEntry], { nullable: true }) folded?: readonly TimelineEntry[] | null;
}

@ObjectType()
export class OrderFact {
  @Field(() => String) name!: string;
  @Field(() => String) value!: string;
  @Field(() => Boolean) inUse!: boolean;
  @Field(() => String) source!: string;
  @Field(() => Date, { nullable: true }) observedAt?: Date | null;
  @Field(() => Date, { nullable: true }) receivedAt?: Date | null;
  @Field(() => String, { nullable: true }) rule?: string | null;
  @Field(() => String, { nullable: true }) eventId?: string | null;
  @Field(() => ID, { nullable: true }) inboxId?: string | null;
}

@ObjectType({ description: 'An instant worth looking back at. kind: customer_wrote, remedy_approved, case_opened; at: when we knew.' })
export class OrderMoment {
  @Field(() => ID) id!: string;
  @Field(() => String) kind!: string;
  @Field(() => Date) at!: Date;
  @Field(() => String) label!: string;
}

@ObjectType()
export class CustomerParcelView {
  @Field(() => String) label!: string;
  @Field(() => String) text!: string;
}

@ObjectType()
export class CustomerView {
  @Field(() => String) headline!: string;
  @Field(() => String) body!: string;
  @Field(() => [CustomerParcelView]) parcels!: readonly CustomerParcelView[];
}

@ObjectType()
export class OrderCustomer {
  @Field(() => String, { nullable: true }) name?: string | null;
  @Field(() => String, { nullable: true }) email?: string | null;
  @Field(() => Int) orders!: number;
  @Field(() => String, { nullable: true }) language?: string | null;
}

@ObjectType()
export class OrderLink {
  @Field(() => ID) id!: string;
  @Field(() => String) name!: string;
}

/** The order page. Here, and not with the feature that answers it, because other features add their fields (its case, its remedies). */
@ObjectType()
export class OrderDetail {
  @Field(() => ID) id!: string;
  @Field(() => Int) version!: number;
  @Field(() => String) name!: string;
  @Field(() => String) homeId!: string;
  @Field(() => String) shop!: string;
  @Field(() => Boolean) announced!: boolean;
  @Field(() => String) headline!: string;
  @Field(() => Money, { nullable: true }) total?: Money | null;
  @Field(() => Date, { nullable: true }) placedAt?: Date | null;
  @Field(() => Date, { nullable: true }) promisedAt?: Date | null;
  @Field(() => String, { nullable: true }) promiseText?: string | null;
  @Field(() => String) timeZone!: string;
  @Field(() => Date, { nullable: true }) estimate?: Date | null;
  @Field(() => OrderCustomer, { nullable: true }) customer?: OrderCustomer | null;
  @Field(() => [TrackCard]) tracks!: readonly TrackCard[];
  @Field(() => [Parcel]) parcels!: readonly Parcel[];
  @Field(() => [OrderLine]) lines!: readonly OrderLine[];
  @Field(() => [TimelineEntry]) timeline!: readonly TimelineEntry[];
  @Field(() => [OrderFact]) facts!: readonly OrderFact[];
  @Field(() => [Finding]) findings!: readonly Finding[];
  @Field(() => Money, { nullable: true }) refundable?: Money | null;
  @Field(() => OrderLink, { nullable: true }) replaces?: OrderLink | null;
  @Field(() => [OrderLink]) replacedBy!: readonly OrderLink[];
  @Field(() => CustomerView) customerSees!: CustomerView;
  @Field(() => [AllowedAction]) allowedActions!: readonly AllowedAction[];
  @Field(() => [OrderMoment]) moments!: readonly OrderMoment[];
  @Field(() => Date, { nullable: true }) knownAt?: Date | null;
  @Field(() => Date, { nullable: true }) newestFactAt?: Date | null;
  @Field(() => Int) feedsOnTime!: number;
  @Field(() => Int) feedsTotal!: number;
  @Field(() => Date) generatedAt!: Date;
  @Field(() => String, { nullable: true }) seq?: string | null;
}

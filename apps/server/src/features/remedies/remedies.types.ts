import { createUnionType, Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { AllowedAction, Money, NotAllowed, Person } from '../../platform/graphql/shared-types.js';
import { RemedyCohort } from './approvals/cohorts.types.js';
import { NeedsSignIn } from './approvals/needs-sign-in.type.js';
import { RemedyKind } from './remedy-kind.js';
import { RemedyDelivery, ReshipDeliveryInput } from './proposals/reship-delivery.types.js';

export { RemedyKind } from './remedy-kind.js';

export enum RemedyState {
  proposed = 'proposed', approved = 'approved', executing = 'executing', executed = 'executed', confirmed = 'confirmed', failed = 'failed', declined = 'declined', void = 'void', needs_human = 'needs_human',
}
/** What a person found at the shop when nobody could tell whether the remedy happened. */
export enum RemedyFinding { happened = 'happened', retry = 'retry', give_up = 'give_up' }
registerEnumType(RemedyFinding, { name: 'RemedyFinding' });
registerEnumType(RemedyState, { name: 'RemedyState' });

@ObjectType()
export class PolicyCheck {
  @Field(() => String) name!: string;
  @Field(() => String) verdict!: string;
  @Field(() => String) value!: string;
  @Field(() => String, { nullable: true }) source?: string | null;
}

@ObjectType()
export class Evidence {
  @Field(() => String) text!: string;
  @Field(() => String) source!: string;
  @Field(() => Date, { nullable: true }) at?: Date | null;
  @Field(() => String, { nullable: true }) factId?: string | null;
}

@ObjectType()
export class RemedyLine {
  @Field(() => String) lineId!: string;
  @Field(() => String, { nullable: true }) title?: string | null;
  @Field(() => Int) quantity!: number;
}

@ObjectType()
export class RemedyApproval {
  @Field(() => Person) by!: Person;
  @Field(() => Person, { nullable: true }) onBehalfOf?: Person | null;
  @Field(() => Date) at!: Date;
  @Field(() => String) decision!: string;
  @Field(() => String, { nullable: true }) reason?: string | null;
}

@ObjectType()
export class RemedyQuestion {
  @Field(() => Person) by!: Person;
  @Field(() => Date) at!: Date;
  @Field(() => String) text!: string;
  @Field(() => String, { nullable: true }) answer?: string | null;
  @Field(() => Person, { nullable: true }) answeredBy?: Person | null;
  @Field(() => Date, { nullable: true }) answeredAt?: Date | null;
}

@ObjectType({ description: 'Rules of the policy that somebody asks to be set aside for this one remedy.' })
export class RemedyException {
  @Field(() => [String]) rules!: readonly string[];
  @Field(() => String) why!: string;
}

@InputType()
export class RemedyExceptionInput {
  @Field(() => [String]) rules!: string[];
  @Field(() => String) why!: string;
}

@ObjectType()
export class Remedy {
  @Field(() => ID) id!: string;
  @Field(() => String) number!: string;
  @Field(() => Int) version!: number;
  @Field(() => Int) revision!: number;
  @Field(() => RemedyKind) kind!: RemedyKind;
  @Field(() => RemedyState) state!: RemedyState;
  @Field(() => Money, { nullable: true }) amount?: Money | null;
  @Field(() => String) reasonCode!: string;
  @Field(() => String) reason!: string;
  @Field(() => [RemedyLine]) lines!: readonly RemedyLine[];
  @Field(() => ID) orderId!: string;
  @Field(() => String) orderName!: string;
  @Field(() => String, { nullable: true }) customer?: string | null;
  @Field(() => Money, { nullable: true }) orderTotal?: Money | null;
  @Field(() => Money, { nullable: true }) refundable?: Money | null;
  @Field(() => Money, { nullable: true }) alreadyRefunded?: Money | null;
  @Field(() => Person) proposedBy!: Person;
  @Field(() => Date) proposedAt!: Date;
  @Field(() => Date) waitingSince!: Date;
  @Field(() => Date, { nullable: true }) expiresAt?: Date | null;
  @Field(() => [PolicyCheck]) checks!: readonly PolicyCheck[];
  @Field(() => [Evidence]) evidence!: readonly Evidence[];
  @Field(() => [RemedyApproval]) approvals!: readonly RemedyApproval[];
  @Field(() => Int) approvalsNeeded!: number;
  @Field(() => String, { nullable: true }) declinedReason?: string | null;
  @Field(() => [String]) voidReasons!: readonly string[];
  @Field(() => Date, { nullable: true }) executeAfter?: Date | null;
  @Field(() => Date, { nullable: true }) executedAt?: Date | null;
  @Field(() => Date, { nullable: true }) confirmedAt?: Date | null;
  @Field(() => String, { nullable: true }) reference?: string | null;
  @Field(() => String, { nullable: true }) failure?: string | null;
  @Field(() => [RemedyQuestion]) questions!: readonly RemedyQuestion[];
  @Field(() => Date, { nullable: true }) pausedAt?: Date | null;
  @Field(() => Date, { nullable: true }) escalatedAt?: Date | null;
  @Field(() => Date, { nullable: true, description: 'Said to be done, and not seen at the outside system: since then a person is asked to look.' }) unseenAt?: Date | null;
  @Field(() => Int, { nullable: true }) policyVersion?: number | null;
  @Field(() => [Person]) editedBy!: readonly Person[];
  @Field(() => String) factsHash!: string;
  @Field(() => Boolean) clean!: boolean;
  @Field(() => ID, { nullable: true }) cohortId?: string | null;
  @Field(() => String, { nullable: true }) cohortCause?: string | null;
  @Field(() => RemedyException, { nullable: true }) exception?: RemedyException | null;
  @Field(() => RemedyDelivery, { nullable: true }) delivery?: RemedyDelivery | null;
  @Field(() => String, { nullable: true }) caseReason?: string | null;
  @Field(() => String, { nullable: true }) customerAfter?: string | null;
  @Field(() => String, { nullable: true }) customerNow?: string | null;
  @Field(() => [AllowedAction]) allowedActions!: readonly AllowedAction[];
}

@ObjectType()
export class RemedyPage {
  @Field(() => [Remedy]) forMe!: readonly Remedy[];
  @Field(() => [Remedy]) waitingForOthers!: readonly Remedy[];
  @Field(() => [Remedy]) failed!: readonly Remedy[];
  @Field(() => [Remedy]) decided!: readonly Remedy[];
  @Field(() => [RemedyCohort]) cohorts!: readonly RemedyCohort[];
  @Field(() => Date) generatedAt!: Date;
  @Field(() => String, { nullable: true }) seq?: string | null;
}

@ObjectType({ description: 'What the policy would say, before the click.' })
export class RemedyPreview {
  @Field(() => Boolean) allowed!: boolean;
  @Field(() => Boolean) needsApproval!: boolean;
  @Field(() => String) why!: string;
  @Field(() => [PolicyCheck]) checks!: readonly PolicyCheck[];
  @Field(() => Money, { nullable: true }) refundable?: Money | null;
  @Field(() => Money, { nullable: true }) amount?: Money | null;
}

@ObjectType()
export class RemedyDone {
  @Field(() => Remedy) remedy!: Remedy;
  @Field(() => ID) mutationId!: string;
}

@ObjectType()
export class RemedyConflict {
  @Field(() => String) message!: string;
  @Field(() => Remedy, { nullable: true }) remedy?: Remedy | null;
  @Field(() => ID) mutationId!: string;
}

export const RemedyResult = createUnionType({ name: 'RemedyResult', types: () => [RemedyDone, RemedyConflict, NotAllowed, NeedsSignIn] as const });

@InputType()
export class RemedyLineInput {
  @Field(() => String) lineId!: string;
  @Field(() => Int) quantity!: number;
}

@InputType()
export class ProposeRemedyInput {
  @Field(() => ID) orderId!: string;
  @Field(() => RemedyKind) kind!: RemedyKind;
  @Field(() => Float, { nullable: true }) amountMinor?: number | null;
  @Field(() => String, { nullable: true }) currency?: string | null;
  @Field(() => [RemedyLineInput], { nullable: true }) lines?: RemedyLineInput[] | null;
  @Field(() => String) reasonCode!: string;
  @Field(() => String) reason!: string;
  @Field(() => [String], { nullable: true }) evidenceFactIds?: string[] | null;
  @Field(() => Int, { nullable: true }) expectedOrderVersion?: number | null;
  @Field(() => ID, { nullable: true }) cohortId?: string | null;
  @Field(() => RemedyExceptionInput, { nullable: true }) exception?: RemedyExceptionInput | null;
  @Field(() => ReshipDeliveryInput, { nullable: true }) delivery?: ReshipDeliveryInput | null;
  @Field(() => ID) mutationId!: string;
}

@InputType({ description: 'The whole proposal as it is to be; only the kind stays.' })
export class EditRemedyInput {
  @Field(() => Float, { nullable: true }) amountMinor?: number | null;
  @Field(() => String, { nullable: true }) currency?: string | null;
  @Field(() => [RemedyLineInput], { nullable: true }) lines?: RemedyLineInput[] | null;
  @Field(() => String) reasonCode!: string;
  @Field(() => String) reason!: string;
  @Field(() => [String], { nullable: true }) evidenceFactIds?: string[] | null;
  @Field(() => ReshipDeliveryInput, { nullable: true }) delivery?: ReshipDeliveryInput | null;
}

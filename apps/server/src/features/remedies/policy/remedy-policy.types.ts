import { createUnionType, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { JsonScalar } from '../../../platform/graphql/scalars.js';
import { Money, NotAllowed } from '../../../platform/graphql/shared-types.js';
import { NeedsSignIn } from '../approvals/needs-sign-in.type.js';
import { PolicyCheck } from '../remedies.types.js';

@ObjectType()
export class RemedyPolicyVersion {
  @Field(() => Int) version!: number;
  @Field(() => JsonScalar) policy!: unknown;
  @Field(() => String) note!: string;
  @Field(() => String) state!: string;
  @Field(() => ID) madeBy!: string;
  @Field(() => Date) madeAt!: Date;
  @Field(() => Date, { nullable: true }) rehearsedAt?: Date | null;
  @Field(() => JsonScalar, { nullable: true }) rehearsal?: unknown;
  @Field(() => Date, { nullable: true }) liveAt?: Date | null;
  @Field(() => ID, { nullable: true }) liveBy?: string | null;
}

@ObjectType()
export class RemedyPolicyDone {
  @Field(() => RemedyPolicyVersion) version!: RemedyPolicyVersion;
  @Field(() => ID) mutationId!: string;
}

export const RemedyPolicyAnswer = createUnionType({ name: 'RemedyPolicyAnswer', types: () => [RemedyPolicyDone, NotAllowed, NeedsSignIn] as const });

@ObjectType()
export class RemedyLedgerEntry {
  @Field(() => ID) id!: string;
  @Field(() => Date) at!: Date;
  @Field(() => String) kind!: string;
  @Field(() => Money) amount!: Money;
  @Field(() => String) source!: string;
  @Field(() => ID, { nullable: true }) remedyId?: string | null;
}

@ObjectType()
export class RemedyLedgerLine {
  @Field(() => String) lineId!: string;
  @Field(() => String, { nullable: true }) title?: string | null;
  @Field(() => Int) pieces!: number;
  @Field(() => Int) coveredPieces!: number;
}

@ObjectType({ description: 'What the policy says, rule by rule, before the click; and what was made good already.' })
export class RemedyPolicyResult {
  @Field(() => Boolean) allowed!: boolean;
  @Field(() => Boolean) clean!: boolean;
  @Field(() => String) why!: string;
  @Field(() => Int) approvalsNeeded!: number;
  @Field(() => Int) policyVersion!: number;
  @Field(() => [PolicyCheck]) checks!: readonly PolicyCheck[];
  @Field(() => [String], { description: 'Rules that an exception may be asked for; empty when something else forbids it.' }) exceptionRules!: readonly string[];
  @Field(() => Money, { nullable: true }) amount?: Money | null;
  @Field(() => Money, { nullable: true }) refundable?: Money | null;
  @Field(() => Money, { nullable: true }) covered?: Money | null;
  @Field(() => [RemedyLedgerEntry]) ledger!: readonly RemedyLedgerEntry[];
  @Field(() => [RemedyLedgerLine]) lines!: readonly RemedyLedgerLine[];
}

import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { JsonScalar } from '../../platform/graphql/scalars.js';
import { Money } from '../../platform/graphql/shared-types.js';

@ObjectType({ description: 'What was otherwise before.' })
export class AuditChange {
  @Field(() => String) name!: string;
  @Field(() => String, { nullable: true }) before?: string | null;
  @Field(() => String, { nullable: true }) after?: string | null;
}

@ObjectType()
export class AuditEntry {
  @Field(() => ID) id!: string;
  @Field(() => String) source!: string;
  @Field(() => Date) at!: Date;
  @Field(() => String) actor!: string;
  @Field(() => ID) actorId!: string;
  @Field(() => String) action!: string;
  @Field(() => String, { nullable: true }) target?: string | null;
  @Field(() => ID, { nullable: true }) orderId?: string | null;
  @Field(() => String, { nullable: true }) orderName?: string | null;
  @Field(() => String, { nullable: true }) remedyNumber?: string | null;
  @Field(() => Money, { nullable: true }) amount?: Money | null;
  @Field(() => String, { nullable: true }) reason?: string | null;
  @Field(() => String, { description: 'ok, refused, failed (it did not happen) or unknown.' }) result!: string;
  @Field(() => [AuditChange]) changes!: readonly AuditChange[];
  @Field(() => String, { nullable: true, description: 'In whose stead.' }) onBehalfOf?: string | null;
  @Field(() => String, { nullable: true }) policyVersion?: string | null;
  @Field(() => String, { nullable: true, description: 'Id of the request that it was done with: request:… finds the others.' }) request?: string | null;
  @Field(() => String, { nullable: true, description: 'Tells sessions of one person apart.' }) session?: string | null;
  @Field(() => JsonScalar, { nullable: true }) detail?: unknown;
}

@ObjectType({ description: 'What the last look at the chain found.' })
export class AuditChain {
  @Field(() => Date, { nullable: true }) checkedAt?: Date | null;
  @Field(() => Date, { nullable: true }) wholeAt?: Date | null;
  @Field(() => Int) entries!: number;
  @Field(() => ID, { nullable: true }) brokenEntry?: string | null;
  @Field(() => Date, { nullable: true }) brokenSince?: Date | null;
}

@ObjectType()
export class AuditPage {
  @Field(() => [AuditEntry]) entries!: readonly AuditEntry[];
  @Field(() => String, { nullable: true }) next?: string | null;
  @Field(() => [String]) problems!: readonly string[];
  @Field(() => Boolean, { description: 'It took too long to look through: to be narrowed.' }) tooWide!: boolean;
  @Field(() => [String], { description: 'When nothing was found: conditions as typed, each of which alone keeps out what would be found.' }) excluding!: readonly string[];
  @Field(() => Date) generatedAt!: Date;
  @Field(() => String) scope!: string;
  @Field(() => AuditChain) chain!: AuditChain;
}

@ObjectType({ description: 'Entries that fit and came after one that is on the screen.' })
export class AuditNewer {
  @Field(() => Int, { description: 'Counted up to 100.' }) count!: number;
  @Field(() => AuditChain) chain!: AuditChain;
  @Field(() => Date) generatedAt!: Date;
}

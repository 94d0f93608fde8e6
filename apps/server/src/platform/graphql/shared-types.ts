import { Field, Float, ID, ObjectType, registerEnumType } from '@nestjs/graphql';

/** Enums whose members are their GraphQL names: `enum X { a = 'a' }`. */
export enum Role { agent = 'agent', lead = 'lead', manager = 'manager', admin = 'admin' }
export enum CaseState { new = 'new', claimed = 'claimed', waiting = 'waiting', snoozed = 'snoozed', resolved = 'resolved' }
export enum Severity { critical = 'critical', high = 'high', normal = 'normal', low = 'low' }

registerEnumType(Role, { name: 'Role' });
registerEnumType(CaseState, { name: 'CaseState' });
registerEnumType(Severity, { name: 'Severity' });

@ObjectType()
export class Money {
  @Field(() => Float) minor!: number;
  @Field(() => String) currency!: string;
}

@ObjectType()
export class Person {
  @Field(() => ID) id!: string;
  @Field(() => String) name!: string;
  @Field(() => String) email!: string;
  @Field(() => Role) role!: Role;
  @Field(() => String) initials!: string;
}

@ObjectType({ description: 'What a person may do with an object right now; the screen never derives permissions itself.' })
export class AllowedAction {
  @Field(() => String) action!: string;
  @Field(() => Boolean) allowed!: boolean;
  @Field(() => String, { nullable: true }) why?: string | null;
  @Field(() => Boolean) needsApproval!: boolean;
  @Field(() => Money, { nullable: true }) limit?: Money | null;
}

/** An act that the caller may not do with this object; role denials never get this far. */
@ObjectType()
export class NotAllowed {
  @Field(() => String) reason!: string;
  @Field(() => ID) mutationId!: string;
}

@ObjectType()
export class Finding {
  @Field(() => String) rule!: string;
  @Field(() => String) ruleLabel!: string;
  @Field(() => Severity) severity!: Severity;
  @Field(() => Date) since!: Date;
  @Field(() => String) subject!: string;
  @Field(() => String, { nullable: true }) shipment?: string | null;
  @Field(() => String) reason!: string;
  @Field(() => String, { nullable: true }) suppressedBy?: string | null;
  @Field(() => Boolean) held!: boolean;
}

/** Money as stored: minor units come out of the database as text. */
export function moneyOf(minor: string | number | null | undefined, currency: string | null | undefined): Money | null {
  return minor === null || minor === undefined || !currency ? null : { minor: Number(minor), currency };
}

/** Two letters for an avatar. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words.at(-1)].map((word) => word?.[0] ?? '') : [...(words[0] ?? '?').slice(0, 2)];
  return letters.join('').toUpperCase();
}


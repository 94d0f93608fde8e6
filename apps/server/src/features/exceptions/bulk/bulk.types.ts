import { createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { SnoozeCondition } from '../../../platform/graphql/case-types.js';
import { NotAllowed } from '../../../platform/graphql/shared-types.js';

export enum BulkVerb { assign = 'assign', snooze = 'snooze', resolve = 'resolve', release = 'release', undo = 'undo' }
export enum BulkState { dry_run = 'dry_run', running = 'running', done = 'done', cancelled = 'cancelled' }
export enum BulkKind { changed = 'changed', conflict = 'conflict', not_allowed = 'not_allowed', failed = 'failed' }
registerEnumType(BulkVerb, { name: 'BulkVerb', description: 'undo: what undoBulk runs; it cannot be asked for with bulkAct.' });
registerEnumType(BulkState, { name: 'BulkState' });
registerEnumType(BulkKind, { name: 'BulkKind' });

@InputType({ description: 'What is done to each case. assign: personId (none: to nobody), reason; snooze: until, condition; resolve: outcome, note; release: nothing more.' })
export class BulkAct {
  @Field(() => BulkVerb) verb!: BulkVerb;
  @Field(() => ID, { nullable: true }) personId?: string | null;
  @Field(() => String, { nullable: true }) reason?: string | null;
  @Field(() => Date, { nullable: true }) until?: Date | null;
  @Field(() => SnoozeCondition, { nullable: true }) condition?: SnoozeCondition | null;
  @Field(() => String, { nullable: true }) outcome?: string | null;
  @Field(() => String, { nullable: true }) note?: string | null;
}

@InputType({ description: 'Either ids, or the token of selectMatching, of selectStuck or of a dry run.' })
export class BulkSelection {
  @Field(() => [ID], { nullable: true }) ids?: string[] | null;
  @Field(() => ID, { nullable: true }) token?: string | null;
}

@ObjectType({ description: 'The cases that match right now; those that come later never join. For the person who asked, for ten minutes.' })
export class CaseSelection {
  @Field(() => ID) token!: string;
  @Field(() => Int) count!: number;
  @Field(() => Boolean, { description: 'More match than may be selected.' }) isCapped!: boolean;
  @Field(() => Date) expiresAt!: Date;
  @Field(() => Date) generatedAt!: Date;
  @Field(() => String, { nullable: true }) seq?: string | null;
}

@ObjectType({ description: 'Cases of which the same is said.' })
export class BulkGroup {
  @Field(() => BulkKind) kind!: BulkKind;
  @Field(() => String, { nullable: true, description: 'In the words of the single act; none for what changes.' }) message?: string | null;
  @Field(() => [String]) by!: readonly string[];
  @Field(() => Int) count!: number;
}

@ObjectType()
export class BulkItem {
  @Field(() => Int) position!: number;
  @Field(() => ID) id!: string;
  @Field(() => String, { nullable: true }) number?: string | null;
  @Field(() => String, { nullable: true }) orderName?: string | null;
  @Field(() => BulkKind, { nullable: true, description: 'None: not yet.' }) kind?: BulkKind | null;
  @Field(() => String, { nullable: true }) message?: string | null;
  @Field(() => String, { nullable: true }) by?: string | null;
  @Field(() => Date, { nullable: true }) at?: Date | null;
  @Field(() => ID, { description: 'Of the act on this case: undoAct takes it back by it, changes name it as their cause.' }) mutationId!: string;
}

@ObjectType({ description: 'One act on many cases. A dry run has the same shape: what would be changed counts as changed.' })
export class BulkRun {
  @Field(() => ID) id!: string;
  @Field(() => BulkVerb) verb!: BulkVerb;
  @Field(() => BulkState) state!: BulkState;
  @Field(() => Int) total!: number;
  @Field(() => Int) done!: number;
  @Field(() => Int) changed!: number;
  @Field(() => [BulkGroup]) groups!: readonly BulkGroup[];
  @Field(() => [BulkItem], { description: 'Those that are not changed, the first hundred in the order of the selection.' }) exceptions!: readonly BulkItem[];
  @Field(() => ID, { nullable: true, description: 'Of a dry run: the very cases it looked at, as it saw them, for the real run.' }) token?: string | null;
  @Field(() => Date, { nullable: true }) tokenExpiresAt?: Date | null;
  @Field(() => ID, { nullable: true, description: 'The run that this one takes back.' }) undoes?: string | null;
  @Field(() => Date) startedAt!: Date;
  @Field(() => Date, { nullable: true }) finishedAt?: Date | null;
}

export const BulkResult = createUnionType({
  name: 'BulkResult',
  types: () => [BulkRun, NotAllowed] as const,
  resolveType: (value: object) => ('reason' in value ? NotAllowed : BulkRun),
});
export type BulkAnswer = BulkRun | NotAllowed;

import { createUnionType, Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { JsonScalar } from '../../../platform/graphql/scalars.js';
import { NotAllowed } from '../../../platform/graphql/shared-types.js';
import { QueueFilter, QueueView } from '../queue/queue.types.js';

@InputType({ description: "The queue's address: what it lists, and how." })
export class SavedViewQuery {
  @Field(() => QueueView) view!: QueueView;
  @Field(() => QueueFilter, { nullable: true }) filter?: QueueFilter | null;
  @Field(() => String, { nullable: true }) sort?: string | null;
  @Field(() => String, { nullable: true }) group?: string | null;
  @Field(() => [String], { nullable: true }) columns?: string[] | null;
}

@InputType()
export class SavedViewInput {
  @Field(() => String) name!: string;
  @Field(() => String, { nullable: true, description: 'One line: what it is for. A view of the team has one.' }) purpose?: string | null;
  @Field(() => SavedViewQuery) query!: SavedViewQuery;
}

@ObjectType({ description: 'A named address of the queue. `query` is as it was saved: view, filter, sort, group, columns.' })
export class SavedView {
  @Field(() => ID) id!: string;
  @Field(() => String) name!: string;
  @Field(() => String, { nullable: true }) purpose?: string | null;
  @Field(() => Boolean) isTeam!: boolean;
  @Field(() => ID) ownerId!: string;
  @Field(() => String) ownerName!: string;
  @Field(() => JsonScalar) query!: unknown;
  @Field(() => Int) version!: number;
  @Field(() => Date) updatedAt!: Date;
  @Field(() => Boolean, { description: 'By the caller.' }) canChange!: boolean;
}

@ObjectType()
export class SavedViews {
  @Field(() => [SavedView]) views!: readonly SavedView[];
  @Field(() => [ID], { description: 'In order; at most twelve.' }) pinned!: readonly string[];
  @Field(() => Date) generatedAt!: Date;
}

@ObjectType({ description: 'How many cases a pinned view holds, up to a cap: 100 is "99+".' })
export class SavedViewCount {
  @Field(() => ID) id!: string;
  @Field(() => Int) count!: number;
  @Field(() => Boolean) capped!: boolean;
}

@ObjectType()
export class SavedViewDone {
  @Field(() => SavedView, { nullable: true, description: 'None: it was deleted.' }) view?: SavedView | null;
  @Field(() => ID) mutationId!: string;
}

@ObjectType()
export class SavedViewConflict {
  @Field(() => String) message!: string;
  @Field(() => String, { nullable: true }) by?: string | null;
  @Field(() => Date, { nullable: true }) at?: Date | null;
  @Field(() => SavedView, { nullable: true }) view?: SavedView | null;
  @Field(() => ID) mutationId!: string;
}

export const SavedViewResult = createUnionType({
  name: 'SavedViewResult',
  types: () => [SavedViewDone, SavedViewConflict, NotAllowed] as const,
  resolveType: (value: object) => ('reason' in value ? NotAllowed : 'message' in value ? SavedViewConflict : SavedViewDone),
});
export type SavedViewAnswer = SavedViewDone | SavedViewConflict | NotAllowed;

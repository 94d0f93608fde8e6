import { Field, ID, Int, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: 'The sign-in of the session is too long ago for this act.' })
export class NeedsSignIn {
  @Field(() => String) reason!: string;
  @Field(() => Int) withinSeconds!: number;
  @Field(() => ID) mutationId!: string;
}

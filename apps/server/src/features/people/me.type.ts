import { Field, ObjectType } from '@nestjs/graphql';
import { JsonScalar } from '../../platform/graphql/scalars.js';
import { Person } from '../../platform/graphql/shared-types.js';

@ObjectType({ description: 'The person who asks, with what they chose about how they work: what is not in it is as usual.' })
export class Me extends Person {
  @Field(() => JsonScalar) preferences!: unknown;
}

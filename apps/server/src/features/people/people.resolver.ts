import { Query, Resolver } from '@nestjs/graphql';
import { PersonStore, type PersonName } from '@orderwatch/db';
import { Allow, CurrentPerson } from '../../platform/auth/allow.js';
import type { PersonPrincipal } from '../../platform/auth/principal.js';
import { initialsOf, Person, type Role } from '../../platform/graphql/shared-types.js';

function personOf({ id, name, email, role }: PersonName): Person {
  return { id, name, email, role: role as Role, initials: initialsOf(name) };
}

@Resolver(() => Person)
export class PeopleResolver {
  constructor(private readonly people: PersonStore) {}

  @Query(() => Person)
  @Allow('self.read')
  me(@CurrentPerson() person: PersonPrincipal): Person {
    return personOf(person);
  }

  @Query(() => [Person], { name: 'people' })
  @Allow('people.list')
  async list(): Promise<Person[]> {
    return (await this.people.list()).map(personOf);
  }
}
